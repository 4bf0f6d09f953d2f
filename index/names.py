"""Names: which entries a text names, by name, expansion or alias, typos forgiven.

A name that is also an ordinary English word ("ReAct", "CLIP", "Outlines") must be written as the
entry writes it to count in full. What is ordinary is read off the encoder's own vocabulary, which
lists the words of its language by frequency, and off the entry, which shows whether its name is a
proper one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from entrywise.data.entries import Entry

# A word of a name: letters and digits with the signs that hold names together. A leading hyphen
# belongs to it: the model-name tag `-it` is not the word "it".
_WORD = re.compile(r"(?:(?<![\w-])-(?=[A-Za-z0-9]))?[A-Za-z0-9À-ɏ+#]+(?:[.'’][A-Za-z0-9+#]+)*")
_MAX_WORDS = 7
_REMEMBERED = 4_096

# How much a match counts, in [0, 1]; `rag/retrieve.py` multiplies these with its weight for names.
EXACT = 1.0
ORDINARY = 0.5
"""The name is an ordinary word and is not written as the entry writes it."""
TYPO = 0.8

# "rope", "react", "clip" and "zero" are among the most frequent 15,000 pieces of BERT's vocabulary,
# "rag", "mla", "moe" and "dora" are not: in lower case these more likely mean the term.
_COMMON = 15_000

# Below five letters one wrong letter makes another name (MQA is not MLA); from eight on, two are
# forgiven. Mistral and Mixtral, seven letters and two edits apart, stay apart.
_TYPO_LETTERS = 5
_TWO_TYPOS_LETTERS = 8

# Where a name may be written apart: `RMS norm`, `fp 16`, but not "K to" for KTO.
_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
# So many letters are no accident of two words: `vector store` for `vectorstore`.
_LONG_NAME = 8


class Name(NamedTuple):
    """One form under which an entry is known, and what it is looked up by.

    An index keeps names in this order of fields, with keys as `_key` makes them: who changes one
    of the two raises `layout.FORMAT_VERSION`.
    """

    form: str
    entry: int
    ordinary: bool
    key: str


class NameMatch(NamedTuple):
    """A name found in a text: `text[start:end]` names `entry` with `strength` in (0, 1]."""

    entry: int
    start: int
    end: int
    strength: float


class _Word(NamedTuple):
    key: str
    start: int
    end: int


def names_of(entry: Entry, ordinal: int, vocabulary: Mapping[str, int]) -> list[Name]:
    """All forms of an entry's names.

    Args:
        vocabulary: {word in lower case: rank by frequency, from 0} of the entry's language.
    """
    forms = (*_of_name(entry.name), *_of_expansion(entry.expansion), *entry.aliases)
    keys = {form: _key(form) for form in forms}
    return [
        Name(form, ordinal, _is_ordinary(form, entry, vocabulary), key)
        for form, key in keys.items()
        if key
    ]


def _of_name(name: str) -> Iterator[str]:
    """A name, its sides (`fp16 / float16`), and an abbreviation in parentheses."""
    outside = _without_parentheses(name)
    yield name
    yield from _sides(outside)
    for inside in re.findall(r"\(([^()]+)\)", name):
        yield from (part for part in _sides(inside) if _abbreviates(part, outside))


def _of_expansion(expansion: str) -> Iterator[str]:
    """An expansion, its title (`CLIP — Contrastive …`) and its sides of several words."""
    yield expansion
    title, _, rest = _without_parentheses(expansion).partition(" — ")
    yield from (side for side in _sides(title) if not rest or _abbreviates(title, rest))
    yield from (side for side in _sides(rest) if " " in side and _abbreviates(title, rest))


def _without_parentheses(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", text).strip()


def _sides(text: str) -> list[str]:
    sides = re.split(r"\s+/\s+|/(?=-)|\s+vs\.?\s+", text)
    return [side.strip() for side in sides if len(side.strip()) > 1]


def _abbreviates(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in order, from the same first letter on.

    Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions", 2003.
    """
    letters = iter(re.sub(r"\W", "", long.lower()))
    wanted = re.sub(r"[\W\d]", "", short.lower())
    same_start = bool(wanted) and long[:1].lower() == wanted[0]
    return same_start and len(short) < len(long) and all(letter in letters for letter in wanted)


def _is_ordinary(form: str, entry: Entry, vocabulary: Mapping[str, int]) -> bool:
    """Whether a form, not written as the entry writes it, is more likely plain English."""
    rank = vocabulary.get(form.lower())
    if rank is None or form.islower():
        return False
    return _is_proper(form, entry) if form.istitle() else rank < _COMMON


def _is_proper(form: str, entry: Entry) -> bool:
    """Whether the entry writes the word with a capital even within its sentences."""
    text = " ".join(section.text for section in entry.sections)
    word = re.escape(form)
    capitals = len(re.findall(rf"(?<=[a-z,;] ){word}\b", text))
    return capitals > len(re.findall(rf"\b{word.lower()}\b", text))


def _cuts(form: str) -> Iterator[int]:
    """Where the pieces of a form end, counted in its letters and digits."""
    return accumulate(len(piece) for piece in _PIECE.findall(form))


def _key(text: str) -> str:
    return " ".join([_stem(word.lower()) for word in _WORD.findall(text)])


def _words(text: str) -> list[_Word]:
    return [_Word(_stem(m.group().lower()), m.start(), m.end()) for m in _WORD.finditer(text)]


