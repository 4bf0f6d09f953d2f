"""What the front matter of a file says of its document: what it is called, where it is shown.

--- title: Oars, subtitle: how to row, slug: oars ---   ─▶ FrontMatter("Oars: how to row", …)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from entrywise.data.addresses import is_web_address
from entrywise.data.documents.front_matter import split_front_matter
from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Reading
from entrywise.data.readers.documents import is_short
from entrywise.data.readers.fields import Record, is_clean

_ELEMENT = re.compile(r"<(\w+)(?:\s[^<>]*)?>([^<>]*)</\1>")
"""What a title has in tags: "Set up <em>before</em> you sail"."""

_NAMES = ("question", "name")
"""What says what one of a collection is, which has no title: an answer of a FAQ, an option."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above a document: its title with its subtitle, what it is called where nothing
    else says it, a description where the folder around it shows such, its place on its site, other
    names; empty where it says nothing. `wrong` is what of it is not as it should be."""

    fields: Mapping[str, object]
    title: str
    name: str
    description: str
    address: str
    aliases: tuple[str, ...]
    wrong: tuple[Unread, ...]


def read_front_matter(text: str, source: Path, reading: Reading) -> tuple[FrontMatter, str]:
    """What the front matter of a file says, and the text below it."""
    fields, below, fault = split_front_matter(text)
    wrong = [_left_out(str(source), fault)] if fault else []
    record = Record(f"{source}: front matter", fields)

    def told(field: Callable[[], str | None]) -> str:
        """What a field says; one that is wrong says nothing, and is listed."""
        try:
            return field() or ""
        except KnowledgeBaseError as error:
            place, _, fault = str(error).partition(": ")
            wrong.append(_left_out(place, fault))
            return ""

    title = _without_elements(told(lambda: record.note("title")))
    subtitle = _without_elements(told(lambda: record.note("subtitle")))
    if title and subtitle and is_short(subtitle):
        title = f"{title}: {subtitle}"
    description = told(lambda: record.note("description")) if reading.is_described else ""
    address = told(lambda: record.place(reading.address_field))
    if reading.root is None and not is_web_address(address):
        # Whose site it is on is told by a folder.
        address = ""
    aliases = _aliases(fields.get("aliases"))
    name = _without_elements(next(_clean(map(fields.get, _NAMES)), ""))
    return FrontMatter(fields, title, name, description, address, aliases, tuple(wrong)), below


def _without_elements(title: str) -> str:
    return _ELEMENT.sub(r"\2", title).strip()


def _aliases(value: object) -> tuple[str, ...]:
    """Other names of a page, as Obsidian keeps them; what Hugo calls so are old addresses."""
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(name for name in _clean(values) if "/" not in name))


def _clean(values: Iterable[object]) -> Iterator[str]:
    """Those of some values that are a text, without blanks around it."""
    texts = (one.strip() for one in values if isinstance(one, str) and is_clean(one))
    return filter(None, texts)


def _left_out(place: str, fault: str) -> Unread:
    return Unread(place, f"{fault}, or it is left out", "warning")
