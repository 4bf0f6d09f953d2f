"""Names by their lookup keys: held in memory while an index is built, else in its tables
(`tables.py`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from entrywise.data.words import Word
from entrywise.index.names.forms import Name


class Lookup(Protocol):
    """The keys of names, in order, and the names of each."""

    @property
    def expect(self) -> Callable[[Sequence[Word]], None] | None:
        """Reads at once what begins with some words, which stand next to each other; None where all
        is at hand."""
        ...

    def following(self, text: str) -> str:
        """The first key that is not before a text; empty where there is none."""
        ...

    def named(self, key: str) -> Sequence[Name]:
        """The names that are looked up by a key, in their order."""
        ...


def keys_of(name: Name) -> Iterator[str]:
    """What a name is looked up by: its words, and the same written as one."""
    yield name.key
    if " " in name.key:
        yield name.key.replace(" ", "")


class HeldNames:
    """Names in memory."""

    expect = None

    def __init__(self, names: Sequence[Name]) -> None:
        self._by_key: dict[str, list[Name]] = {}
        for name in names:
            for key in keys_of(name):
                self._by_key.setdefault(key, []).append(name)
        # So that the names that begin with some letters stand together.
        self._in_order = sorted(self._by_key)

    def following(self, text: str) -> str:
        """The first key that is not before a text; empty where there is none."""
        place = bisect_left(self._in_order, text)
        return self._in_order[place] if place < len(self._in_order) else ""

    def named(self, key: str) -> Sequence[Name]:
        """The names that are looked up by a key."""
        return self._by_key.get(key, ())


class WithoutEntry:
    """The names of another lookup, but for those of an entry."""

    def __init__(self, lookup: Lookup, entry: int) -> None:
        self._lookup = lookup
        self._entry = entry
        self.expect = lookup.expect
        """Read at once what begins with these words."""

    def following(self, text: str) -> str:
        """The first key that is not before a text; empty where there is none."""
        key = self._lookup.following(text)
        while key and not self.named(key):
            # The least text that is after it.
            key = self._lookup.following(f"{key}\0")
        return key

    def named(self, key: str) -> Sequence[Name]:
        """The names that are looked up by a key."""
        return [name for name in self._lookup.named(key) if name.entry != self._entry]
