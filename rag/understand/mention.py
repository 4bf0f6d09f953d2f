"""Mentions: the places of a question that name something, found once for every later stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, Protocol

from entrywise.index.names.names import ORDINARY

BESIDE = 0.2
"""How much a part of a compound name counts that stands beside what is asked: less than what may be
an ordinary word. With 0.1 to 0.2 all sentences of `tests/rag/names_in_questions.jsonl` are answered
from what they ask of, with 0.3 a file's format goes before the memory that is asked for."""

Source = Literal["name", "half", "description", "part", "unknown", "mentioned"]


class Mention(NamedTuple):
    """`text[start:end]` (characters, end exclusive) names something.

    `name` is what is meant: "tensor parallelism" where "tensor" is written. `owners` gives the
    strength, in (0, 1], with which it names each entry, by ordinal; a name that no entry owns has
    none. `source` says how it was found:

    name         an entry is called so
    half         the first of two names that share their last word
    description  words near to what an entry says, where a name could stand
    part         a part of a compound name that an entry explains
    unknown      written like a name, in no entry's text
    mentioned    written like a name, in the text of an entry
    """

    name: str
    start: int
    end: int
    source: Source
    owners: Mapping[int, float]

    @property
    def is_sure(self) -> bool:
        """Whether it names an entry beyond doubt."""
        return max(self.owners.values(), default=0.0) > ORDINARY

    @property
    def is_unowned(self) -> bool:
        """Whether it is a name that no entry owns."""
        return not self.owners

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be an ordinary word that is an entry's name, too, or is a part of a name
        that only stands beside what is asked."""
        return not (self.is_sure or self.is_unowned)

    def is_free(self, taken: set[int]) -> bool:
        """Whether no character of it is among those that are taken."""
        return taken.isdisjoint(range(self.start, self.end))

    def is_within(self, taken: set[int]) -> bool:
        """Whether all characters of it are among those that are taken."""
        return taken.issuperset(range(self.start, self.end))


def owned(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of names that an entry owns, surely or not."""
    return [one for one in mentions if one.owners]


def unowned(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of names that no entry owns."""
    return [one for one in mentions if not one.owners]


def sure(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that name an entry beyond doubt."""
    return [one for one in mentions if one.is_sure]


def undoubted(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that are surely names, whether an entry owns them or not."""
    return [one for one in mentions if not one.is_doubtful]


class Span(Protocol):
    """A part of a text (characters, end exclusive)."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def characters(spans: Iterable[Span]) -> set[int]:
    """The positions of all characters of some parts of a text, as of its mentions."""
    return {position for one in spans for position in range(one.start, one.end)}


def strengths(mentions: Iterable[Mention]) -> dict[int, float]:
    """{entry ordinal: the largest strength with which it is named}, in the order given."""
    named: dict[int, float] = {}
    for mention in mentions:
        for entry, strength in mention.owners.items():
            named[entry] = max(named.get(entry, 0.0), strength)
    return named
