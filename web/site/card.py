"""The card of a shared link: a picture that says what the page says first.

GET /card.png                   the knowledge base
GET /card.png?entry=ID          an entry
GET /card.png?q=…&history=…     the answer to the last question of a conversation
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, NamedTuple

import numpy as np
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from entrywise.data.languages import DEFAULT
from entrywise.rag.render.escape import one_line, printable
from entrywise.web.api.etag import conditional
from entrywise.web.schemas.bodies import LONGEST_HISTORY
from entrywise.web.served.colours import LIGHT_PAPERS, Scheme, light_scheme
from entrywise.web.served.served import InUse, Served
from entrywise.web.site.drawing import channels, icon, png
from entrywise.web.site.head import about, opening, summary
from entrywise.web.site.icons import ACCENT
from entrywise.web.site.lettering import Canvas, lettering

router = APIRouter(include_in_schema=False)

WIDTH, HEIGHT = 1200, 630
"""What chats show without cutting it: https://ogp.me, 1.91 to 1."""

_MARGIN = 80
_ICON = 88
_STRIPE = 16
_TITLE_LINES = 3
_TEXT_LINES = 4
_GAP = 28
_INK, _SOFT = "#1c2024", "#59626a"
"""Those of base.css."""
_CACHED = "public, max-age=3600"


class Card(NamedTuple):
    """What is on a card: the knowledge base, what it is asked or holds, what it says of that, and
    the colour of it all."""

    site: str
    title: str
    text: str
    accent: str


@router.get("/card.png")
def card(
    request: Request,
    served: InUse,
    q: str = "",
    history: Annotated[tuple[str, ...], Query(max_length=LONGEST_HISTORY)] = (),
    entry: str = "",
) -> Response:
    """The picture of a page."""
    identity = served.knowledge_base.identity
    title, text = _said(served, q, history, entry)
    shown = Card(identity.title, title, text, identity.accent or ACCENT)
    return conditional(request, Response(drawn(shown), media_type="image/png"), _CACHED)


def _said(served: Served, q: str, history: tuple[str, ...], entry: str) -> tuple[str, str]:
    """The title of a page, and what it says first."""
    identity = served.knowledge_base.identity
    language = identity.language or DEFAULT
    if entry:
        try:
            found = served.knowledge_base[entry]
        except KeyError:
            raise HTTPException(404, f"no entry has the id {printable(entry)!r}") from None
        return found.name, opening(found.oneliner, language=language)
    if q:
        # Who shares a link has asked before; a program that shows it asks nothing.
        answer = served.unlogged.ask(q, history=history)
        return answer.question, summary(answer, language)
    return identity.title, opening(about(identity, served.texts), language=language)


@lru_cache(maxsize=64)
def drawn(card: Card) -> bytes:
    """A card as PNG. What no letters are at hand for is left out, and where that is its title, the
    icon stands alone."""
    scheme = light_scheme(card.accent)
    canvas: Canvas = np.empty((HEIGHT, WIDTH, 3), np.float32)
    canvas[:] = channels(LIGHT_PAPERS[0])
    canvas[:_STRIPE] = channels(scheme.accent)
    titles, texts = lettering("title"), lettering("text")
    title = printable(one_line(card.title))
    if not titles.has(title):
        _put_icon(canvas, HEIGHT // 2, (WIDTH - HEIGHT // 2) // 2, HEIGHT // 4, scheme)
        return _finished(canvas)
    _put_icon(canvas, _ICON, _MARGIN, _MARGIN, scheme)
    room = WIDTH - 2 * _MARGIN
    if texts.has(card.site) and card.site != card.title:
        beside = _MARGIN + _ICON + _GAP
        (site,) = texts.lines(card.site, room - _ICON - _GAP, 1)
        height = _MARGIN + (_ICON - texts.height) // 2
        texts.draw(canvas, site, beside, height, channels(_SOFT))
    y = _MARGIN + _ICON + _GAP
    for line in titles.lines(title, room, _TITLE_LINES):
        titles.draw(canvas, line, _MARGIN, y, channels(_INK))
        y += titles.height
    y += _GAP
    fitting = min(_TEXT_LINES, (HEIGHT - _MARGIN // 2 - y) // texts.height)
    if texts.has(card.text):
        for line in texts.lines(card.text, room, fitting):
            texts.draw(canvas, line, _MARGIN, y, channels(_INK))
            y += texts.height
    return _finished(canvas)


def _finished(canvas: Canvas) -> bytes:
    return png(canvas.round().astype(np.uint8))


def _put_icon(canvas: Canvas, size: int, x: int, y: int, scheme: Scheme) -> None:
    drawn = icon(size, scheme.accent, scheme.on_accent)
    below = canvas[y : y + size, x : x + size]
    below += drawn[..., 3:] / 255 * (drawn[..., :3] - below)
