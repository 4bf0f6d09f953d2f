"""Entries: what rows become, and what of them was not read.

1, {"Term": "VPN", "Definition": "A private network.", "Price": "12.99"}
    ─▶ Entry("1", "VPN", …, (Section("text", "A private network."), Section("details", …)))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from entrywise.data.documents.plain_text import one_blank
from entrywise.data.documents.sections import unused
from entrywise.data.entries import DETAILS, Entry, Section, Unread
from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.readers.base import Contents
from entrywise.data.readers.documents import CATEGORY, page_of, paragraphs
from entrywise.data.readers.fields import fault_of_id, is_clean, show
from entrywise.data.readers.formats.tables.columns import find_columns, listed, told_by_content
from entrywise.data.readers.formats.tables.details import detail_of, find_details, find_keys
from entrywise.data.readers.formats.tables.terms import are_terms
from entrywise.data.readers.page_cache import PageCache

_SHORT = 80
"""Characters up to which what other columns say stands on one line, as in the row of a table."""


Row = tuple[int, Mapping[str, object]]
"""The number of a row's line, and its values by their columns."""


@dataclass(slots=True)
class Rows:
    """Makes entries of rows, and lists those that are wrong."""

    where: str
    """The source, and the part of it that has these rows."""
    unread: list[Unread]
    pages: PageCache
    counted: str = "line"
    """What the numbers of rows are those of."""
    entries: dict[str, Entry] = field(default_factory=dict[str, Entry])
    _lines: dict[str, int] = field(default_factory=dict[str, int])
    _empty: int = 0
    _addresses: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def add(self, rows: Sequence[Row], names: Sequence[str], given: Mapping[str, str]) -> None:
        """Add rows of columns with these names, some of which people may have given."""
        values_of = [values for _, values in rows]
        columns = find_columns(names, given, self.where)
        named = columns
        if not {"text", "title"} <= columns.keys():
            columns = told_by_content(names, values_of, columns, self.where)
        is_told = columns != named
        details = find_details(names, values_of, columns)
        keys = find_keys(names, values_of, columns)
        title = columns.get("title", "")
        # What a column of its own name says is told with the others: `Product: Vario kettle`.
        is_named = bool(details) and "title" not in named
        others = [name for name in names if name not in (*columns.values(), *details)]
        left_out = [name for name in others if any(values.get(name) for values in values_of)]
        if is_told or details or left_out:
            self._say(columns, details, left_out, is_told=is_told)
        for place, (number, values) in enumerate(rows, start=1):
            try:
                told = {holds: _text(values.get(name)) for holds, name in columns.items()}
                own = _text(values.get(title)).strip()
                has_text = bool(told.get("text", "").strip())
                is_beside = (is_named or not has_text) and not own.endswith(QUESTION_MARKS)
                shown = [one for one in names if one in details or (is_beside and one == title)]
                beside = [(name.strip(), _text(detail_of(values.get(name)))) for name in shown]
                aliases = tuple(filter(None, (_text(values.get(name)).strip() for name in keys)))
            except ValueError as error:
                self.miss(number, str(error))
                continue
            self._add(number, told, beside, str(place), aliases)

    def _say(
        self,
        columns: Mapping[str, str],
        details: Sequence[str],
        left_out: Sequence[str],
        *,
        is_told: bool,
    ) -> None:
        """Note what the columns were taken for."""
        held = ", ".join(f"{holds} {show(columns[holds])}" for holds in sorted(columns))
        by = "by what they hold " if is_told else ""
        more = f"; details {listed(details)}" if details else ""
        rest = f"; left out: {listed(left_out)}" if left_out else ""
        reason = f"its columns are taken {by}({held}{more}{rest}); name others by --columns"
        self.note(reason)

    def note(self, reason: str) -> None:
        """List what is worth to know of the source."""
        self.unread.append(Unread(self.where, reason, "warning"))

    def _add(
        self,
        number: int,
        told: Mapping[str, str],
        beside: Sequence[tuple[str, str]],
        place: str,
        aliases: tuple[str, ...],
    ) -> None:
        given = told.get("id", "").strip()
        if fault := fault_of_id(given):
            self.miss(number, f"the id {show(given)} {fault}")
            return
        key = " ".join(given.split()) or place
        if key in self._lines:
            self.miss(
                number,
                f"the id {show(key)} was there on {self.counted} {self._lines[key]}; rename one",
            )
            return
        self._lines[key] = number
        own = one_blank(unescape(told.get("title", "")))
        page = page_of(told.get("text", ""), own, self.pages)
        sections = (*page.sections, *_details(beside, page.sections))
        if not page.sections:
            # A name with what the other columns say of it is a text, too; a question is not.
            is_name = own and not own.endswith(QUESTION_MARKS)
            if not (is_name and any(said != own for _, said in beside if said)):
                self._empty += 1
                return
            sections = (replace(sections[0], name="text"),)
        name = page.title or key
        category = told.get("category", "").strip() or CATEGORY
        url = self._url(number, told.get("url", "").strip())
        self.entries[key] = Entry(key, name, category, sections, aliases=aliases, url=url)

    def _url(self, number: int, url: str) -> str | None:
        if url and not url.startswith(("https://", "http://")):
            self._addresses.append((number, url))
            return None
        return url or None

    def miss(self, number: int, reason: str, *, is_lost: bool = True) -> None:
        """List what was not read on a line."""
        place = f"{self.where}: {self.counted} {number}"
        self.unread.append(Unread(place, reason, "error" if is_lost else "warning"))

    def contents(self) -> Contents:
        """All that was read, and what was not."""
        if self._addresses:
            (number, url), *others = self._addresses
            what = f"{show(url)} is no web address, and was left out"
            more = f"; so were those of {len(others):,} other rows" if others else ""
            self.miss(number, f"{what}{more}", is_lost=False)
        unread = list(self.unread)
        if self._empty:
            rows = "1 row has" if self._empty == 1 else f"{self._empty:,} rows have"
            unread.append(Unread(self.where, f"{rows} no text", "warning"))
        entries = tuple(self.entries.values())
        if are_terms((one.name, " ".join(part.text for part in one.sections)) for one in entries):
            entries = tuple(map(_as_term, entries))
        return Contents(entries, unread=tuple(unread))


