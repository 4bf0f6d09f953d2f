"""Finds what a page of HTML folds up until somebody asks for it: answers below their questions,
and alternatives of which a script shows one.

<h3><button aria-expanded="false">Where do I moor?</button></h3>     ### Where do I moor?
<div hidden>At the east pier.</div>                             ─▶   At the east pier.

Press <i><span hidden>Command</span><span hidden>Ctrl</span></i>+S   Press Command/Ctrl+S

The sign is where it stands: right behind what says that it opens something (`aria-expanded`,
`aria-controls` and the like), or all that is below a heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from entrywise.data.documents.conversion import elements

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS = f"{elements.HEADINGS},summary,dt"
_HEADING_TAGS = frozenset(_HEADINGS.split(","))
_TARGETS = "aria-controls data-bs-target data-target".split()
"""Where an element says what it opens: its name, also with `#` before it."""
_OPENERS = ",".join(f"[{name}]" for name in ("aria-expanded", *_TARGETS))
_ALTERNATIVES = "span[hidden],span[style]"
_FEWEST_LINKS = 2
"""Links of a menu."""
_MOST, _DEEPEST = 60, 12
"""Elements and texts in and beside an element that are looked at, and elements around it."""


@dataclass(frozen=True, slots=True)
class Folds:
    """What a page folds up, by the `mem_id` of elements."""

    titles: set[int] = field(default_factory=set[int])
    """Buttons that say what is below them."""
    shown: set[int] = field(default_factory=set[int])
    """What is to be read although it is hidden."""
    switches: set[int] = field(default_factory=set[int])
    """What holds nothing but alternatives."""


def folds(tree: LexborHTMLParser) -> Folds:
    """What a page folds up."""
    found = Folds()
    found.titles.update(one.mem_id for one in tree.css("button") if _is_heading(one))
    places = elements.places(tree)
    for opener in tree.css(_OPENERS):
        panels = [one.mem_id for one in _opened(opener, places)]
        found.shown.update(panels)
        if panels and opener.tag == "button":
            found.titles.add(opener.mem_id)
    for heading in tree.css(_HEADINGS):
        if panel := _all_below(heading):
            found.shown.add(panel.mem_id)
    holders = {one.parent.mem_id: one.parent for one in tree.css(_ALTERNATIVES) if one.parent}
    for key, holder in holders.items():
        if alternatives := _alternatives(holder):
            found.switches.add(key)
            found.shown.update(one.mem_id for one in alternatives)
    return found


def _is_heading(button: LexborNode) -> bool:
    """Whether a button is all that a heading says."""
    return any(one.tag in _HEADING_TAGS for one in _wholes(button))


def _opened(opener: LexborNode, places: Mapping[str, LexborNode]) -> list[LexborNode]:
    """What an element opens right behind it, and what is around that; nothing of a menu."""
    attributes = opener.attributes
    whole = list(_wholes(opener))[-1]
    behind = _beside(whole, "next")
    opens_menu = attributes.get("aria-haspopup", "false") != "false"
    if opens_menu or behind is None or behind.is_text_node or _is_menu(behind):
        return []
    name = next(filter(None, map(attributes.get, _TARGETS)), "").removeprefix("#")
    panel = places.get(name, behind)
    return [behind, panel] if behind in (panel, *islice(elements.around(panel), _DEEPEST)) else []


def _all_below(heading: LexborNode) -> LexborNode | None:
    """What is hidden and stands between a heading and the next one, with nothing beside it."""
    panel = _beside(list(_wholes(heading))[-1], "next")
    if panel is None or panel.is_text_node or not elements.is_folded(panel):
        return None
    after = _beside(panel, "next")
    return panel if after is None or _begins_with_heading(after) else None


def _alternatives(holder: LexborNode) -> list[LexborNode]:
    """The parts of an element, where it has several, and all of them are hidden."""
    parts = [one for one in holder.iter(include_text=True) if not one.is_empty_text_node]
    are_hidden = all(one.tag == "span" and elements.is_folded(one) for one in parts)
    return parts if are_hidden and len(parts) > 1 else []


def _wholes(node: LexborNode) -> Iterator[LexborNode]:
    """An element, and those around it that say no more than it, from the inside out."""
    yield node
    for outer in islice(elements.around(node), _DEEPEST):
        if _beside(node, "prev") or _beside(node, "next"):
            return
        yield outer
        node = outer


def _beside(node: LexborNode, side: Literal["prev", "next"]) -> LexborNode | None:
    """The next element, or text, on one side that says something."""
    found: LexborNode | None = getattr(node, side)
    for _ in range(_MOST):
        if found is None or _says(found):
            break
        found = getattr(found, side)
    return found


def _says(node: LexborNode) -> bool:
    """Whether there is a word in an element, or too much to look at; signs are those of icons."""
    parts = list(islice(node.traverse(include_text=True), _MOST + 1))
    return len(parts) > _MOST or any(_words(one) for one in parts)


def _words(node: LexborNode) -> str:
    """A text that has letters or digits, and is no code of the page itself."""
    text = (node.text_content or "") if node.is_text_node else ""
    is_code = elements.parent_tag(node) in ("script", "style")
    return text if not is_code and any(map(str.isalnum, text)) else ""


def _begins_with_heading(node: LexborNode) -> bool:
    parts = islice(node.traverse(include_text=True), _MOST)
    first = next(filter(_words, parts), None)
    above = islice(elements.around(first), _DEEPEST) if first else ()
    return any(one.tag in _HEADING_TAGS for one in above)


def _is_menu(node: LexborNode) -> bool:
    """Whether an element holds several links and nothing else, as far as it is looked at."""
    texts = [one for one in islice(node.traverse(include_text=True), _MOST) if _words(one)]
    are_links = all("a" in (up.tag for up in islice(elements.around(one), 3)) for one in texts)
    return are_links and len(texts) >= _FEWEST_LINKS