def _stem(word: str) -> str:
    """The singular, roughly: enough for `adapters`, `k-quants` and `LoRA's`."""
    if not word.endswith("s"):
        return word
    word = word.removesuffix("'s").removesuffix("’s")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class NameIndex:
    """Finds names in texts."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._by_key: dict[str, list[Name]] = {}
        for name in names:
            self._by_key.setdefault(name.key, []).append(name)
            if " " in name.key:
                self._by_key.setdefault(name.key.replace(" ", ""), []).append(name)
        # In order, so that the names that begin with some letters stand together.
        self._joined = sorted(key for key in self._by_key if " " not in key)
        # The names of a text of the knowledge base are asked for again and again.
        self._written = lru_cache(_REMEMBERED)(self._find_written)

    def find(self, text: str, rare: Iterable[tuple[int, int]] | None = None) -> Sequence[NameMatch]:
        """Names in a text, longest first at each place, in the order of the text.

        Args:
            rare: of a question, the spans of words that may be misspelt names. Without, the text
                is one of the knowledge base: taken as it is written, and remembered.
        """
        if rare is None:
            return self._written(text)
        words = _words(text)
        matches = self._find(text, words)
        return [*matches, *self._typos(words, matches, list(rare))]

    def _find_written(self, text: str) -> tuple[NameMatch, ...]:
        return self._find(text, _words(text))

    def _find(self, text: str, words: Sequence[_Word]) -> tuple[NameMatch, ...]:
        matches: list[NameMatch] = []
        position = 0
        while position < len(words):
            length = self._longest(words, position)
            if length:
                found = words[position : position + length]
                matches += self._matches(text, found)
            position += max(length, 1)
        return tuple(matches)

    def owners(self, name: str) -> Mapping[int, float]:
        """{entry: strength} of the entries that own exactly this name."""
        words = _words(name)
        if not words or self._longest(words, 0) != len(words):
            return {}
        return {match.entry: match.strength for match in self._matches(name, words)}

    def _longest(self, words: Sequence[_Word], position: int) -> int:
        """The number of words of the longest name that starts at `position`."""
        longest, joined = 0, ""
        keys: list[str] = []
        for word in words[position : position + _MAX_WORDS]:
            keys.append(word.key)
            joined += word.key
            place = bisect_left(self._joined, joined)
            following = self._joined[place] if place < len(self._joined) else ""
            if not following.startswith(joined):
                break
            if following == joined and (
                " ".join(keys) in self._by_key or self._is_written_apart(keys)
            ):
                longest = len(keys)
        return longest

    def _is_written_apart(self, keys: Sequence[str]) -> bool:
        """Whether words that are a name when they are joined are parted where it may be."""
        joined = "".join(keys)
        ends = set(accumulate(map(len, keys[:-1])))
        return len(joined) >= _LONG_NAME or any(
            ends.issubset(_cuts(name.form)) for name in self._by_key[joined]
        )

    def _matches(self, text: str, words: Sequence[_Word]) -> list[NameMatch]:
        keys = [word.key for word in words]
        names = self._by_key.get(" ".join(keys)) or self._by_key["".join(keys)]
        start, end = words[0].start, words[-1].end
        strengths: dict[int, float] = {}
        for name in names:
            strength = _strength(name, text[start:end])
            strengths[name.entry] = max(strengths.get(name.entry, 0.0), strength)
        return [NameMatch(entry, start, end, value) for entry, value in strengths.items()]

    def _typos(
        self,
        words: Sequence[_Word],
        matches: Sequence[NameMatch],
        rare: Sequence[tuple[int, int]],
    ) -> Iterator[NameMatch]:
        """Rare words that no name took and that are nearly one."""
        taken = {position for match in matches for position in range(match.start, match.end)}
        suspects = [
            word
            for word in words
            if len(word.key) >= _TYPO_LETTERS
            and word.start not in taken
            and any(start < word.end and word.start < end for start, end in rare)
        ]
        if not suspects:
            return
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for word in suspects:
            most = 2 if len(word.key) >= _TWO_TYPOS_LETTERS else 1
            best = process.extractOne(
                word.key, self._candidates(word.key, most), scorer=OSA.distance, score_cutoff=most
            )
            if best is not None:
                for entry in dict.fromkeys(name.entry for name in self._by_key[best[0]]):
                    yield NameMatch(entry, word.start, word.end, TYPO)

    @cached_property
    def _choices(self) -> Mapping[tuple[str, int], Sequence[str]]:
        """The names that can be misspelt, by their digits and lengths: a number is another name,
        not a slip, so MXFP6 is not MXFP4."""
        choices: dict[tuple[str, int], list[str]] = {}
        for key in self._by_key:
            if len(key) >= _TYPO_LETTERS:
                choices.setdefault((_digits(key), len(key)), []).append(key)
        return choices

    def _candidates(self, key: str, most: int) -> list[str]:
        """The names that at most so many edits can make of a word, as far as digits and lengths
        tell; those of its own length first."""
        digits = _digits(key)
        shifts = sorted(range(-most, most + 1), key=abs)
        return [
            name for shift in shifts for name in self._choices.get((digits, len(key) + shift), ())
        ]


def _digits(key: str) -> str:
    return "".join(sorted(filter(str.isdigit, key)))


def _strength(name: Name, written: str) -> float:
    """How sure it is that `written` means the name."""
    as_a_name = written == name.form or written.isupper()
    return EXACT if as_a_name or not name.ordinary else ORDINARY
