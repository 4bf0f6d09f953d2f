"""A quote where it stands: the text around it, cut to what fits on a card."""

from __future__ import annotations

from dataclasses import dataclass

from entrywise.data.latex import math_spans

AROUND = 240
"""Characters kept on each side of a quote: two sentences or three."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote with what stands before and after it; an ellipsis is where the text was cut."""

    before: str
    quote: str
    after: str

    @property
    def is_entire(self) -> bool:
        """Whether nothing stands around the quote: it is a whole section."""
        return not (self.before + self.after).strip()


def excerpt(text: str, start: int, end: int, around: int = AROUND) -> Excerpt:
    """The characters from `start` to `end` (exclusive) of a text, with about `around` on each side.

    Words and formulas stay whole.

    >>> excerpt("Heads share their keys here.", 12, 17, around=4)
    Excerpt(before='… ', quote='their', after=' …')
    """
    formulas = math_spans(text)
    first = _first_kept(text, start - around, formulas, start)
    last = _last_kept(text, end + around, formulas, end)
    return Excerpt(
        before=text[first:start] if first == 0 else f"… {text[first:start]}",
        quote=text[start:end],
        after=text[end:last] if last == len(text) else f"{text[end:last]} …",
    )


def _first_kept(text: str, place: int, formulas: tuple[tuple[int, int], ...], quote: int) -> int:
    """The first word or formula that begins at a place or after it, before the quote."""
    if place <= 0:
        return 0
    place = next((after for begin, after in formulas if begin < place < after), place)
    while place < quote and not text[place - 1].isspace():
        place += 1
    return min(place, quote)


def _last_kept(text: str, place: int, formulas: tuple[tuple[int, int], ...], quote: int) -> int:
    """Where the last word or formula ends that lies before a place, behind the quote."""
    if place >= len(text):
        return len(text)
    place = next((begin for begin, after in formulas if begin < place < after), place)
    while place > quote and not text[place].isspace():
        place -= 1
    return max(place, quote)
