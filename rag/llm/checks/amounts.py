"""The numbers of a claim that its quotes do not have, as far as amounts can be said otherwise.

"Half" is "50 %", "500 ms" is "half a second", and what is made "4 times smaller" is made "a
quarter".
"""

from __future__ import annotations

import re

from entrywise.rag.domains.base import Unit
from entrywise.rag.llm.checks.numbers import Number, numbers
from entrywise.rag.llm.checks.units import BIT, EVERYDAY, PERCENT, Units

Amount = tuple[str, str]
"""What is measured, and how much of it."""

_IN_A_NAME = re.compile(r"(?<=[A-Za-z])\d+")
_NONE = re.compile(r"\b(?:no|without)((?: \w+){1,3})", re.IGNORECASE)
# "4K" may be 4,096.
_BINARY = 1.024
_WORD = re.compile(r"\w+")


def unsupported_number(claim: str, quotes: str, units: Units = EVERYDAY) -> str | None:
    """A number of the claim, or a unit, that the quotes do not have; None if there is none.

    Args:
        units: those that both may name.
    """
    found, said = list(numbers(quotes, units)), list(numbers(claim, units))
    given = {amount for number in found for amount in _given(number)}
    # "INT4" is 4 bits; of no subject but computing are bits asked for, so it costs others nothing.
    given |= {_amount(BIT.kind, float(digits) * BIT.size) for digits in _IN_A_NAME.findall(quotes)}
    for number in said:
        if _asserted(number).isdisjoint(given) and not _is_no_number(number, claim, quotes):
            return number.text
    measured = {one for number in found for one in number.near} | units.written_out(quotes)
    others = units.written_out(claim) - measured - {number.unit for number in said}
    kinds = {one.kind for one in measured}
    return next((one.kind for one in others if one.kind in kinds), None)


def _asserted(number: Number) -> set[Amount]:
    """What a number may mean: it holds where one of these is given."""
    values = [number.value]
    if number.text[-1] in "kK":
        values.append(number.value * _BINARY)
    if number.is_more and _is_share(number):
        return _more(number)
    if number.unit is None and not number.is_part:
        return {_amount("", value) for value in values}
    if number.unit in (None, PERCENT):
        return _of_a_whole(number)
    kind, size = number.unit
    return {_amount(kind, value * size) for value in values} | _of_a_whole(number)


def _given(number: Number) -> set[Amount]:
    """All that a number supports."""
    said = {_amount("", number.value), *(_in(unit, number) for unit in number.near)}
    return said | _of_a_whole(number) | _more(number)


def _of_a_whole(number: Number) -> set[Amount]:
    """The share that it is, and what is left of a thing that it makes smaller."""
    if number.is_ratio:
        return {_amount("left", part) for part in _rounded(1 / number.value if number.value else 0)}
    shares = _shares(number)
    left = [1 - share if number.is_change else share for share in shares]
    return {_amount("share", one) for one in shares} | {_amount("left", one) for one in left}


def _more(number: Number) -> set[Amount]:
    """The share that is added: "50 % more" is not "half of it"."""
    is_added = number.unit == PERCENT or number.is_more or number.is_change
    return {_amount("more", share) for share in _shares(number) if is_added}


def _is_share(number: Number) -> bool:
    is_plain = number.unit is None and number.value < 1
    return number.is_part or number.unit == PERCENT or is_plain


def _shares(number: Number) -> list[float]:
    """A third is 33 % and 0.333."""
    if number.is_part:
        return _rounded(number.value)
    return [number.value] if _is_share(number) else []


def _rounded(value: float) -> list[float]:
    return [value, *(float(f"{value:.{digits}g}") for digits in (2, 3))]


def _in(unit: Unit, number: Number) -> Amount:
    return _amount(unit.kind, number.value * unit.size)


def _amount(kind: str, value: float) -> Amount:
    return kind, f"{value:.12g}"


def _is_no_number(number: Number, claim: str, quotes: str) -> bool:
    """Whether it is "one", which is an article more often, or the zero of "zero overhead", where
    the quotes have "no overhead"."""
    if number.text.lower() != "zero":
        return number.text.lower() == "one"
    behind = _WORD.findall(claim.lower(), number.end)[:2]
    return any(word in some.split() for some in _NONE.findall(quotes.lower()) for word in behind)
