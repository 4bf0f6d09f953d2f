"""The widget: one script that puts a chat on a page of any origin (docs/widget.md).

Its pieces are files in `static/widget/`, joined here: the page has to allow and load one script
only, and pieces that import each other would have to be let through by CORS as well.
"""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from entrywise.web.api.etag import conditional

router = APIRouter(include_in_schema=False)

PIECES = ("asking.js", "theme.js", "answer.js", "turn.js", "element.js")
"""In the order in which they need each other."""

_FOLDER = Path(__file__).parents[1] / "static" / "widget"

# A page is visited more often than a widget is mended: after ten minutes a browser asks again.
_CACHED = "public, max-age=600"


@router.api_route("/widget.js", methods=["GET", "HEAD"])
def widget(request: Request) -> Response:
    """The script, or that it is unchanged; a page that isolates itself (COEP) may load it too."""
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    found = Response(script(), media_type="text/javascript", headers=headers)
    return conditional(request, found, _CACHED)


def script() -> str:
    """The pieces as one script, which leaves no name on the page but that of its element."""
    style = json.dumps(_piece("widget.css"), ensure_ascii=False)
    code = "\n".join(map(_piece, PIECES))
    return f'(() => {{\n"use strict";\n\nconst STYLE = {style};\n\n{code}}})();\n'


def _piece(name: str) -> str:
    return (_FOLDER / name).read_text("utf-8")
