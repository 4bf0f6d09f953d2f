"""Pages of plain text: a form feed ends one, as in RFCs and what was printed into a file, as what
terminals take for colours and bold letters is. Where none is left, the lines that count the pages
end them.

Lines that stand at the top or the bottom of most pages, numbers aside, are the printer's, not the
author's: they go, and a paragraph that goes on over the break is one again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from entrywise.data.documents.plain_text import margin

_BREAK = "\f"
_FEWEST = 3
"""Pages on which a line has to come again."""
_NUMBER = re.compile(r"\d+|\b[ivxlcdm]+\b")
_APART, _SHORTEST = " " * 3, 20
"""What stands before the number of a page in its line, and the lines of a page, at least."""
_OF_PAGE = re.compile(r"\D{0,20}(\d{1,4})\W{0,9}")
_STOPS = (".", "!", "?")
_ENDS = (*_STOPS, ":", ";")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:-[^\W\d_]++)++")
_PARTED = re.compile(
    r"(?<![\w-])(?P<before>(?:[^\W\d_]++-)++)\n[ \t]*+(?P<behind>[^\W\d_]++(?:-[^\W\d_]++)*+)"
)
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[\u2010\u00ad](\n[ \t]*)(\S+)[ \t]*(?=(\n)?)")
"""Parted by a hyphen that no keyboard has, which programs put there."""


_TERMINAL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b(?:[()][0-9A-B])?|[^\n\b]\x08"
)
"""Escapes (ECMA-48), and a letter that the next one is printed over (`N\\bN`, `_\\bN`)."""


def without_terminal_codes(text: str) -> str:
    r"""A text without what makes terminals and printers show it in colours, bold or underlined.

    >>> without_terminal_codes("\x1b[1mUse\x1b[0m N\x08NA\x08A _\x08b")
    'Use NA b'
    """
    return _TERMINAL.sub("", text) if "\x1b" in text or "\b" in text else text


def without_page_breaks(text: str) -> str:
    r"""A text in one piece.

    >>> without_page_breaks("a\n\n[Page 1]\f\nb\n\n[Page 2]\f\nc\n\n[Page 3]")
    'a\nb\nc'
    """
    if _BREAK not in text:
        text = _with_breaks(text)
    if _BREAK not in text:
        return text
    pages = [page.strip("\n").split("\n") for page in text.split(_BREAK)]
    pages = [page for page in pages if any(line.strip() for line in page)]
    for at in (0, -1):
        _strip(pages, at)
    whole = ""
    for page in pages:
        below = "\n".join(page).strip("\n")
        whole = f"{whole}{_between(whole, below)}{below}" if whole else below
    return whole


def _with_breaks(text: str) -> str:
    """A text with form feeds behind the lines that count its pages."""
    lines = text.split("\n")
    feet: dict[str, list[tuple[int, int]]] = {}
    for place, line in enumerate(lines):
        _, gap, last = line.rpartition(_APART)
        if gap and (found := _OF_PAGE.fullmatch(last.strip())):
            feet.setdefault(_shape(line), []).append((place, int(found[1])))
    for counted in feet.values():
        if len(counted) >= _FEWEST and all(
            number + 1 == after and below - place >= _SHORTEST
            for (place, number), (below, after) in pairwise(counted)
        ):
            for place, _ in counted:
                lines[place] += _BREAK
    return "\n".join(lines)


def _strip(pages: Sequence[list[str]], at: int) -> None:
    """Remove the line at the top (0) or the bottom (-1) of each page where most have the same."""
    common = Counter(_shape(page[at]) for page in pages if page)
    repeated = {line for line, count in common.items() if count >= max(_FEWEST, len(pages) / 2)}
    for page in pages:
        if page and _shape(page[at]) in repeated:
            del page[at]
            while page and not page[at].strip():
                del page[at]


def _shape(line: str) -> str:
    return " ".join(_NUMBER.sub("#", line.lower()).split())


def _between(above: str, below: str) -> str:
    """What parts two pages: an empty line, unless a sentence goes on, in small letters or with the
    indentation that it had. A heading stands further out."""
    last, first = above.rpartition("\n")[2], below.partition("\n")[0]
    is_open = not last.rstrip().endswith(_ENDS)
    is_as_deep = 0 < len(margin(first)) == len(margin(last))
    goes_on = first.lstrip()[:1].islower() and not last.rstrip().endswith(_STOPS)
    return "\n" if goes_on or (is_open and is_as_deep) else "\n\n"


def with_whole_words(text: str) -> str:
    r"""A text whose words are whole that are parted at a line's end by a hyphen of no word, or by
    their own where they stand elsewhere in a line.

    >>> with_whole_words("are car\u2010\n  ried over\nand")
    'are carried\n  over\nand'
    >>> with_whole_words("Retry-After: in a Retry-\nAfter or a pre-\nand a post-date")
    'Retry-After: in a Retry-After or a pre-\nand a post-date'
    """
    text = _HYPHENATED.sub(lambda found: found[2] if found[3] else f"{found[2]}{found[1]}", text)
    whole = set(_COMPOUND.findall(text.casefold()))
    return _PARTED.sub(
        lambda found: (
            f"{found['before']}{found['behind']}"
            if f"{found['before']}{found['behind']}".casefold() in whole
            else found[0]
        ),
        text,
    )
