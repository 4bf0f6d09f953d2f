"""The values of a conversation: what was asked, what it is about, what its answers showed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Turn(NamedTuple):
    """A question that was answered, complete in itself, or more of its answer that was asked for,
    beyond what all turns before it showed."""

    asked: str
    more: bool = False


class Shown(NamedTuple):
    """What the answers to some turns showed.

    `rows` are those of the quoted sentences in the index's table; the others are the last answer's:
    `titles`, what its quotes are about, `suggestions`, what it suggested to ask next, and `said`,
    the largest share of its question's words beside names that a quoted sentence says, and
    `confidence`, how sure it is that the question is answered, both in [0, 1].
    """

    rows: frozenset[int] = frozenset()
    titles: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    said: float = 0.0
    confidence: float = 0.0


class Earlier(Protocol):
    """Tells what the answers to earlier turns showed. It gives them again, which costs as much as
    the question itself: it is asked only where a follow-up needs that."""

    def __call__(self, turns: Sequence[Turn]) -> Shown:
        """What the answers to these turns showed, the oldest first."""
        ...


def forgotten(turns: Sequence[Turn]) -> Shown:
    """An `Earlier` of answers that nobody can give again."""
    return Shown()


@dataclass(frozen=True)
class Reading:
    """How a question is read.

    `text` is the question complete in itself, `asked` what is looked up for it. They differ where
    more of an earlier answer is wanted (`more`): then `asked` is the question of that answer, and
    the answers to `before` showed what is not shown again. A `remark` says why it cannot be
    answered.
    """

    text: str
    asked: str
    more: bool = False
    before: tuple[Turn, ...] = ()
    remark: str = ""

    @classmethod
    def of(cls, text: str) -> Reading:
        """A question that is looked up as it is read."""
        return cls(text, text)


@dataclass(frozen=True)
class State:
    """What a conversation has come to.

    `complete` is the last question, complete in itself; `subjects` are what it is about, and
    `choice` those that "both", "the first", "the other" choose from. `turns` are all questions on
    these subjects, the oldest first; `other` is the question that opened the subject before.
    `topic` is the one of the subjects that was asked about alone before: "it".
    """

    complete: str = ""
    subjects: tuple[str, ...] = ()
    choice: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    other: str = ""
    topic: str = ""
