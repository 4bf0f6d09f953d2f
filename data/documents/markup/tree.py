"""Elements of HTML with their places in a text.

>>> root = tree("<ul><li>One<li>Two</ul>")
>>> [(one.name, one.start, one.end) for one in root.children[0].elements]
[('li', 4, 11), ('li', 11, 18)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from entrywise.data.documents.dialects.tags import ATTRIBUTES, attribute
from entrywise.data.documents.plain_text import VOID

TAG = re.compile(
    r"<!--[\s\S]{0,5000}?-->|\{/\*[\s\S]{0,5000}?\*/\}|"
    rf"<(?P<closes>/?)(?P<name>[A-Za-z][\w.:-]*){ATTRIBUTES}|"
    r"(?P<ticks>`+)(?!`).{0,500}?(?<!`)(?P=ticks)(?!`)"
)
"""A comment, a tag, or code in a line, in which neither is."""
_DEEPEST = 60
"""Elements within each other; what is below is read as if it stood beside."""
_CLOSED_BY: dict[str, frozenset[str]] = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "tr": frozenset(("tr", "td", "th")),
    "tbody": frozenset(("thead", "tbody", "tr", "td", "th")),
    "tfoot": frozenset(("thead", "tbody", "tr", "td", "th")),
    "p": frozenset(("p",)),
}
"""Elements that end where another begins, if nothing that holds both is opened between."""
_HOLDERS = frozenset(("ul", "ol", "dl", "table"))


class Text(NamedTuple):
    """Text between tags, as it stands at a place."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Element:
    """An element, from its tag to the end of the one that closes it, exclusive."""

    name: str
    tag: str
    start: int
    end: int
    children: list[Element | Text] = field(default_factory=list["Element | Text"])

    @property
    def elements(self) -> Iterator[Element]:
        """The elements right within it."""
        return (child for child in self.children if isinstance(child, Element))

    def all(self) -> Iterator[Element]:
        """The elements within it, however deep."""
        for child in self.elements:
            yield child
            yield from child.all()

    def attribute(self, name: str) -> str:
        """What its tag says of itself by a name; empty where it does not."""
        return unescape(attribute(self.tag, name))


def element_name(written: str) -> str:
    """The name of an element; one with a capital alone is a component: `<Table>` is no table.

    >>> element_name("TABLE"), element_name("Table")
    ('table', 'Table')
    """
    return written.lower() if written.isupper() else written


def tree(text: str, start: int = 0) -> Element:
    """The elements of a text, which stands at a place of its source.

    What is not closed ends with what is around it, and what closes nothing is no tag.
    """
    root = Element("", "", start, start + len(text))
    opened = [root]
    place = 0
    for found in TAG.finditer(text):
        if found["ticks"]:
            continue
        _add_text(opened[-1], text[place : found.start()], start + place)
        place = found.end()
        name = element_name(found["name"] or "")
        if not name:
            continue
        if found["closes"]:
            _close(opened, name, start + found.start(), start + found.end())
            continue
        _close_before(opened, name, start + found.start())
        element = Element(name, found.group(), start + found.start(), start + found.end())
        opened[-1].children.append(element)
        is_whole = name in VOID or found.group().endswith("/>")
        if not is_whole and len(opened) < _DEEPEST:
            opened.append(element)
    _add_text(opened[-1], text[place:], start + place)
    while len(opened) > 1:
        opened.pop().end = root.end
    return root


def _add_text(element: Element, text: str, start: int) -> None:
    if text:
        element.children.append(Text(text, start))


def _close(opened: list[Element], name: str, at: int, after: int) -> None:
    if all(one.name != name for one in opened):
        return
    while opened[-1].name != name:
        opened.pop().end = at
    opened.pop().end = after


def _close_before(opened: list[Element], name: str, at: int) -> None:
    """End what ends where an element of a name begins."""
    ending = _CLOSED_BY.get(name, frozenset())
    while True:
        last = next((n for n in range(len(opened) - 1, 0, -1) if opened[n].name in ending), 0)
        if not last or any(one.name in _HOLDERS for one in opened[last + 1 :]):
            return
        while len(opened) > last:
            opened.pop().end = at
