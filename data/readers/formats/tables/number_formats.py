"""What a spreadsheet shows of a value: `0.19` in a cell with the format `0 %` is "19 %".

Formats are those of ECMA-376, part 1, 18.8.31, as far as tables of people have them: decimals,
groups of thousands, percent, currency, leading zeros. Days and times are written by ISO 8601,
whatever the format, as whoever asks does not know whether months come first.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.'
    r"|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]"
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?,]*)?|\.[#0?]+)|(?P<other>.)",
    re.DOTALL,
)
_PLAIN = frozenset("$€£¥%+-():!^&'~{}<>= \u00a0\u202f")
"""What stands for itself; other characters are those of days, times, fractions and exponents."""
_LARGEST = 10**15
"""From here on a spreadsheet knows no more than the first fifteen digits."""


class _Format(NamedTuple):
    before: str
    behind: str
    whole: int
    """How many digits stand before the point, at least."""
    decimals: int
    kept: int
    """How many of the decimals are shown though they are zeros."""
    is_grouped: bool
    factor: Decimal


def shown(value: object, number_format: str = "General") -> str:
    """The text of a cell.

    >>> shown(0.19, "0%"), shown(1234.5, '#,##0.00 "€"'), shown(601, "00000"), shown(2.0)
    ('19%', '1,234.50 €', '00601', '2')
    >>> from datetime import datetime
    >>> shown(datetime(2026, 3, 1), "dd/mm/yy"), shown(True), shown(None)
    ('2026-03-01', 'TRUE', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            told = _format(number_format) if abs(value) < _LARGEST else None
            return _number(value) if told is None else _formatted(value, told)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            seconds = "seconds" if value.second else "minutes"
            return value.isoformat(" ", seconds)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("seconds" if value.second else "minutes")
        case _:
            return str(value)


def _number(value: float) -> str:
    """A number without a format, to fifteen digits."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < _LARGEST):
        return str(int(value))
    return f"{value:.15g}"


def _formatted(value: float, told: _Format) -> str:
    number = (abs(Decimal(repr(value))) * told.factor).quantize(
        Decimal(1).scaleb(-told.decimals), ROUND_HALF_UP
    )
    whole, _, decimals = f"{number:f}".partition(".")
    while len(decimals) > told.kept and decimals.endswith("0"):
        decimals = decimals[:-1]
    whole = whole.zfill(told.whole)
    if told.is_grouped:
        whole = f"{int(whole):,}".zfill(told.whole)
    sign = "-" if value < 0 and number else ""
    digits = f"{whole}.{decimals}" if decimals else whole
    return f"{sign}{told.before}{digits}{told.behind}".strip()


@lru_cache(1_000)
def _format(number_format: str) -> _Format | None:
    """A format of numbers, by its part for positive ones; None where it is another's."""
    around = ["", ""]
    digits = ""
    factor = Decimal(1)
    for found in _PART.finditer(_first_part(number_format)):
        if found["digits"]:
            if digits:
                return None
            digits = found["digits"]
            continue
        other = found["other"] or ""
        if other and other not in _PLAIN:
            return None
        if other == "%":
            factor *= 100
        told = found["quoted"] or found["escaped"] or found["currency"] or other
        around[bool(digits)] += told
    if not digits:
        return None
    whole, _, decimals = digits.partition(".")
    scaled = len(digits) - len(digits.rstrip(","))
    decimals = decimals.rstrip(",")
    return _Format(
        before=around[0].lstrip(),
        behind=around[1],
        whole=whole.count("0"),
        decimals=len(decimals),
        kept=len(decimals.rstrip("#?")),
        is_grouped="," in whole.rstrip(","),
        factor=factor / 1000**scaled,
    )


def _first_part(number_format: str) -> str:
    """What holds for positive numbers, of the parts that semicolons separate."""
    parts = re.match(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*', number_format, re.DOTALL)
    return parts.group() if parts else number_format
