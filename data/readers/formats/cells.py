"""Cells: a table of text as spreadsheets save it (CSV, TSV), as rows of cells.

sep=;                     what Excel writes first: what the cells are apart by
Frage;Antwort
"Wo ist es?";"Am Steg."
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from io import StringIO

from entrywise.data.readers.formats.columns import known_names

_DELIMITERS = (",", ";", "\t", "|")
_LINES_TO_TELL = 20
_MENDED_QUOTES = 20
"""Quotes that are never closed after which a file is still read on."""
_SEPARATOR = re.compile(r'"?sep=(?P<delimiter>[^\n"])"?[ \t,;]*(?=\n|$)', re.IGNORECASE)


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
