"""Notes of a page of HTML: footnotes, a mark that leads to a note, and the note that leads back;
and what stands on the margin.

<p>Fly.<sup><a href="#n1" id="r1">[1]</a></sup></p>      Fly.[^1]
<p><a href="#r1" id="n1">[1]</a> Not far.</p>        ─▶  [^1]: Not far.

So do pandoc, docutils, MediaWiki, GitHub and Google Docs, whose comments are written alike and are
no text.

<p>So:</p><aside>Or not.</aside><pre>row</pre>   ─▶   <p>So:</p><pre>row</pre><aside>Or not.</aside>
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from entrywise.data.documents.conversion import elements, writing
from entrywise.data.languages import COLONS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_COMMENT = "cmnt"
"""What Google Docs calls a comment."""
_MARGINS = "aside,.refpara"
"""Notes on the margin, as HTML and Scribble call them."""
_INDENT = " " * 4
_MARK = re.compile(r"[\[(]?(?:\d{1,4}|[a-z]|[*†‡§]{1,4})[\])]?")
_BACKS, _DEEPEST = 5, 12
"""Links to a mark that are looked at, and elements around each."""
_SIGNS = "^↑↩︎↵ "
"""What stands before or behind a note only to lead back."""


@dataclass(slots=True)
class Notes:
    """The footnotes of a page, by the `mem_id` of elements."""

    marks: dict[int, str] = field(default_factory=dict[int, str])
    """What links that are marks are in Markdown."""
    labels: dict[int, str] = field(default_factory=dict[int, str])
    """The labels of elements that are notes."""
    unread: set[int] = field(default_factory=set[int])
    """What only leads back, and comments."""

    def written(self, node: LexborNode, blocks: list[str]) -> list[str]:
        """The blocks of an element, as one where that is a note."""
        if node.mem_id not in self.labels or not blocks:
            return blocks
        first, *others = "\n\n".join((blocks[0].strip(_SIGNS), *blocks[1:])).split("\n")
        lines = [f"{_INDENT}{line}" if line else "" for line in others]
        label = writing.note(self.labels[node.mem_id], ":")
        return ["\n".join((f"{label} {first}", *lines))]


def with_notes_behind(tree: LexborHTMLParser) -> LexborHTMLParser:
    """A page whose notes on the margin stand behind what a colon announces, not before it."""
    for note in tree.css(_MARGINS):
        before, behind = _beside(note, "prev"), _beside(note, "next")
        if before and behind and elements.bare(before).rstrip().endswith(COLONS):
            behind.insert_after(note)
            note.decompose()
    return tree


def _beside(node: LexborNode, side: Literal["prev", "next"]) -> LexborNode | None:
    """The next element, or text, on one side."""
    found: LexborNode | None = getattr(node, side)
    while found and not elements.bare(found).strip():
        found = getattr(found, side)
    return found


def footnotes(tree: LexborHTMLParser) -> Notes:
    """The footnotes of a page, numbered as they are referred to."""
    found = Notes()
    places = elements.places(tree)
    links = tree.css('a[href^="#"]')
    leading_to: dict[str, list[LexborNode]] = {}
    for link in links:
        leading_to.setdefault((link.attributes.get("href") or "")[1:], []).append(link)
    headed: dict[int, bool] = {}
    for link in links:
        place = places.get((link.attributes.get("href") or "")[1:])
        if place is None or link.mem_id in found.unread or not _is_mark(link):
            continue
        note = place.parent if place.tag == "a" else place
        backs = [one for name in _names(link) for one in leading_to.get(name, ())[:_BACKS]]
        back = next((one for one in backs if note and _is_within(one, note)), None)
        if note is None or back is None or back.mem_id == link.mem_id:
            continue
        if note.mem_id not in headed:
            headed[note.mem_id] = note.css_first(elements.HEADINGS) is not None
        if headed[note.mem_id]:
            continue
        found.unread.add(back.mem_id)
        if (place.attributes.get("id") or "").startswith(_COMMENT):
            found.unread |= {link.mem_id, (note.parent or note).mem_id}
            continue
        label = found.labels.setdefault(note.mem_id, str(len(found.labels) + 1))
        found.marks[link.mem_id] = writing.note(label)
    return found


def _names(link: LexborNode) -> set[str]:
    """What a note calls the mark that it leads back to: the link, or what is right around it."""
    around = (link, link.parent) if link.parent else (link,)
    names = (one.attributes.get("id") or one.attributes.get("name") for one in around)
    return {name for name in names if name}


def _is_within(node: LexborNode, outer: LexborNode) -> bool:
    return any(one.mem_id == outer.mem_id for one in islice(elements.around(node), _DEEPEST))


def _is_mark(link: LexborNode) -> bool:
    return _MARK.fullmatch(elements.line(link)) is not None
