"""Pages that are there in several languages, of which a question is answered from one.

    guide/setup.md       fr/guide/setup.md      below the others, in a folder of their language
    en/guide/setup.md    fr/guide/setup.md      each in that of its own
    setup.md             setup.fr.md            beside each other

They say the same, so what answers would be quoted twice, the second time in a language that nobody
asked in. A question is in the language whose pages say most of its words; in that of the knowledge
base where no other says clearly more, as names and code are alike in all. Translations of a page
that is there in it are then not looked at. A page that is not translated is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.languages import is_language, language_name, primary, spoken
from entrywise.index.passages.units import Units

# Of 880 headings of two documentations in six and eight languages 183 of 184 English ones are told
# to be English with this, 160 without; of the others 552 and 568 of 696: the rest is mostly names.
_CLEARLY = 0.05
"""How much more of a question's words another language has to say, from 0 to 1."""
_BEST = 3
"""Sections of a language that tell how much of them it says."""

Translated = NDArray[np.int32]
"""int32 (pages, 3), by the first: what is translated, the ordinal of an entry that is it in some
language, and the number of that language."""


def translated(entries: Sequence[Entry], language: str) -> tuple[Translated, tuple[str, ...]]:
    """The pages that are there in several languages, and these languages.

    Args:
        language: that of pages that are in no folder of a language.
    """
    groups = [group for group in _alike(entries).values() if len(group) > 1]
    told = _languages(entries, groups)
    # A group is called by the number of its first row.
    rows, tags = list[tuple[int, int, int]](), sorted({language.lower()} | told)
    for group in groups:
        known = {tag: one for tag, one in group.items() if tag in told}
        if "" in group:
            known.setdefault(language.lower(), group[""])
        if len(known) > 1:
            rows += [(len(rows), one, tags.index(tag)) for tag, one in known.items()]
    return np.array(rows, np.int32).reshape(-1, 3), tuple(tags) if rows else ()


def written_in(entries: Sequence[Entry]) -> str:
    """The language of entries, as a tag: that of those in no folder of a language, or in that of
    the language with the most. It is what they are written in; others are translated."""
    of_tag: dict[str, list[int]] = {}
    for ordinal, entry in enumerate(entries):
        tag = next((tag for tag, _ in _tagged(entry.id)), "")
        of_tag.setdefault(tag, []).append(ordinal)
    written = max(of_tag.values(), key=len, default=[])
    return _spoken(entries, written)


def _alike(entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """{path without a language: {language, "" of none: ordinal of an entry}}."""
    paths: dict[str, dict[str, int]] = {}
    plain: dict[str, int] = {}
    for ordinal, entry in enumerate(entries):
        plain[entry.id] = ordinal
        for tag, path in _tagged(entry.id):
            paths.setdefault(path, {}).setdefault(tag, ordinal)
    for path, group in paths.items():
        if path in plain:
            group[""] = plain[path]
    return paths


def _tagged(page: str) -> Iterator[tuple[str, str]]:
    """The languages that an id may be told to be in, each with the id without it."""
    folder, slash, name = page.rpartition("/")
    for tag, rest in _tagged_folders(folder):
        yield tag, f"{rest}{name}"
    rest, dot, tag = name.rpartition(".")
    if dot and is_language(tag):
        yield tag.lower(), f"{folder}{slash}{rest}"


@lru_cache(maxsize=4096)
def _tagged_folders(folder: str) -> tuple[tuple[str, str], ...]:
    parts = folder.split("/")
    return tuple(
        (part.lower(), "".join(f"{one}/" for one in (*parts[:place], *parts[place + 1 :])))
        for place, part in enumerate(parts)
        if is_language(part)
    )


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


class Translations:
    """Which sections are not looked at, as what they say is told in another language."""

    def __init__(self, pages: Translated, languages: Sequence[str], own: str, units: Units) -> None:
        """
        Args:
            pages: see `Translated`; `languages` are what its numbers mean.
            own: the language of the knowledge base, as a tag.
            units: see `Layout.units`.
        """
        self._pages = pages
        self._units = units
        # `pt-br` before `pt` where it is that.
        alike = sorted(languages, key=lambda tag: tag != own.lower())
        self._own = next((tag for tag in alike if primary(tag) == primary(own)), "")
        self._numbers = {tag: number for number, tag in enumerate(languages)}
        self._units_of = {
            tag: self._of(pages[pages[:, 2] == number, 1]) for tag, number in self._numbers.items()
        }
        self._others_of: dict[str, NDArray[np.int64]] = {}

    def others(self, said: NDArray[np.float64]) -> NDArray[np.int64]:
        """The units that are translations of what is there in the language of a question.

        Args:
            said: how much of its words each unit says, from 0 to 1, float64 (units,).
        """
        language = self._language(said)
        if language not in self._others_of:
            self._others_of[language] = self._others(language)
        return self._others_of[language]

    def _language(self, said: NDArray[np.float64]) -> str:
        """The language that a question is in; empty where that is none of these."""
        shares = {tag: _best(said[rows]) for tag, rows in self._units_of.items()}
        likeliest = max(shares, key=lambda tag: shares[tag])
        is_other = shares[likeliest] > shares.get(self._own, 0.0) + _CLEARLY
        return likeliest if is_other else self._own

    def _others(self, language: str) -> NDArray[np.int64]:
        number = self._numbers.get(language, -1)
        is_own = self._pages[:, 2] == number
        there = np.isin(self._pages[:, 0], self._pages[is_own, 0])
        return self._of(self._pages[there & ~is_own, 1])

    def _of(self, entries: NDArray[np.int32]) -> NDArray[np.int64]:
        return np.flatnonzero(np.isin(self._units[:, 0], entries))


def _best(shares: NDArray[np.float64]) -> float:
    best = np.partition(shares, -_BEST)[-_BEST:] if len(shares) > _BEST else shares
    return float(best.mean()) if len(best) else 0.0
