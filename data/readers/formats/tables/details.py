"""Details: what other columns say of each row of a table, beside its title and its text.

Product,Price,Image
Hammer,12.99,/a.png   ─▶  Price
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

_LONGEST_DETAIL, _LONGEST_WORD = 500, 30
"""Characters; one long word is a key."""
_NUMBER = re.compile(r"(?=.{4,30}$)[^\W\d_]{1,10}[-_./]?\d[\w./-]*")
"""The number of an article, a part, an error; two letters, or letters alone, may be words."""
_ADDRESS = re.compile(r"\w+://\S*|\S*/\S*\.\w{2,4}")
"""On the web, or of a file."""


def find_keys(
    header: Iterable[str], rows: Sequence[Mapping[str, object]], found: Mapping[str, str]
) -> list[str]:
    """The columns of what each row is called in writing, a number of an article or of an error,
    which are other names of it.

    >>> rows = [{"SKU": "KT-1001", "Power": "650 W"}, {"SKU": "KT-1002", "Power": "900 W"}]
    >>> find_keys(["SKU", "Power"], rows, {})
    ['SKU']
    """
    told = {name: texts_of(rows, name) for name in header if name not in found.values()}
    return [
        name
        for name, texts in told.items()
        if texts and len(set(texts)) == len(texts) and all(map(_NUMBER.fullmatch, texts))
    ]


def find_details(
    header: Sequence[str], rows: Sequence[Mapping[str, object]], found: Mapping[str, str]
) -> list[str]:
    """The other columns that say something of each row: a price, a size, a remark, rather than a
    key, an address or what is no text.

    >>> rows = [{"title": "Hammer", "text": "Drives nails.", "Price": "12.99", "Image": "/a.png"}]
    >>> find_details(["title", "text", "Price", "Image"], rows, {"title": "title", "text": "text"})
    ['Price']

    Args:
        found: the names of columns whose place is known.
    """
    others = [name for name in header if name.strip() and name not in found.values()]
    told = {name: [detail_of(row.get(name)) for row in rows] for name in others}
    return [name for name, texts in told.items() if any(texts) and _are_details(texts)]


def detail_of(value: object) -> str:
    """A value as it is told beside a text, on one line; empty where it is no text.

    >>> detail_of(12.5), detail_of(True), detail_of(["a", "b"]), detail_of({})
    ('12.5', 'true', 'a, b', '')
    """
    match value:
        case bool():
            return str(value).lower()
        case float() if value != value:
            return ""
        case str() | int() | float():
            return " ".join(str(value).split())
        case list() if all(isinstance(one, str) for one in value):
            return ", ".join(filter(None, map(detail_of, value)))
        case _:
            return ""


def _are_details(texts: Sequence[str]) -> bool:
    told = [text for text in texts if text]
    return most(told, _is_detail) and median(map(len, told)) <= _LONGEST_DETAIL


def _is_detail(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is None and (" " in text or len(text) <= _LONGEST_WORD)


def texts_of(rows: Sequence[Mapping[str, object]], name: str) -> list[str]:
    """The texts of a column, without blank ones."""
    values = (row.get(name) for row in rows)
    return [value.strip() for value in values if isinstance(value, str) and value.strip()]


def most(texts: Sequence[str], is_one: Callable[[str], bool]) -> bool:
    """Whether more than half of some texts are of a kind."""
    return 2 * sum(map(is_one, texts)) > len(texts)
