"""Percentages that people write, as shares."""

from __future__ import annotations

_MOST = 50


def share(text: str) -> float | None:
    """The share, in (0, 0.5], that a text is a percentage of; None where it is none: "95%" asks for
    something else.

    >>> share("5%"), share("2.5 %"), share("0.05"), share("95%")
    (0.05, 0.025, None, None)
    """
    number, sign, rest = text.strip().partition("%")
    try:
        percent = float(number) if sign and not rest else 0.0
    except ValueError:
        return None
    return percent / 100 if 0 < percent <= _MOST else None
