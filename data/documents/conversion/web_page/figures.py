"""Finds pictures whose caption says what stands for them, so that it is told once.

<div class="figure"><p class="title">Figure 1. The pier</p>        ![The pier](p.png)\
<img src="p.png" alt="The pier"><div class="caption">         ─▶   Figure 1. The pier
An image of the pier</div></div>

The sign is an element that is called a caption or a title, in the largest element around a picture
that has no other, and all the words of what stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from entrywise.data.documents.conversion import elements, writing
from entrywise.data.documents.conversion.web_page.lines import BLOCKS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST, _DEEPEST = 40, 10
"""Elements and texts of a figure, and elements around a picture that are looked at."""
_MORE = 3
"""Words at most that a text has besides those of a caption that it repeats ("An image of")."""
_NO_CAPTIONS = frozenset((*elements.HEADINGS.split(","), "caption", "figure"))
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Figures:
    """The pictures of a page that have captions, by the `mem_id` of elements."""

    shown: dict[int, LexborNode] = field(default_factory=dict[int, "LexborNode"])
    """What is to be shown above captions: pictures, and links of nothing else."""
    unread: set[int] = field(default_factory=set[int])
    """These where they stand, and what only repeats a caption."""


def figures(tree: LexborHTMLParser) -> Figures:
    """The pictures of a page whose captions say what stands for them."""
    found = Figures()
    for picture in tree.css("img[alt]"):
        words = _words(elements.description(picture))
        captions = _captions(picture) if words else ()
        caption = next((one for one in captions if words <= _words(elements.line(one))), None)
        if caption is None or caption.mem_id in found.shown:
            continue
        shown = _whole(picture)
        found.shown[caption.mem_id] = shown
        told = _words(elements.line(caption))
        found.unread.add(shown.mem_id)
        again = (one for one in captions if one.mem_id != caption.mem_id)
        found.unread.update(
            one.mem_id for one in again if _repeats(_words(elements.line(one)), told, words)
        )
    return found


def captioned(picture: str, blocks: Sequence[str]) -> list[str]:
    """A picture and its caption as one paragraph, of which the caption alone is told."""
    if len(blocks) != 1 or not picture:
        return [*filter(None, (picture, *blocks))]
    return [f"{picture.strip()}{writing.BREAK}{blocks[0]}"]


def _captions(picture: LexborNode) -> Sequence[LexborNode]:
    """The captions in the largest element around a picture that is small and has no other."""
    found: Sequence[LexborNode] = ()
    for holder in islice(elements.around(picture), _DEEPEST):
        parts = list(islice(holder.traverse(include_text=True), _MOST + 1))
        if len(parts) > _MOST or sum(one.tag == "img" for one in parts) > 1:
            break
        found = [one for one in parts if _is_caption(one)] or found
    return found


def _is_caption(node: LexborNode) -> bool:
    """Whether an element is called a caption, and is one paragraph of text."""
    names = elements.class_names(node)
    is_called = node.tag == "figcaption" or "title" in names or any("caption" in n for n in names)
    return (
        is_called
        and node.tag in BLOCKS - _NO_CAPTIONS
        and not elements.is_hidden(node)
        and not elements.is_title(node)
        and node.css_first("img") is None
        and sum(1 for _ in _blocks(node)) <= 1
    )


def _blocks(node: LexborNode) -> Iterator[LexborNode]:
    yield from (one for one in node.traverse() if one.tag in BLOCKS and one.mem_id != node.mem_id)


def _whole(picture: LexborNode) -> LexborNode:
    """A picture, or the link of which it is all that is said."""
    link = next((one for one in islice(elements.around(picture), 2) if one.tag == "a"), None)
    return link if link and not elements.line(link) else picture


def _repeats(text: set[str], caption: set[str], picture: set[str]) -> bool:
    """Whether the words of a text are those of a caption, or with few more those of a picture."""
    return len(text - caption) <= (_MORE if picture <= text else 0)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
