"""Tabs of Bootstrap as components: a list of links names the panes that these lead to.

<ul class="nav nav-tabs">
  <li><a href="#row">Rowing</a></li>
</ul>
<div class="tab-content">                    <Tabs>
  <div class="tab-pane" id="row">      ─▶      <Tab title="Rowing">
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from entrywise.data.documents.dialects.fences import Fences
from entrywise.data.documents.markup.tree import Element, tree
from entrywise.data.documents.markup.writer import bare
from entrywise.data.documents.plain_text import one_blank

_LIST = re.compile(r"(?:^|[\s-])(?:tabs|pills|tablist)(?:$|\s)")
_HOLDERS = frozenset(("div", "section"))
_LISTS = frozenset(("ul", "ol", "nav", "div"))
_PANE = re.compile(r"(?:^|\s)(?:tab-pane|tabpanel)(?:$|\s)")
_TARGETS = ("data-bs-target", "data-target", "href", "aria-controls")
_HEADED = re.compile(r"(?:\s|\{%[^{}\n]{0,300}%\})*(?:#{1,6}[ \t]|<h[1-6]\b)", re.IGNORECASE)
"""What has a heading of its own needs no title."""
_NO_WORDS = re.compile(r"\{%[^{}]{0,300}%\}|[\"<>\\]")
_CLOSING = re.compile(r"</\w+\s*>\Z")
_LONGEST = 20
"""Characters of a tag that closes, and of an indentation."""
_CODE = 4
"""Blanks that code is indented by."""


class _Change(NamedTuple):
    """What stands in place of a stretch of a text."""

    start: int
    end: int
    text: str


def with_tabs(text: str) -> str:
    """A Markdown text whose panes have the titles that a list above them gives; as many lines as
    before. Lists that lead to no pane stay, and so does what is code.

    >>> with_tabs('<ul class="tabs"><li><a href="#a">Sail</a></ul>\\n<div class="tab-pane" id="a">')
    '\\n<Tab title="Sail">'
    """
    if "tab-pane" not in text and "tabpanel" not in text:
        return text
    parts: list[str] = []
    done = 0
    for change in sorted(_changes(text)):
        if change.start >= done:
            lines = text.count("\n", change.start, change.end)
            parts += text[done : change.start], change.text, "\n" * lines
            done = change.end
    return "".join((*parts, text[done:]))


def _changes(text: str) -> Iterator[_Change]:
    root = tree(_without_fences(text))
    elements = [*root.all()]
    panes: dict[str, deque[Element]] = {}
    begins: list[int] = []
    for one in elements:
        if one.name in _HOLDERS and _PANE.search(
            f"{one.attribute('class')} {one.attribute('role')}"
        ):
            panes.setdefault(one.attribute("id"), deque()).append(one)
            begins.append(one.start)
    titled: dict[int, str] = {}
    until = 0
    for one in elements:
        holds_panes = bisect_left(begins, one.start) < bisect_left(begins, one.end)
        if one.start < until or holds_panes or not _is_list(one, text):
            continue
        until = one.end
        if titles := {id(pane): title for pane, title in _named(one, panes)}:
            titled |= titles
            yield _Change(one.start, one.end, "")
    for one in elements:
        if one.name in _HOLDERS and any(id(child) in titled for child in one.elements):
            yield from _as_component(one, "Tabs", text)
        if id(one) in titled:
            title = "" if _HEADED.match(text, one.start + len(one.tag)) else titled[id(one)]
            yield from _as_component(one, f'Tab title="{title}"' if title else "Tab", text)


def _without_fences(text: str) -> str:
    """A text with blanks in place of what is in fences."""
    fences = Fences()
    return "\n".join(" " * len(row) if fences.read(row) else row for row in text.split("\n"))


def _is_list(element: Element, text: str) -> bool:
    """Whether an element may name panes."""
    said = f"{element.attribute('class')} {element.attribute('role')}"
    before = text[max(0, element.start - _LONGEST) : element.start].rpartition("\n")[2]
    is_code = len(before.expandtabs(_CODE)) >= _CODE and not before.strip()
    return element.name in _LISTS and not is_code and bool(_LIST.search(said))


def _named(named: Element, panes: dict[str, deque[Element]]) -> Iterator[tuple[Element, str]]:
    """The panes behind a list that it leads to, and what it calls them."""
    for link in named.all():
        targets = (link.attribute(name).removeprefix("#") for name in _TARGETS)
        found = next(filter(None, map(panes.get, targets)), None)
        while found and found[0].start < named.end:
            found.popleft()
        if found:
            yield found.popleft(), one_blank(_NO_WORDS.sub("", bare(link)))


def _as_component(element: Element, name: str, text: str) -> Iterator[_Change]:
    """What makes a component of an element."""
    yield _Change(element.start, element.start + len(element.tag), f"<{name}>")
    last = text[max(element.start, element.end - _LONGEST) : element.end]
    if closing := _CLOSING.search(last):
        start = element.end - len(closing.group())
        yield _Change(start, element.end, f"</{name.partition(' ')[0]}>")
