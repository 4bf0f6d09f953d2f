"""Corrects misspelt words of names, and guesses names by their initials.

>>> index.spelling.corrected("what is speculativ decoding", rare)        # doctest: +SKIP
'what is speculative decoding'
>>> index.spelling.by_initials("SD")                                     # doctest: +SKIP
'Speculative Decoding'

A word is put right where the encoder's vocabulary does not have it, where the names have a word of
which a slip or two make it, and where it then belongs to a name: "learing rate" stays as it is
where no entry is called so. Of four or five letters it is put right beside another word of the
name, where letters are missing, doubled or in another order: "flsh attention". An ordinary word is
put right where the texts do not have it, and they or questions have the one of which a slip behind
its first letter makes it, as people misspell words: "pasword", "diference".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

from entrywise.data.words import Word, name_words
from entrywise.index.names.names import ORDINARY, NameIndex
from entrywise.index.names.tables import FEWEST, NameTables, digits_of

_LETTERS = 6
"""Below six letters one wrong letter makes another name (wandb is not Wanda)."""
# From eight letters on, two slips are forgiven. Mistral and Mixtral, seven letters and two edits
# apart, stay apart.
_TWO_SLIPS = 8

_SUSPECTS = 16
"""Words of a question that are looked at: each may cost a millisecond."""
_CHOICES = 5
"""Words that a misspelt one may be."""

_WITHOUT_SPACES = re.compile(r"\S+")
_CONFUSED = frozenset("aei")
_KEYS = "qwertyuiop asdfghjkl zxcvbnm"
_JOINTS = frozenset("-_./")
_COPIED_JOINTS = 3


class Spelling:
    """The words of all names."""

    def __init__(
        self,
        words: NameTables,
        finder: NameIndex,
        ordinary: Callable[[], Mapping[str, int]],
        known: Callable[[Iterable[str]], Sequence[bool]],
    ) -> None:
        """
        Args:
            words: those of the names.
            finder: finds the same names.
            ordinary: gives the words of the language, in lower case, and their ranks by frequency:
                "diference" is "difference", not "inference".
            known: tells whether the texts have a form of each of some words, in lower case; of
                words that it does not look up it tells nothing.
        """
        self._known = known
        self._ordinary = ordinary
        self._words = words
        self._finder = finder

    def corrected(
        self, text: str, rare: Iterable[tuple[int, int]], asking: Collection[str] = ()
    ) -> str:
        """A text with the misspelt words of names put right.

        Args:
            rare: the spans of words that may be misspelt, in characters, end exclusive.
            asking: ordinary words, in lower case, that questions have, whatever the texts do.
        """
        spans = list(rare)
        suspects = [word for word in name_words(text) if _is_suspect(word, spans)][:_SUSPECTS]
        if not suspects:
            return text
        # What stands in a name is right, and so is what is copied. To look for what is near takes
        # longest.
        names = ((one.start, one.end) for one in self._finder.find(text))
        copied = (one.span() for one in _WITHOUT_SPACES.finditer(text) if _is_copied(one.group()))
        taken = _characters(chain(names, copied))
        suspects = [word for word in suspects if word.start not in taken]
        texts_have = {word for word in suspects if self._is_known(word.key)}
        found = ((word, self._nearest(word.key, is_had=word in texts_have)) for word in suspects)
        near = {word: words for word, words in found if words}
        # Two words of one name may be misspelt, so all are put right before any is judged.
        first = {word: words[0] for word, words in near.items()}
        kept = {
            word: right
            for word, words in near.items()
            if (right := next((one for one in words if self._names_by(text, word, first, one)), ""))
        }
        kept |= self._ordinary_words(
            text,
            [
                word
                for word in suspects
                if word not in kept and word not in texts_have and not _is_short(word)
            ],
            asking,
        )
        return _replaced(text, {word: kept[word] for word in suspects if word in kept})[0]

    def _ordinary_words(
        self, text: str, suspects: Sequence[Word], asking: Collection[str]
    ) -> Mapping[Word, str]:
        """What ordinary words are meant by some that the texts do not have."""
        # "stage2" is no slip, and what has a capital is one of a word that asks alone.
        written_so = {word: text[word.start : word.end] for word in suspects}
        letters = {word: written for word, written in written_so.items() if written.isalpha()}
        if not letters:
            return {}
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        right: dict[Word, str] = {}
        for word, written in letters.items():
            lower = written.lower()
            # Whoever slips has begun right, mostly: "paternity" is no "maternity".
            near = [one for one in asking if one[0] == lower[0]]
            if written == lower:
                near += self._ordinary_near(len(lower), 1, lower[0])
            found = process.extract(lower, near, scorer=OSA.distance, score_cutoff=1, limit=None)
            # As likely ones in the order of their frequency, as a vocabulary has none.
            slips = [one for one, *_ in found if is_slip(lower, one)]
            likely = {one: -1 if one in asking else self.ranks[one] for one in slips}
            choices = sorted(likely, key=likely.__getitem__)
            said = (one for one in choices if one in asking or self._is_known(one))
            if known := next(said, None):
                right[word] = known
        return right

    def _is_known(self, word: str) -> bool:
        # One by one: what is too long for a word, or one of many, is not looked up, and of a run
        # without spaces each part is.
        return any(self._known([word]))

    def _names_by(self, text: str, word: Word, others: Mapping[Word, str], right: str) -> bool:
        """Whether a word, put right so, belongs to a name, the others being put right, too."""
        changed, places = _replaced(text, {**others, word: right})
        begin, end = places[word], places[word] + len(right)
        return any(
            one.start <= begin < one.end
            and one.strength > ORDINARY
            and (not _is_short(word) or one.start < begin or end < one.end)
            for one in self._finder.find(changed)
        )

    def by_initials(self, letters: str) -> str | None:
        """The one name whose words begin with these letters, if there is just one."""
        return self._words.by_initials(letters.lower())

    def _nearest(self, key: str, *, is_had: bool) -> list[str]:
        """The words of names that a slip or two make of a word, the nearest and those of its length
        first; none where an ordinary word is nearer.

        Args:
            is_had: whether texts have the word, which then is right, as "quantize" is: of a form of
                theirs only the end may be missing.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        most = 2 if len(key) >= _TWO_SLIPS else 1
        digits = digits_of(key)
        shifts = sorted(range(-most, most + 1), key=abs)
        groups = [self._words.like(digits, len(key) + shift) for shift in shifts]
        near = list(chain.from_iterable(groups))
        if is_had:
            near = [one for one in near if one.startswith(key)]
        if len(key) < _LETTERS:
            # Of short words another letter is another word.
            near = [one for one in near if one[0] == key[0] and not is_another(one, key)]
        found = process.extract(key, near, scorer=OSA.distance, score_cutoff=most, limit=_CHOICES)
        slips = found[0][1] if found else 0
        if not slips:
            return []
        ordinary = self._ordinary_near(len(key), slips - 1)
        nearer = process.extractOne(key, ordinary, scorer=OSA.distance, score_cutoff=slips - 1)
        if nearer:
            return []
        return [next(some[word] for some in groups if word in some) for word, *_ in found]

    def _ordinary_near(self, length: int, most: int, first: str = "") -> list[str]:
        """The words of the language whose lengths differ by so much at most; those alone that begin
        with a letter, where one is given."""
        groups = (self._by_length.get(one, {}) for one in range(length - most, length + most + 1))
        some = (group.get(first, ()) if first else chain(*group.values()) for group in groups)
        return list(chain.from_iterable(some))

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """{word of the language: its rank by frequency, from 0}."""
        return self._ordinary()

    @cached_property
    def _by_length(self) -> Mapping[int, Mapping[str, Sequence[str]]]:
        """The words of the language by their lengths and first letters: to make them takes 20
        ms."""
        words: dict[int, dict[str, list[str]]] = {}
        for word in self.ranks:
            words.setdefault(len(word), {}).setdefault(word[0], []).append(word)
        return words


