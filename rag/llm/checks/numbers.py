"""The numbers of a text, however they are written.

"8x", "8 times", "eightfold" and "8×" are the same number, as are "70B" and "70 billion".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from entrywise.rag.domains.base import Unit
from entrywise.rag.llm.checks.units import EVERYDAY, PERCENT, TIMES, Units

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_PARTS = "third quarter fifth sixth seventh eighth ninth tenth".split()
_SPELT: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_ONES)},
    **{word: 10.0 * tens for tens, word in enumerate(_TENS, start=2)},
    **{word: 1 / part for part, word in enumerate(_PARTS, start=3)},
    **dict.fromkeys(("half", "halves", "halved", "halving"), 0.5),
    **dict.fromkeys(("quarters", "quartered", "quartering"), 0.25),
    **dict.fromkeys(("twice", "double", "doubles", "doubled", "doubling"), 2.0),
    **dict.fromkeys(("triple", "triples", "tripled", "tripling"), 3.0),
    **dict.fromkeys(("quadruple", "quadruples", "quadrupled", "quadrupling"), 4.0),
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_MULTIPLIES = re.compile(r"twice|doubl|tripl|quadrupl", re.IGNORECASE)
_PERCENT = 0.01
_FACTORS: dict[str, float] = {
    **{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    **{"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "%": _PERCENT, "percent": _PERCENT},
    **{f"{word}{s}": 1 / part for part, word in enumerate(_PARTS, start=3) for s in ("", "s")},
    "halves": 0.5,
}

# "1,024", "3.35", "1e-4", "2/3"; the digits within a name (`FP16`) are the name's.
_PLAIN = r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:e[+-]?\d+)?"
_WORD = "|".join(sorted(_SPELT, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<over>(?<![\w./])\d+)/(?P<under>\d+)(?![\w/])|(?P<digits>{_PLAIN})|"
    rf"\b(?P<spelt>(?:{_WORD})(?:[- ](?:{_WORD}))*)(?=\b|fold)",
    re.IGNORECASE,
)
_FACTOR = re.compile(
    rf"[ -]?(?:thousand|million|billion|trillion|hundred|percent|halves|(?:{'|'.join(_PARTS)})s?)\b"
    r"|[KMBT](?![A-Za-z])|bn\b|\s?%",
    re.IGNORECASE,
)
# In "7-13B" and "1 to 2 percent" the first number has the factor of the second.
_RANGE = re.compile(r"(?:\s?[-–—]\s?|\sto\s)\d+(?:\.\d+)?")
_NAMED = re.compile(r"[A-Z]\w*[ -]\Z")
_TO_ONE = re.compile(r"(?:[- ]to[- ]|:)(?:one|1)\b", re.IGNORECASE)
# "By a quarter" takes it away, "to a quarter" leaves it.
_BY = re.compile(r"\bby\s(?:[a-z]+\s){0,2}[~≈]?\Z", re.IGNORECASE)
_MORE = re.compile(r"\s(?:[a-z]+\s)?(?:more|extra|additional|faster|higher|larger|longer|better)\b")
_NEARBY = re.compile(r"[A-Za-zµ][A-Za-z]*(?:/s\b)?|×|[,;.:()]")
# A unit stands within so many words behind its number, or before it ("n_kv_heads=8"), and these
# within so many signs.
_BEHIND = 4
_DIRECTLY = 2
_BEFORE = 2
_SIGNS = 50


@dataclass(frozen=True, slots=True)
class Number:
    """A number: as it is written, where it starts (characters), its value, and its unit.

    near: all units around it, its own too.
    is_part: it is written as a part of a whole, as "a third" and "2/3" are.
    is_ratio: it is written as so many times something, which "doubles" is not.
    is_change: something becomes less or more by it.
    is_more: it is added, as in "a third more".
    """

    text: str
    start: int
    value: float
    unit: Unit | None
    near: frozenset[Unit]
    is_part: bool
    is_ratio: bool
    is_change: bool
    is_more: bool

    @property
    def end(self) -> int:
        """Where it ends (characters, exclusive)."""
        return self.start + len(self.text)


def numbers(text: str, units: Units = EVERYDAY) -> Iterator[Number]:
    """The numbers of a text, in its order; `units` are those that it may name."""
    end = 0
    for match in _NUMBER.finditer(text):
        start = match.start()
        if start < end:
            # The "billion" of "70 billion".
            continue
        ahead = text[max(0, start - _SIGNS) : start]
        value, end, told = _value(match, ahead)
        behind = _named(_NEARBY.findall(text[end : end + _SIGNS])[:_BEHIND], units)
        before = _named(_NEARBY.findall(ahead)[: -_BEFORE - 1 : -1], units)
        measured = told or next((one for one in behind[:_DIRECTLY] if one), None)
        yield Number(
            text[start:end],
            start,
            value,
            measured,
            frozenset(one for one in (*behind, *before, measured) if one),
            is_part=bool(match["over"]) or (0 < value < 1 and not match["digits"]),
            is_ratio=measured == TIMES and not _MULTIPLIES.match(match[0]),
            is_change=_BY.search(ahead) is not None,
            is_more=_MORE.match(text, end) is not None,
        )


def _named(nearby: Iterable[str], units: Units) -> list[Unit | None]:
    """The unit that each of some words names, up to where the clause ends."""
    return [units.named(word) for word in takewhile(lambda word: word not in ",;.:()", nearby)]


def _value(match: re.Match[str], ahead: str) -> tuple[float, int, Unit | None]:
    """The value of a number, where it ends with its factors, and its unit if they tell it."""
    text, end = match.string, match.end()
    if match["over"]:
        return float(match["over"]) / max(1.0, float(match["under"])), end, None
    if match["digits"]:
        value, told = float(match["digits"].replace(",", "")), None
    else:
        value, told = _spelt(match[0].lower()), TIMES if _MULTIPLIES.match(match[0]) else None
    factors, end = _factors(text, end)
    upto = _RANGE.match(text, end)
    if upto and match["digits"] and not factors and not _NAMED.search(ahead):
        factors, _ = _factors(text, upto.end())
    for factor in factors:
        value *= factor
    told = PERCENT if _PERCENT in factors else told
    return value, end, TIMES if _TO_ONE.match(text, end) else told


def _factors(text: str, start: int) -> tuple[list[float], int]:
    """The factors that stand directly behind a number, and where they end."""
    factors: list[float] = []
    while factor := _FACTOR.match(text, start):
        factors.append(_FACTORS[factor[0].strip(" -").lower()])
        start = factor.end()
    return factors, start


def _spelt(text: str) -> float:
    """ "sixty-four" is 64, "two hundred" 200 and "one-tenth" 0.1."""
    value = 0.0
    for word in re.split("[- ]", text):
        part = _SPELT[word]
        multiplies = value > 0 and (part < 1 or part >= 100)
        value = value * part if multiplies else value + part
    return value
