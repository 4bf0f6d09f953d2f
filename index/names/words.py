"""The words of names, with which misspelt words are compared, and names by their initials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from entrywise.data.words import name_words
from entrywise.index.names.forms import Name

LETTERS = 6
"""Below six letters one wrong letter makes another name (wandb is not Wanda)."""
FEWEST = 4
"""Letters of a word that may be put right within a name of several words."""

_INITIALS = 2
"""Words of a name that its first letters may stand for, at least."""


class NameWords(Protocol):
    """The words of all names."""

    def like(self, digits: str, length: int) -> Mapping[str, str]:
        """{key: how the first name that has the word writes it} of the words of some length with
        some digits, in the order of the names: a number is another name, not a slip, so MXFP6 is
        not MXFP4."""
        ...

    def by_initials(self, letters: str) -> str | None:
        """The one name whose words begin with these letters, in lower case, if there is just
        one."""
        ...


def digits_of(key: str) -> str:
    """The digits of a word, in order."""
    return "".join(sorted(filter(str.isdigit, key)))


def written_words(names: Iterable[Name]) -> dict[str, str]:
    """{key of a word: how the first name that has it writes it}, in the order of the names."""
    written: dict[str, str] = {}
    for name in names:
        for word in name_words(name.form):
            if len(word.key) >= FEWEST:
                form = name.form[word.start : word.end]
                # The plural of "Adapters" is the name's, not the question's.
                written.setdefault(word.key, form if form.lower() == word.key else word.key)
    return written


def initialled(names: Iterable[Name]) -> Iterator[tuple[str, str]]:
    """(first letters, form) where just one entry has names whose words begin with the letters."""
    initials: dict[str, dict[int, str]] = {}
    for name in names:
        if letters := initials_of(name.key):
            initials.setdefault(letters, {}).setdefault(name.entry, name.form)
    for letters, owners in initials.items():
        if len(owners) == 1:
            yield letters, next(iter(owners.values()))


def initials_of(key: str) -> str:
    """The first letters of what a name is looked up by, where they may stand for it; else empty.

    >>> initials_of("group query attention"), initials_of("attention")
    ('gqa', '')
    """
    words = key.split()
    return "".join([word[0] for word in words]) if len(words) >= _INITIALS else ""


class HeldWords:
    """The words of names in memory."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names

    def like(self, digits: str, length: int) -> Mapping[str, str]:
        """{key: how it is written} of the words of some length with some digits."""
        return self._like.get((digits, length), {})

    def by_initials(self, letters: str) -> str | None:
        """The one name whose words begin with these letters, if there is just one."""
        return self._initials.get(letters)

    @cached_property
    def _like(self) -> Mapping[tuple[str, int], Mapping[str, str]]:
        like: dict[tuple[str, int], dict[str, str]] = {}
        for key, written in written_words(self._names).items():
            like.setdefault((digits_of(key), len(key)), {})[key] = written
        return like

    @cached_property
    def _initials(self) -> Mapping[str, str]:
        return dict(initialled(self._names))
