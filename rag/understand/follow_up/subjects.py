"""The subjects of a text: where it names entries for sure, or has compound names."""

from __future__ import annotations

from typing import NamedTuple

from entrywise.data.words import joined
from entrywise.index.index import Index
from entrywise.index.names.names import ORDINARY
from entrywise.rag.domains.base import Domain
from entrywise.rag.understand.comparison import asked_choice
from entrywise.rag.understand.follow_up.values import State, Turn


class Place(NamedTuple):
    """`text[start:end]` (characters, end exclusive) is a subject."""

    start: int
    end: int


class Subjects:
    """Finds the subjects of texts, by the names of an index and of its domain."""

    def __init__(self, index: Index, domain: Domain) -> None:
        self._names = index.names
        self._decoder = domain.decoder

    def places(self, text: str) -> list[Place]:
        """Where the subjects of a text stand, in its order."""
        compound = self._decoder.find(text) if self._decoder else ()
        places = {Place(name.start, name.end) for name in compound}
        for match in self._names.find(text):
            inside = any(start <= match.start < end for start, end in places)
            if match.strength > ORDINARY and not inside:
                places.add(Place(match.start, _closed(text, match.start, match.end)))
        return sorted(places)

    def of(self, text: str) -> tuple[str, ...]:
        """The subjects of a text as it writes them, each once."""
        first: dict[object, str] = {}
        for start, end in self.places(text):
            first.setdefault(self._key(text[start:end]), text[start:end])
        return tuple(first.values())

    def are_among(self, names: tuple[str, ...], others: tuple[str, ...]) -> bool:
        """Whether all of some subjects, whatever they are called, are among others."""
        return set(map(self._key, names)) <= set(map(self._key, others))

    def without(self, names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
        """The subjects that are none of the others."""
        taken = set(map(self._key, others))
        return tuple(name for name in names if self._key(name) not in taken)

    def _key(self, name: str) -> object:
        """The entries that own a name; a name that none owns is itself."""
        return frozenset(self._names.owners(name)) or joined(name)

    def after(self, state: State, complete: str) -> State:
        """The state after a question that is complete."""
        subjects = self._asked_about(complete)
        goes_on = len(subjects) == len(state.subjects) > 0 and self.are_among(
            subjects, state.subjects
        )
        turns = (*(state.turns if goes_on else ()), Turn(complete))
        choice = self._choice(state, subjects)
        return State(complete, subjects, choice, turns, topic=self._topic(state, subjects))

    def _asked_about(self, complete: str) -> tuple[str, ...]:
        """What a question is about: where one is to be chosen, those that one chooses from."""
        choice = asked_choice(complete)
        return (choice and self.of(complete[choice.end() :])) or self.of(complete)

    def _topic(self, state: State, subjects: tuple[str, ...]) -> str:
        """The one subject; of several the one that was asked about alone before."""
        if len(subjects) == 1:
            return subjects[0]
        return state.topic if self.are_among((state.topic,), subjects) else ""

    def _choice(self, state: State, subjects: tuple[str, ...]) -> tuple[str, ...]:
        """What may be chosen from: what is compared; of one subject after another, both."""
        if len(subjects) > 1:
            return subjects
        if not subjects or self.are_among(subjects, state.choice):
            return state.choice
        return (*state.subjects, *subjects)


def _closed(text: str, start: int, end: int) -> int:
    """The end of a name with the bracket that closes one within it: "A (Active params)"."""
    opens = text.count("(", start, end) > text.count(")", start, end)
    return end + (opens and text.startswith(")", end))