def _details(beside: Iterable[tuple[str, str]], others: Iterable[Section]) -> Iterator[Section]:
    """The section of what other columns say of a row: `Price: 12.99`; none where they say nothing.

    Args:
        others: the sections that are there.
    """
    # One that has no name has a number.
    told = [value if name.isdecimal() else f"{name}: {value}" for name, value in beside if value]
    short = "; ".join(one for one in told if len(one) <= _SHORT)
    text = "\n\n".join(filter(None, (short, *(one for one in told if len(one) > _SHORT))))
    if text:
        used = dict.fromkeys((one.name for one in others), 1)
        yield Section(unused(DETAILS, used), text, blocks=paragraphs(text))


def _as_term(entry: Entry) -> Entry:
    """A row of plain text as a term; one that has headings, lists or tables stays a document."""
    if any(section.is_markdown for section in entry.sections):
        return entry
    return replace(entry, sections=tuple(replace(one, blocks=()) for one in entry.sections))


def _text(value: object) -> str:
    """A value as text.

    Raises:
        ValueError: it is none, or cannot be shown.
    """
    if value is None or value != value:  # What a program writes for nothing is NaN.
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "\n\n".join(value)
    if not isinstance(value, str | int | float):
        raise ValueError(f"{show(value)} is no text; write it in quotes")
    text = str(value)
    if not is_clean(text):
        raise ValueError(f"{show(text)} holds a NUL or half a surrogate pair; remove it")
    return text
