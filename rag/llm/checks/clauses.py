"""Clauses: the stretches of a text within which words belong together."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass

from entrywise.rag.llm.checks.numbers import numbers
from entrywise.rag.llm.checks.words import stem, words
from entrywise.rag.understand.wording import INSTEAD

_FULL_STOP = re.compile(r"[.!?](?!\w)")
_END = re.compile(
    r",(?!\d)|[;:()]|\s[—–-]\s|—|"
    r"\b(?:and|or|but|while|whereas|although|though|because|since|so that|which)\b",
    re.IGNORECASE,
)
# After NegEx: Chapman et al., "A simple algorithm for identifying negated findings", 2001.
_NEGATION = re.compile(
    r"\b(?:not(?! (?:only|just|merely|simply|every|all|always)\b)|"
    r"no(?! (?:matter|more than|less than)\b)|never|without|cannot|neither|none|nothing|"
    r"lack(?:s|ed|ing)?|hardly|barely|zero|\w+n['’]t|fail(?:s|ed)? to|unable|far from)\b",
    re.IGNORECASE,
)
_ABSENCE = re.compile(
    r"\b(?:no|without|zero)(?: (?:any|further|additional|extra|more))?(?= )", re.IGNORECASE
)
_REMOVAL = re.compile(
    r"\b(?:avoid\w*|eliminat\w*|remov\w*|skip\w*|rid of|discard\w*)\b", re.IGNORECASE
)
_REPLACEMENT = re.compile(rf"\b(?:{INSTEAD})\b", re.IGNORECASE)
_DENIAL = re.compile(f"{_NEGATION.pattern}|{_REPLACEMENT.pattern}", re.IGNORECASE)
_NEED = re.compile(r"\b(?:still|needs?|requires?|must|keeps?|remains?)\b", re.IGNORECASE)
# What may say the same as a negation, and need not.
_CONTRAST = re.compile(
    r"\b(?:the same|intact|prevent\w*|drop\w*|except|unlike|keeps? [\w ]{1,40} from|only|"
    r"not (?:all|every|always)|giv(?:es?|ing) up|sacrific\w*|los(?:es?|ing)|"
    r"impossible|needless|(?:un(?!der|it|iq|iv|til|less)|non-?|mis)(?=[a-z]{5})\w+)\b|"
    r"(?<=\w)-free\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its text, the sentence that it is in, and its things: the stems of its telling
    words and the values of its numbers, in order.

    stems: those of all its words.
    negative: whether it has an odd number of negations.
    contrasts: whether its wording may stand for a negation of whatever it has.
    needs: whether it says that something is needed or kept.
    negated: the things that stand behind a negation.
    replaced: the things that stand behind "instead of" or "rather than".
    denied: these, and the things that stand behind a word such as "avoids".
    absent: the things that stand directly behind "no" or "without".
    """

    text: str
    sentence: int
    things: tuple[str, ...]
    stems: frozenset[str]
    negative: bool
    contrasts: bool
    needs: bool
    negated: frozenset[str]
    replaced: frozenset[str]
    denied: frozenset[str]
    absent: frozenset[str]

    @classmethod
    def of(cls, text: str, sentence: int) -> Clause:
        """Read a clause."""
        placed = _placed(text)
        negated, replaced, removed = (
            _behind(pattern, text, placed) for pattern in (_NEGATION, _REPLACEMENT, _REMOVAL)
        )
        return cls(
            text,
            sentence,
            tuple(thing for _, thing in placed),
            frozenset(map(stem, _LETTERS.findall(text))),
            negative=len(_NEGATION.findall(text)) % 2 == 1,
            contrasts=_CONTRAST.search(text) is not None,
            needs=_NEED.search(text) is not None,
            negated=negated,
            replaced=replaced,
            denied=negated | replaced | removed,
            absent=_next(_ABSENCE, text, placed),
        )


def clauses(text: str) -> Iterator[Clause]:
    """The clauses of a text that say something."""
    for number, sentence in enumerate(_FULL_STOP.split(text)):
        for piece in _pieces(sentence):
            clause = Clause.of(piece.strip(), number)
            if clause.things:
                yield clause


def _pieces(sentence: str) -> Iterator[str]:
    """The clauses of a sentence, each with the sign or word that it begins with."""
    start = 0
    for end in _END.finditer(sentence):
        # "Without labels or rewards" denies both.
        if end[0].lower() == "or" and _DENIAL.search(sentence, start, end.start()):
            continue
        yield sentence[start : end.start()]
        start = end.start()
    yield sentence[start:]


def things(text: str) -> tuple[str, ...]:
    """The stems of the telling words of a text, and the values of its numbers, in its order."""
    return tuple(thing for _, thing in _placed(text))


def _placed(text: str) -> list[tuple[int, str]]:
    named = {word.start: word.stem for word in words(text) if word.tells}
    counted = {number.start: f"{number.value:g}" for number in numbers(text)}
    return sorted((named | counted).items())


def _behind(pattern: re.Pattern[str], text: str, placed: list[tuple[int, str]]) -> frozenset[str]:
    """The things behind a match of a pattern, and not behind two; all, where none is behind."""
    ends = [match.end() for match in pattern.finditer(text)]
    if ends and placed and placed[-1][0] < ends[0]:
        return frozenset(thing for _, thing in placed)
    return frozenset(thing for start, thing in placed if bisect(ends, start) % 2)


def _next(pattern: re.Pattern[str], text: str, placed: list[tuple[int, str]]) -> frozenset[str]:
    """The things directly behind the matches of a pattern."""
    ends = [match.end() for match in pattern.finditer(text)]
    behind = (next((thing for start, thing in placed if start >= end), None) for end in ends)
    return frozenset(thing for thing in behind if thing)
