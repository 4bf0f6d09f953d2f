"""Checks that a server can listen at an address, before anything else is done."""

from __future__ import annotations

import errno
import socket
from contextlib import closing

from entrywise.data.errors import SettingsError
from entrywise.data.system_errors import reason

_LARGEST = 65535
_REMEDIES = {
    errno.EADDRINUSE: "end what listens there, or give another --port",
    errno.EACCES: "give a --port from 1024 on, or the right to take this one",
    errno.EADDRNOTAVAIL: "give a --host that is an address of this machine",
}


def check_address(host: str, port: int) -> None:
    """Insist that a server can listen at a host's address and port; 0 is any free port.

    Raises:
        SettingsError: it cannot, and why.
    """
    if not 0 <= port <= _LARGEST:
        raise SettingsError(f"--port is {port}, but must be 0 to {_LARGEST}; give another")
    faults = [fault for fault in map(_fault, _addresses(host, port)) if fault]
    # Of a name that has several addresses, one may be of a kind that this machine does not have.
    taken = [fault for fault in faults if fault.errno != errno.EADDRNOTAVAIL]
    if taken or len(faults) == len(_addresses(host, port)):
        raise _refusal(host, port, (taken or faults)[0])


def _addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, tuple[object, ...]]]:
    try:
        found = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    # A ValueError where a part of the name is too long for one, or holds a NUL.
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"--host is {host!r}, which is no address ({reason(error)}); give one of this machine"
        ) from None
    return [(family, place) for family, _, _, _, place in found]


def _fault(address: tuple[socket.AddressFamily, tuple[object, ...]]) -> OSError | None:
    """Why an address cannot be taken; None where it can."""
    family, place = address
    try:
        with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
            # As the server does: a port whose last connections are still closing is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            probe.bind(place)
            # Two may be bound to one port, and only one of them listens.
            probe.listen()
    except OSError as error:
        return error
    return None


def _refusal(host: str, port: int, error: OSError) -> SettingsError:
    remedy = _REMEDIES.get(error.errno or 0, "give another --host or --port")
    return SettingsError(
        f"the server cannot listen at {host or 'any address'}, port {port} ({reason(error)}); "
        f"{remedy}"
    )
