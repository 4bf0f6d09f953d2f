"""Host names: refuses requests by names that are not the server's.

A page can make a name of its own lead to the machine of its reader ("DNS rebinding"), and would
read what a server there tells. It is given away by the name.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from entrywise.web.gate.problems import refusal


def is_known(request: Request, public_url: str) -> bool:
    """Whether a request names the server by a number, as this machine, or by its public name."""
    host = request.url.hostname or ""
    return host in ("localhost", urlsplit(public_url).hostname) or _is_number(host)


def stranger(request: Request) -> HTTPException:
    """The refusal of a request by another name."""
    return HTTPException(
        403, f"the server is not known as {request.url.hostname!r}; set public_url to its address"
    )


class KnownHosts:
    """Refuses what reaches this machine from itself by a strange name. What comes over a network
    may call the server what it likes."""

    def __init__(self, app: ASGIApp, public_url: str) -> None:
        self._app = app
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] == "http" and _is_local(scope):
            request = Request(scope)
            if not is_known(request, self._public_url):
                await refusal(request, stranger(request))(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _is_local(scope: Scope) -> bool:
    server, _ = scope.get("server") or ("", 0)
    return _is_number(server) and ip_address(server).is_loopback


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
