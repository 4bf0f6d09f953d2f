"""The credentials of a request: its key, whatever bytes its headers hold, and its address."""

from __future__ import annotations

import base64
import binascii
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import Scope

# What one household or one rented machine gets of IPv6, to choose addresses from as it likes.
_IPV6_SHARE = 64


def sent_key(scope: Scope) -> str:
    """The key that a request carries: as a bearer's token, as the password of a browser whatever
    the name, or as X-API-Key. An empty text where it carries none, or what cannot be read.

    It never fails: headers come from anybody, and hold any bytes but control characters.
    """
    scheme, _, value = _header(scope, b"authorization").partition(b" ")
    match scheme.lower():
        case b"bearer":
            return _text(value.strip())
        case b"basic":
            return _password(value.strip())
        case _:
            return _text(_header(scope, b"x-api-key"))


def digest(text: str) -> str:
    """What stands for a key or an address where it is compared and counted: SHA-256, in hex."""
    return sha256(text.encode(errors="replace")).hexdigest()


def sender(scope: Scope) -> str:
    """The address that a request comes from, as it is counted: of IPv6 the network of 64 bits."""
    host, _ = scope.get("client") or ("", 0)
    try:
        address = ip_address(host)
    except ValueError:
        # What a proxy in front calls it, or a socket without addresses.
        return str(host)
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), _IPV6_SHARE), strict=False))


def _header(scope: Scope, name: bytes) -> bytes:
    """The first header of a name, in lower case; empty where there is none."""
    return next((value for header, value in scope["headers"] if header == name), b"")


def _password(value: bytes) -> str:
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _text(value: bytes) -> str:
    """A header as UTF-8, which keys of a settings file may be in."""
    return value.decode(errors="replace")
