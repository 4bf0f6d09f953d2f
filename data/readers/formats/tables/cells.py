"""Cells: a table of text as spreadsheets save it (CSV, TSV), as rows of cells.

sep=;                     what Excel writes first: what the cells are apart by
Frage;Antwort
"Wo ist es?";"Am Steg."
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO

from entrywise.data.readers.fields import as_record, show
from entrywise.data.readers.formats.tables.columns import USUAL, is_header, known_names

_DELIMITERS = (",", ";", "\t", "|")
_LINES_TO_TELL = 20
_MENDED_QUOTES = 20
"""Quotes that are never closed after which a file is still read on."""
_SEPARATOR = re.compile(r'"?sep=(?P<delimiter>[^\n"])"?[ \t,;]*(?=\n|$)', re.IGNORECASE)


def table(
    text: str,
    columns: Mapping[str, str],
    miss: Callable[[int, str], None],
    note: Callable[[str], None],
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns of a table, numbers where it has no header, and the rows below, each
    with the number of its last line.

    Args:
        columns: those that people name.
        miss: is told what of a line was not read, with its number.
        note: is told what is worth to know of the table.
    """
    separator, text = split_separator(text)
    return headed([*cells(text, separator or tell_delimiter(text, columns), miss)], columns, note)


def headed(
    rows: Sequence[tuple[int, list[str]]],
    columns: Mapping[str, str],
    note: Callable[[str], None],
    counted: str = "line",
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns of rows of cells, and the rows below, as `table` has them.

    Args:
        rows: each with its number.
        counted: what the numbers are those of.
    """
    above = _rows_above(rows)
    if above and is_header(rows[above][1], [row for _, row in rows[above + 1 :]], columns):
        for number, row in rows[:above]:
            title = show(row[0].strip())
            note(f"{counted} {number}: {title} stands above the header; it was left out")
        rows = rows[above:]
    header, below = (rows[0][1], [*rows[1:]]) if rows else ([], [])
    if not is_header(header, [row for _, row in below], columns):
        below, header = [*rows], [str(place) for place, _ in enumerate(header, start=1)]
        note("has no header, so its columns are called by numbers; write their names above")
    told: list[tuple[int, list[str]]] = []
    for number, row in below:
        # Tables that were put below each other have it several times, some under names of theirs.
        if _heads_again(row, header):
            if row[0] != header[0]:
                note(f"{counted} {number}: {show(row[0].strip())} heads a part; it was left out")
        else:
            told.append((number, row))
    return _distinct(header, columns), told


def _heads_again(row: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row repeats the header, but for the first cell at most."""
    return row[1:] == header[1:] and (row[0] == header[0] or len({*filter(None, header[1:])}) > 1)


def split_separator(text: str) -> tuple[str | None, str]:
    """What a table says in its first line that its cells are apart by, as Excel does, and the table
    with that line blank; None where it says nothing.

    >>> split_separator("sep=;\\nTitle;Text")
    (';', '\\nTitle;Text')
    """
    found = _SEPARATOR.match(text)
    return (found["delimiter"], text[found.end() :]) if found else (None, text)


def tell_delimiter(text: str, columns: Mapping[str, str] | None = None) -> str:
    """What the cells of a table are apart by.

    >>> tell_delimiter("Title;Text\\n1,5 kg;a, b"), tell_delimiter("title\\ttext\\na\\tb")
    (';', '\\t')
    """
    end = 0
    for _ in range(_LINES_TO_TELL):
        end = text.find("\n", end) + 1 or len(text)
    sample = text[:end]

    def told(delimiter: str) -> tuple[int, int, int]:
        try:
            rows = [row for row in csv.reader(StringIO(sample), delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0, 0
        header = rows[0] if rows else []
        alike = sum(len(row) == len(header) for row in rows) if len(header) > 1 else 0
        return known_names(header, columns or {}), alike, len(header)

    return max(_DELIMITERS, key=told)


def cells(
    text: str, delimiter: str, miss: Callable[[int, str], None]
) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the number of its last line. After a quote that is
    never closed, reading goes on in the next line.

    Args:
        miss: is told what of a line was not read, with its number.
    """
    before = 0
    for _ in range(_MENDED_QUOTES):
        reader = csv.reader(StringIO(text), delimiter=delimiter, strict=True)
        begun = 0
        while True:
            begun = reader.line_num
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                miss(before + begun + 1, f"no valid CSV ({error}); correct it there")
                if "unexpected end" in str(error):
                    break
                continue
            if any(cell.strip() for cell in row):
                yield before + reader.line_num, row
        lines = text.split("\n", begun + 1)
        before += begun + 1
        text = lines[-1] if len(lines) > begun + 1 else ""
    miss(before, "too many quotes are never closed; what follows was not read")


def _rows_above(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """How many rows stand above the header, as the title of a sheet does: they fill their first
    cell alone, where one below fills more."""
    for place, (_, row) in enumerate(rows[:_LINES_TO_TELL]):
        if any(map(str.strip, row[1:])):
            return place
    return 0


def _distinct(header: Sequence[str], columns: Mapping[str, str]) -> list[str]:
    """The names of columns, of which each is there once; those that say what they hold stay as they
    are, and so do blank ones."""
    names: list[str] = []
    taken: set[str] = set()
    last: dict[str, int] = {}
    for name in header:
        own = name
        if own.strip() and own in taken and not known_names([name], columns):
            number = last.get(name, 1)
            while own in taken:
                number += 1
                own = f"{name.strip()} {number}"
            last[name] = number
        names.append(own)
        taken.add(own)
    return names


def opened(
    rows: Sequence[Mapping[str, object]], columns: Mapping[str, str]
) -> list[Mapping[str, object]]:
    """Rows of JSON whose titles and texts are no objects, as WordPress writes them; where nothing
    is called a title or a text, what is in objects is the row's own, as Elasticsearch has it there.

    >>> opened([{"title": {"rendered": "VPN"}}], {}), opened([{"doc": {"term": "VPN"}}], {})
    ([{'title': 'VPN'}], [{'term': 'VPN'}])

    Args:
        columns: those that people name.
    """
    telling = {*USUAL["title"], *USUAL["text"], *(one.casefold() for one in columns.values())}
    if not any(name.casefold() in telling for values in rows for name in values):
        rows = [_inner(values) for values in rows]
    return [
        {name: _said(one) if name.casefold() in telling else one for name, one in values.items()}
        for values in rows
    ]


def _inner(values: Mapping[str, object]) -> dict[str, object]:
    """A row with what its objects hold instead of them."""
    own: dict[str, object] = {}
    for name, value in values.items():
        inner = as_record(value, "").values if isinstance(value, dict) else {name: value}
        own |= {key: one for key, one in inner.items() if key == name or key not in values}
    return own


def _said(value: object) -> object:
    """The text of an object that has one alone, or one that is called so; else what it is."""
    if not isinstance(value, dict):
        return value
    held = as_record(value, "").values
    texts = {name: one for name, one in held.items() if isinstance(one, str)}
    named = [texts[name] for name in USUAL["text"] if name in texts]
    return next(iter(named or texts.values())) if named or len(texts) == 1 else value
