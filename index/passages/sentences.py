"""Splits text into sentences, with exact offsets.

The library `sentencex` proposes the boundaries; those that it gets wrong for technical text are
taken back: inside a formula, after a list marker, before something that cannot open a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from entrywise.data.languages import DEFAULT, primary
from entrywise.data.latex import math_spans
from entrywise.data.words import shape

# sentencex takes all that follows "2)" or "(bias 7)" for one list item; braces it leaves alone.
_BRACES = str.maketrans("()", "{}")
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^[ \t]*\|.*", re.MULTILINE)
# Where else a sentence ends: at an empty line, before a list item or a row of a table (the rule
# below its header is none), after "(A whole sentence.)". Of a text's shape, so of any alphabet.
_END = re.compile(
    r"\n\s*\n|\n(?=\s*(?:[-*+•]|\d+[.)])\s)|\n(?=[ \t]*\|(?![ \t:|-]+(?:\n|\Z)))|"
    r"(?:\A|(?<=[.!?]\s))\([A-Z][^()]*[.!?]\)\s+(?=[A-Z(])"
)
# "1." and "(2)" and "a)" and "-" belong to the item that follows them.
_MARKER_ONLY = re.compile(r"\s*(?:\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]|[-*+•])\s*")
# Abbreviations that are followed by a capital or a number more often than they end a sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:e\.g|i\.e|cf|vs|viz|approx|resp|incl|al|ca|est|max|min|avg|Fig|Figs|Eq|Eqs|"
    r"Sec|Ch|Tab|No|Nos|Vol|pp|Dr|Prof|Mr|Ms|Mrs|St)\.\s*$"
)
# What a dot ends no sentence behind, in other languages than English, where names in small letters
# ("llama.cpp reads it") begin sentences: a word of four letters at most where a small letter
# follows ("5 p. m. o antes"), of three where a digit does ("рис. 3"), and an ordinal.
_SHORT_BEFORE_WORD = re.compile(r"(?<!\w)(?:[^\W\d_]{1,4}|\d{1,2})\.[ ]*$")
_SHORT_BEFORE_NUMBER = re.compile(r"(?<!\w)[^\W\d_]{1,3}\.[ ]*$")
_ORDINAL = re.compile(r"(?<![\w.,:])\d{1,2}\.[ ]*$")
_ITEM = re.compile(r"\d{1,2}[.)]\s+A")
_SMALL_WORD = re.compile(r"[^\W\d_]+(?=[\s,;:.?!]|$)")
_WITH_DOTTED_ORDINALS = frozenset(
    "bs cs da de et fi fo hr hu is lb lv nb nn no pl sk sl sr tr".split()
)

_LONGEST_SHORT = 12
"""Characters that hold an abbreviation and the space behind it."""
# What opens no sentence: marks, and an initial before a number ("Fed. R. Bankr. P. 2003").
_CONTINUATION = re.compile(r"\s*(?:[,;)\]+/=]|[A-Z]\.\s?\d)")
# 「……。」と書く goes on, and so does １．５.
_WITHIN = re.compile("(?<=[」』）])(?=[\u3041-\u309f])|(?<=[0-9０-９]．)(?=[0-9０-９])")


def sentence_spans(text: str, language: str = DEFAULT) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end) in characters, end exclusive, without outer space.

    Args:
        language: a tag as `de`; of one that sentencex has no rules for, the marks that end
            sentences anywhere count.

    Together the spans hold every character that is not white space, in order.
    """
    blocks = (match.span() for block in (_FENCE, _ROW) for match in block.finditer(text))
    closed = _Closed([*math_spans(text), *blocks])
    spans: list[tuple[int, int]] = []
    start = 0
    spoken = primary(language)
    for end in _proposed_ends(text, spoken):
        if end < len(text) and (
            _joins(text, start, end, closed) or _goes_on(text, start, end, spoken)
        ):
            continue
        spans.append((start, end))
        start = end
    return [stripped for span in spans if (stripped := _strip(text, *span))[0] < stripped[1]]


def _proposed_ends(text: str, language: str) -> list[int]:
    """Ends of the proposed sentences, in order; the last is the end of the text."""
    # An extension module without stubs; who only asks an index needs it not.
    from sentencex import get_sentence_boundaries  # pyright: ignore[reportAttributeAccessIssue]

    boundaries = get_sentence_boundaries(language, text.translate(_BRACES))
    ends = {boundary["end_index"] for boundary in boundaries}
    return sorted(ends | {match.end() for match in _END.finditer(shape(text))} | {len(text)})


class _Closed:
    """Stretches within which no sentence ends."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """
        Args:
            spans: (start, end) in characters, in any order; they may overlap.
        """
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __contains__(self, place: int) -> bool:
        """Whether a place is within one of them, not at its edge."""
        found = bisect_left(self._starts, place) - 1
        return found >= 0 and place < self._ends[found]


def _joins(text: str, start: int, end: int, closed: _Closed) -> bool:
    """Whether the text up to `end` goes on in what follows it."""
    piece = text[start:end]
    if end in closed:
        return True
    if _MARKER_ONLY.fullmatch(piece) or _ABBREVIATION.search(piece):
        return True
    goes_on = _CONTINUATION.match(text, end) or _WITHIN.match(text, end)
    return not piece.endswith("\n") and goes_on is not None


def _goes_on(text: str, start: int, end: int, language: str) -> bool:
    """Whether the dot before `end` is that of an ordinal or an abbreviation."""
    piece = text[max(start, end - _LONGEST_SHORT) : end]
    if language == DEFAULT or piece.endswith("\n"):
        return False
    if language in _WITH_DOTTED_ORDINALS and _ORDINAL.search(piece):
        return True
    if text[end].isdecimal():
        is_item = _ITEM.match(shape(text[end : end + _LONGEST_SHORT])) is not None
        return not is_item and _SHORT_BEFORE_NUMBER.search(piece) is not None
    word = _SMALL_WORD.match(text, end)
    follows = word is not None and word.group().islower()
    return follows and _SHORT_BEFORE_WORD.search(piece) is not None


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
