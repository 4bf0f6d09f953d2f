"""Gives tabs the titles that their group lists, as Nextra and Fumadocs have them: components, or
blocks of code.

<Tabs items={["npm", "bun"]}>           <Tabs items={["npm", "bun"]}>
<Tab>                             ─▶    <Tab title="npm">
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from entrywise.data.documents.dialects.fences import Fences, label_of
from entrywise.data.documents.dialects.lines import starts
from entrywise.data.documents.dialects.tags import label
from entrywise.data.documents.markup.tree import TAG
from entrywise.data.documents.plain_text import VOID

_STRING = r"\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'"
_ITEMS = re.compile(rf"\sitems\s?=\s?\{{\s*\[\s*(?P<texts>(?:(?:{_STRING})[\s,]*){{1,50}})\]\s*\}}")
_TEXT = re.compile(_STRING)


class _Group(NamedTuple):
    """A component that is open, and the titles that it lists for what is in it."""

    name: str
    titles: Iterator[str]


def with_titles(text: str) -> str:
    """A text of MDX whose tabs have their titles; as many lines as before.

    >>> with_titles("<Tabs items={['npm', 'bun']}>\\n<Tab>Add it.</Tab>\\n</Tabs>")
    '<Tabs items={[\\'npm\\', \\'bun\\']}>\\n<Tab title="npm">Add it.</Tab>\\n</Tabs>'
    """
    if "items={" not in text:
        return text
    parts: list[str] = []
    done = 0
    for place, title in _titles(text):
        parts += text[done:place], f' title="{title}"'
        done = place
    return "".join((*parts, text[done:]))


def _titles(text: str) -> Iterator[tuple[int, str]]:
    """Where titles go, and which."""
    lines = text.split("\n")
    begins = starts(lines)
    tags: dict[int, list[re.Match[str]]] = {}
    for tag in TAG.finditer(text):
        tags.setdefault(bisect_right(begins, tag.start()) - 1, []).append(tag)
    fences = Fences()
    groups: list[_Group] = []
    for number, line in enumerate(lines):
        was_open = fences.is_open
        if not fences.read(line):
            for tag in tags.get(number, ()):
                yield from _of_tag(tag, groups)
        elif not was_open and groups:
            title = next(groups[-1].titles, "")
            if title and not label_of(line.lstrip("` ~\t")):
                yield begins[number] + len(line), title


def _of_tag(tag: re.Match[str], groups: list[_Group]) -> Iterator[tuple[int, str]]:
    name = tag["name"]
    if not name:
        return
    if tag["closes"]:
        last = next((n for n in reversed(range(len(groups))) if groups[n].name == name), None)
        if last is not None:
            del groups[last:]
        return
    is_component = name[0].isupper()
    title = next(groups[-1].titles, "") if groups and is_component else ""
    if title and not label(tag.group()):
        yield tag.end("name"), title
    if not tag.group().endswith("/>") and name.lower() not in VOID:
        groups.append(_Group(name, _listed(tag.group())))


def _listed(tag: str) -> Iterator[str]:
    found = _ITEMS.search(tag)
    return (one[1:-1].replace('"', "") for one in _TEXT.findall(found["texts"] if found else ""))
