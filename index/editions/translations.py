"""Pages that are there in several languages.

    guide/setup.md       fr/guide/setup.md      below the others, in a folder of their language
    en/guide/setup.md    fr/guide/setup.md      each in that of its own
    setup.md             setup.fr.md            beside each other

They say the same, so what answers would be quoted twice, the second time in a language that nobody
asked in. A question is in the language whose pages say most of its words; in that of the knowledge
base where no other says clearly more, as names and code are alike in all. The words that pages of a
language have more often than others ("what", "is"), which tell nothing of a subject, count as much.
Translations of a page that is there in the language of a question are then not looked at. A page
that is not translated is; it comes behind others, unless it is in the language of the knowledge
base.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.languages import DEFAULT, language_name, primary, spoken
from entrywise.data.words import plain_words
from entrywise.index.editions.pages import Pages, Unwanted, pages_of, units_of_pages
from entrywise.index.editions.paths import alike, language_of_path, languages_told
from entrywise.index.passages.units import Units

# Of 880 headings of two documentations in six and eight languages 183 of 184 English ones are told
# to be English with this, 160 without; of the others 552 and 568 of 696: the rest is mostly names.
# That was before words that are frequent counted, with which it is 57 instead of 58 of 59.
_CLEARLY = 0.05
"""How much more of a question's words another language has to say, from 0 to 2."""
_BEST = 3
"""Sections of a language that tell how much of them it says."""
# Of 152 questions in English 150 and 152 are told to be, as without them, of 30 in others 28
# and 29 instead of 25 and 23 (Helm's documentation in twelve languages, a glossary in sixteen).
# With all words of a tenth of the sections it is 144 of the first: "what" and "does" are rarer than
# "do" is in Portuguese.
_FREQUENT = 300
"""Words of a language that count, the most frequent ones."""
_SAMPLED = 2_000
"""Sections of a language whose words are counted."""

FrequentWords = dict[str, tuple[str, ...]]
"""{language, as a tag: the words that most of its sections have, in lower case, in order}."""


def translated(entries: Sequence[Entry], language: str) -> tuple[Pages, FrequentWords]:
    """The pages that are in languages which others are translated to, and the words of these
    languages, which are numbered in this order.

    Args:
        language: that of pages that are in no folder of a language.
    """
    groups = [*alike(entries, languages_told).values()]
    told = _languages(entries, [group for group in groups if len(group) > 1])
    known: list[dict[str, int]] = []
    for group in groups:
        found = {tag: one for tag, one in group.items() if tag in told}
        if found and "" in group:
            found.setdefault(language.lower(), group[""])
        known.append(found)
    tags = sorted({tag for group in known for tag in group})
    pages = pages_of(known, tags)
    ordinals = [pages[pages[:, 2] == number, 1] for number in range(len(tags))]
    return pages, {tag: _frequent(entries, of) for tag, of in zip(tags, ordinals, strict=True)}


def written_in(entries: Sequence[Entry]) -> str:
    """The language of entries, as a tag: that of the language with the most, where those in no
    folder of a language are one. It is what they are written in; others are translated."""
    of_tag: dict[str, list[int]] = {"": []}
    for ordinal, entry in enumerate(entries):
        of_tag.setdefault(language_of_path(entry.id), []).append(ordinal)
    most = max(map(len, of_tag.values()))
    # What has no folder of its own was there first, though a few pages may be in another alone.
    if 2 * len(of_tag[""]) >= most:
        return _spoken(entries, of_tag[""])
    written = max(of_tag, key=lambda tag: (len(of_tag[tag]), primary(tag) == DEFAULT))
    return _spoken(entries, of_tag[written])


def _languages(entries: Sequence[Entry], groups: Iterable[dict[str, int]]) -> set[str]:
    """Which of the languages of some pages they are written in: `cs` may be C#."""
    pages: dict[str, list[int]] = {}
    for group in groups:
        for tag, ordinal in group.items():
            pages.setdefault(tag, []).append(ordinal)
    return {
        tag
        for tag, ordinals in pages.items()
        if tag and language_name(_spoken(entries, ordinals)) == language_name(tag)
    }


def _spoken(entries: Sequence[Entry], ordinals: Iterable[int]) -> str:
    return spoken(section.text for one in ordinals for section in entries[one].sections)


def _frequent(entries: Sequence[Entry], ordinals: NDArray[np.int32]) -> tuple[str, ...]:
    texts = (section.text for one in ordinals.tolist() for section in entries[one].sections)
    sample = [set(plain_words(text.lower())) for text in islice(texts, _SAMPLED)]
    having = Counter(word for words in sample for word in words)
    return tuple(sorted(having, key=lambda word: (-having[word], word))[:_FREQUENT])


class Translations:
    """Which pages are not in the language of a question."""

    def __init__(
        self, pages: Pages, frequent: Mapping[str, Sequence[str]], own: str, units: Units
    ) -> None:
        """
        Args:
            pages: their editions are the languages of `frequent`, in order.
            own: the language of the knowledge base, as a tag.
            units: see `Layout.units`.
        """
        self._pages = pages
        self._units = units
        # `pt-br` before `pt` where it is that.
        likely = sorted(frequent, key=lambda tag: tag != own.lower())
        self._own = next((tag for tag in likely if primary(tag) == primary(own)), "")
        self._numbers = {tag: number for number, tag in enumerate(frequent)}
        self._frequent = {tag: frozenset(words) for tag, words in frequent.items()}
        self._units_of = {
            tag: units_of_pages(units, pages[pages[:, 2] == number, 1])
            for tag, number in self._numbers.items()
        }
        self._unwanted_of: dict[str, Unwanted] = {}

    def unwanted(self, question: str, said: NDArray[np.float64]) -> Unwanted:
        """What is not in the language of a question.

        Args:
            said: how much of its words each unit says, from 0 to 1, float64 (units,).
        """
        language = self._language(question, said)
        if language not in self._unwanted_of:
            self._unwanted_of[language] = self._unwanted(language)
        return self._unwanted_of[language]

    def _language(self, question: str, said: NDArray[np.float64]) -> str:
        """The language that a question is in; empty where that is none of these."""
        words = plain_words(question.lower())

        def says(tag: str) -> float:
            of_its_own = sum(word in self._frequent[tag] for word in words)
            return _best(said[self._units_of[tag]]) + of_its_own / max(len(words), 1)

        shares = {tag: says(tag) for tag in self._numbers}
        likeliest = max(shares, key=lambda tag: shares[tag])
        is_other = shares[likeliest] > shares.get(self._own, 0.0) + _CLEARLY
        return likeliest if is_other else self._own

    def _unwanted(self, language: str) -> Unwanted:
        groups, ordinals, numbers = self._pages.T
        is_asked = numbers == self._numbers.get(language, -1)
        is_there = np.isin(groups, groups[is_asked])
        # What all was translated from may be all that there is.
        is_own = numbers == self._numbers.get(self._own, -1)
        others = units_of_pages(self._units, ordinals[is_there & ~is_asked])
        return Unwanted(others, ordinals[~is_there & ~is_own])


def _best(shares: NDArray[np.float64]) -> float:
    best = np.partition(shares, -_BEST)[-_BEST:] if len(shares) > _BEST else shares
    return float(best.mean()) if len(best) else 0.0
