"""Pages of another origin, as strict as a page can be: they let the widget in, and nothing else."""

from __future__ import annotations

from html import escape

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse, JSONResponse

from e2e.server import Server

STRICT = (
    "default-src 'none'; script-src {server}; connect-src {server}; style-src 'self'; "
    "base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The Content-Security-Policy of every page; `server` is the one that is asked."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page of another origin</title>
<link rel="stylesheet" href="/{number}.css">
</head>
<body>
<main>
<h1>A page of another origin</h1>
<p>It has <a href="#more">a link</a> and a box of its own.</p>
<p><label>Search <input name="search"></label></p>
<p id="more">Nothing here asks for anything but the widget.</p>
</main>
{embedding}
</body>
</html>
"""


class Host(Server):
    """Serves pages that a test puts on it."""

    def __init__(self) -> None:
        app = FastAPI(openapi_url=None)
        app.add_api_route("/{number}", self._page)
        super().__init__(app)
        self._pages: list[tuple[str, str, str]] = []

    def embed(self, server: Server, *, css: str = "", **attributes: str) -> str:
        """The path of a page with the widget of a server; `attributes` are its `data-…` ones."""
        given = "".join(f' data-{name}="{escape(text)}"' for name, text in attributes.items())
        return self.put(f'<script src="{server.url}/widget.js"{given}></script>', server, css=css)

    def put(self, embedding: str, *servers: Server, css: str = "", also: str = "") -> str:
        """The path of a page with this at the end of its body, which may ask these servers, and may
        do what a policy says beside the strict one."""
        policy = STRICT.format(server=" ".join(server.url for server in servers)) + also
        self._pages.append((embedding, css, policy))
        return f"/{len(self._pages) - 1}"

    def _page(self, number: str) -> Response:
        ordinal, _, kind = number.partition(".")
        embedding, css, policy = self._pages[int(ordinal)]
        if kind:
            return Response(css, media_type="text/css")
        html = _PAGE.format(number=ordinal, embedding=embedding)
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})


class Refusing(Server):
    """Refuses every question in the same way, to pages of any origin.

    `keys` are the Authorization headers of the questions, in their order.
    """

    def __init__(
        self, status: int, detail: str = "", headers: dict[str, str] | None = None
    ) -> None:
        app = FastAPI(openapi_url=None)
        app.add_middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
            expose_headers=["*"],
        )
        self.keys: list[str | None] = []
        self._response = JSONResponse({"detail": detail}, status, headers)
        app.add_api_route("/api/ask", self._refuse, methods=["POST"])
        super().__init__(app)

    def _refuse(self, request: Request) -> Response:
        self.keys.append(request.headers.get("authorization"))
        return self._response
