"""Names: which entries a text names, by name, expansion or alias.

A name that is also an ordinary English word (`forms.py` tells which) counts in full only where it
is written as the entry writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from entrywise.data.words import Word, name_words, shape
from entrywise.index.memo import memo
from entrywise.index.names.forms import Name
from entrywise.index.names.lookup import Lookup, WithoutEntry

_REMEMBERED = 4_096
"""Texts of the knowledge base: they are asked for again and again."""

# How much a match counts, in [0, 1]; `rag/find/retrieval.py` multiplies these with its weight.
EXACT = 1.0
ORDINARY = 0.5
"""The name is an ordinary word and is not written as the entry writes it."""

# Where a name may be written apart: `RMS norm`, `fp 16`, but not "K to" for KTO.
# By its shape, which has ASCII letters alone.
_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
# So many letters are no accident of two words: `vector store` for `vectorstore`.
_LONG_NAME = 8


class NameMatch(NamedTuple):
    """A name found in a text: `text[start:end]` names `entry` with `strength` in (0, 1]."""

    entry: int
    start: int
    end: int
    strength: float


class NameIndex:
    """Finds names in texts."""

    def __init__(self, names: Lookup) -> None:
        self._names = names
        self._written = memo(self._find_written, _REMEMBERED)

    def without(self, entry: int) -> NameIndex:
        """These names without those of one entry."""
        return NameIndex(WithoutEntry(self._names, entry))

    def find(self, text: str, *, remember: bool = False) -> Sequence[NameMatch]:
        """Names in a text, longest first at each place, in the order of the text.

        Args:
            remember: keep what was found: of a text of the knowledge base, which comes again.
        """
        return self._written(text) if remember else self._find_written(text)

    def _find_written(self, text: str) -> tuple[NameMatch, ...]:
        return self._find(text, name_words(text))

    def _find(self, text: str, words: Sequence[Word]) -> tuple[NameMatch, ...]:
        matches: list[NameMatch] = []
        position = 0
        if self._names.expect:
            self._names.expect(words)
        while position < len(words):
            length = self._longest(words, position)
            if length:
                found = words[position : position + length]
                matches += self._matches(text, found)
            position += max(length, 1)
        return tuple(matches)

    def owners(self, name: str) -> Mapping[int, float]:
        """{entry: strength} of the entries that own exactly this name."""
        words = name_words(name)
        if not words or self._longest(words, 0) != len(words):
            return {}
        return {match.entry: match.strength for match in self._matches(name, words)}

    def _longest(self, words: Sequence[Word], position: int) -> int:
        """The number of words of the longest name that starts at `position`."""
        longest, joined = 0, ""
        keys: list[str] = []
        for word in (words[place] for place in range(position, len(words))):
            keys.append(word.key)
            joined += word.key
            following = self._names.following(joined)
            if not following.startswith(joined):
                break
            if following == joined and (
                self._names.named(" ".join(keys)) or self._is_written_apart(keys)
            ):
                longest = len(keys)
        return longest

    def _is_written_apart(self, keys: Sequence[str]) -> bool:
        """Whether words that are a name when they are joined are parted where it may be."""
        joined = "".join(keys)
        ends = set(accumulate(map(len, keys[:-1])))
        return len(joined) >= _LONG_NAME or any(
            ends.issubset(_cuts(name.form)) for name in self._names.named(joined)
        )

    def _matches(self, text: str, words: Sequence[Word]) -> list[NameMatch]:
        keys = [word.key for word in words]
        names = self._names.named(" ".join(keys)) or self._names.named("".join(keys))
        start, end = words[0].start, words[-1].end
        strengths: dict[int, float] = {}
        for name in names:
            strength = _strength(name, text[start:end])
            strengths[name.entry] = max(strengths.get(name.entry, 0.0), strength)
        return [NameMatch(entry, start, end, value) for entry, value in strengths.items()]


def _strength(name: Name, written: str) -> float:
    """How sure it is that `written` means the name."""
    as_a_name = written == name.form or written.isupper()
    return EXACT if as_a_name or not name.ordinary else ORDINARY


def _cuts(form: str) -> Iterator[int]:
    """Where the pieces of a form end, counted in its letters and digits."""
    return accumulate(len(piece) for piece in _PIECE.findall(shape(form)))