def is_slip(word: str, right: str) -> bool:
    """Whether a word is another one as people misspell it: letters are missing or in another order,
    one within it is too many, or one is another: an a, an e or an i in the place of another of
    these, or the key beside it. Else it is a word of its own: a router is no route, and what
    expires is no empire.

    >>> [is_slip(*pair) for pair in (("seperate", "separate"), ("untill", "until"))]
    [True, True]
    >>> [is_slip(*pair) for pair in (("router", "route"), ("expire", "empire"))]
    [False, False]
    """
    if len(word) == len(right):
        other = ["".join(pair) for pair in zip(word, right, strict=True) if pair[0] != pair[1]]
        is_beside = len(other) == 1 and (other[0] in _KEYS or other[0][::-1] in _KEYS)
        return sorted(word) == sorted(right) or is_beside or {*chain(*other)} <= _CONFUSED
    shorter, longer = sorted((word, right), key=len)
    letters = iter(longer)
    is_within = all(one in letters for one in shorter)
    return is_within and (
        word is shorter or (len(word) == len(right) + 1 and word[-1] == right[-1])
    )


def is_another(one: str, other: str) -> bool:
    """Whether two short words of one length have not the same letters: LiRA is not LoRA."""
    is_short = len(other) < _LETTERS
    return is_short and len(one) == len(other) and sorted(one) != sorted(other)


def _is_short(word: Word) -> bool:
    return len(word.key) < _LETTERS


def _is_suspect(word: Word, rare: Sequence[tuple[int, int]]) -> bool:
    return len(word.key) >= FEWEST and any(
        start < word.end and word.start < end for start, end in rare
    )


def _is_copied(text: str) -> bool:
    """Whether a text without spaces is of many parts and numbers, as an address or the name of a
    file is: nobody types it, and "Ministral-8B-Instruct-2410" is no Mistral."""
    return sum(one in _JOINTS for one in text) >= _COPIED_JOINTS and any(map(str.isdigit, text))


def _characters(spans: Iterable[tuple[int, int]]) -> set[int]:
    return {place for start, end in spans for place in range(start, end)}


def _replaced(text: str, words: Mapping[Word, str]) -> tuple[str, Mapping[Word, int]]:
    """A text with some words, which are in its order, replaced, and where each then begins."""
    parts: list[str] = []
    places: dict[Word, int] = {}
    end = 0
    for word, right in words.items():
        parts.append(text[end : word.start])
        places[word] = sum(map(len, parts))
        written = text[word.start : word.end]
        # "Quantization" begins a name: within a question it is a word like others.
        parts.append(right.lower() if written.islower() and right.istitle() else right)
        end = word.end
    return "".join((*parts, text[end:])), places
