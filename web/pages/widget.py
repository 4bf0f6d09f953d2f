"""The widget: one script that puts a chat on a page of any origin (docs/widget.md).

Its pieces are files in `static/widget/`, joined here: the page has to allow and load one script
only, and pieces that import each other would have to be let through by CORS as well. What it says
in the words of every other format is put before them, and what it is called and its colours, where
the page does not say otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response
from rjsmin import jsmin

from entrywise.data.identity import Identity
from entrywise.rag.compose.shapes.abstention import COURTESY, NEAREST, REFUSAL, unnamed
from entrywise.rag.compose.shapes.excerpts import EXCERPT
from entrywise.rag.compose.texts.catalogue import texts_of as texts_of_answers
from entrywise.web.api.etag import conditional
from entrywise.web.served.served import InUse
from entrywise.web.site.appearance import colours
from entrywise.web.texts.catalogue import Texts

router = APIRouter(include_in_schema=False)

PIECES = (
    "asking.js",
    "theme.js",
    "quotes.js",
    "answer.js",
    "pictures.js",
    "../js/typed.js",
    "../js/address.js",
    "copying.js",
    "actions.js",
    "turn.js",
    "keeping.js",
    "element.js",
    "placing.js",
)
"""In the order in which they need each other; modules of pages are pieces without `export`."""
_STARTERS = 3

_FOLDER = Path(__file__).parents[1] / "static" / "widget"

_READ = re.compile(r"/\*[\s\S]*?\*/|(?<=[{};:,])\s+|\s+(?=[{}])")
"""What of a style sheet is for who reads the file: it has none of these signs in a text."""

# A page is visited more often than a widget is mended: after ten minutes a browser asks again.
_CACHED = "public, max-age=600"


@router.api_route("/widget.js", methods=["GET", "HEAD"])
def widget(request: Request, served: InUse) -> Response:
    """The script, or that it is unchanged; a page that isolates itself (COEP) may load it too."""
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    starters = served.examples[:_STARTERS]
    pages = list(filter(None, map(served.pages_of_examples.__getitem__, starters)))
    code = script(served.knowledge_base.identity, served.texts, starters, pages)
    found = Response(code, media_type="text/javascript", headers=headers)
    return conditional(request, found, _CACHED)


def script(
    identity: Identity, texts: Texts, starters: Sequence[str] = (), pages: Sequence[str] = ()
) -> str:
    """The pieces as one script, which leaves no name on the page but that of its element, without
    what is only for who reads it.

    Args:
        starters: questions to begin with.
        pages: those of which some ask for a section, by "Page: Heading".
    """
    style = _READ.sub("", _READ.sub("", _piece("widget.css"))).strip()
    if identity.accent:
        style += f"\n.root {{\n{colours(identity.accent, overridable=True)}\n}}\n"
    own: dict[str, object] = {"STYLE": style, "TITLE": identity.title}
    own |= {"LANGUAGE": identity.language, "STARTERS": [*starters], "PAGES": [*pages]}
    own["NOTHING"] = unnamed(texts_of_answers(texts.language))
    own["NO_ANSWER"] = texts("refusal.none", title=identity.title)
    words = constants(texts)
    declared = "\n".join(
        f"const {name} = {json.dumps(value, ensure_ascii=False)};"
        for name, value in {**own, **words}.items()
    )
    code = "\n".join(map(_piece, PIECES))
    return str(jsmin(f'(() => {{\n"use strict";\n{declared}\n{code}}})();\n'))


def constants(texts: Texts) -> dict[str, object]:
    """Constants of the script: its texts, what an answer says on every page, and aspects of its
    parts."""
    votes = {name: texts(f"votes.{name}") for name in ("up", "down", "thanks_up", "thanks_down")}
    taking = {name: texts(f"script.{name}") for name in ("copied", "no_clipboard")}
    return {
        "TEXTS": {**texts.groups("widget")["widget"], **votes, **taking},
        "ABSENT": texts("answer.absent"),
        "UNSUPPORTED": texts("answer.unsupported"),
        "NEXT": texts("answer.next"),
        "INSTEAD": texts("answer.instead"),
        "NEAREST": NEAREST,
        "REFUSAL": REFUSAL,
        "COURTESY": COURTESY,
        "EXCERPT": EXCERPT,
    }


def _piece(name: str) -> str:
    """A piece, which exports nothing."""
    return (_FOLDER / name).read_text("utf-8").replace("\nexport ", "\n")
