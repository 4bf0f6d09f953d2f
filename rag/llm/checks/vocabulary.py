"""The words that a claim may use: those of its quotes, and the names of what they speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from entrywise.data.words import STOP_WORDS
from entrywise.index.index import Index
from entrywise.index.names.names import ORDINARY, NameMatch
from entrywise.rag.llm.checks.words import LEAST_SHARED, Word, acronyms, alike, words

# Those of the stop words that make a statement.
_SAY = {"are", "be", "is", "no", "not", "was", "will"}
_CLAUSE = re.compile(
    r"[.;:,]\s|\s(?:but|while|whereas|although|though|because|since|so|and|which)\s", re.IGNORECASE
)
_OPENER = re.compile(
    r"(?:(?:and|but|while|whereas|however|the|an?|with|in contrast),?\s)+", re.IGNORECASE
)


class Names:
    """The names of the entries of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._forms: dict[int, list[str]] = defaultdict(list)
        for name in index.catalog.names:
            self._forms[name.entry].append(name.form)

    def title(self, entry: int) -> str:
        """The name of an entry, by ordinal, as people say it."""
        return self._index.entries[entry].short_name

    def all_forms(self, entries: Iterable[int], text: str) -> str:
        """All names of some entries, and of those that a text names, as one text."""
        named = dict.fromkeys([*entries, *(match.entry for match in self._sure(text))])
        return " . ".join(form for entry in named for form in self._forms[entry])

    def entries(self, text: str) -> tuple[int, ...]:
        """The entries that a text names beyond doubt, by ordinal, each once."""
        return tuple(dict.fromkeys(match.entry for match in self._sure(text)))

    def first(self, text: str) -> list[tuple[int, int, int]]:
        """The entries that clauses open with, each with where its clause starts and ends; behind
        "and" only the names of a list: "GQA and MLA", not "uses RoPE and GQA"."""
        borders = [*_CLAUSE.finditer(text)]
        starts = [(0, -1), *((one.end(), _joint(one)) for one in borders)]
        ends = [*(one.start() for one in borders), len(text)]
        named = {match.start: match for match in self._sure(text)}
        found: list[tuple[int, int, int]] = []
        listed = -1
        for (start, joint), end in zip(starts, ends, strict=True):
            match = named.get(_opening(text, start))
            if match and joint in (-1, listed):
                found.append((match.entry, start, end))
            listed = match.end if match else -1
        return found

    def ends(self, text: str) -> bool:
        """Whether a text ends with the name of an entry."""
        return any(match.end == len(text.rstrip()) for match in self._sure(text))

    def make_up(self, text: str) -> bool:
        """Whether a text is nothing but names and stop words, without a verb: "GPTQ or AWQ"."""
        rest = self.without(text, self.entries(text))
        return all(word.text.lower() in STOP_WORDS - _SAY for word in words(rest))

    def without(self, text: str, entries: Iterable[int]) -> str:
        """A text without the names of some entries."""
        gone = {*entries}
        return self._replaced(text, lambda match: "" if match.entry in gone else None)

    def shortened(self, text: str) -> str:
        """A text in which entries have their short names where it spells them out: "DPO" for
        "Direct Preference Optimization"."""

        def short(match: NameMatch) -> str | None:
            entry = self._index.entries[match.entry]
            written = text[match.start : match.end]
            is_spelt_out = " " in written and written.lower() in entry.expansion.lower()
            return entry.short_name if is_spelt_out else None

        return self._replaced(text, short)

    def _replaced(self, text: str, instead: Callable[[NameMatch], str | None]) -> str:
        """A text with something else instead of some of its names."""
        pieces, end = [], 0
        for match in self._sure(text):
            if match.start >= end and (said := instead(match)) is not None:
                pieces += [text[end : match.start], said]
                end = match.end
        return "".join([*pieces, text[end:]])

    def _sure(self, text: str) -> Iterator[NameMatch]:
        return (match for match in self._index.names.find(text) if match.strength > ORDINARY)


def _joint(border: re.Match[str]) -> int:
    """Where an "and" between clauses starts; -1 for other words and signs."""
    return border.start() if border[0].strip().lower() == "and" else -1


def _opening(text: str, start: int) -> int:
    """Where a clause begins behind "while", "the" and the like."""
    found = _OPENER.match(text, start)
    return found.end() if found else start


class Vocabulary:
    """The words of quotes and names."""

    def __init__(self, quotes: str, names: str) -> None:
        quoted = words(quotes)
        every = [*quoted, *words(names)]
        self._stems = {word.stem for word in every}
        self._by_beginning: dict[str, set[str]] = defaultdict(set)
        for known in self._stems:
            self._by_beginning[known[:LEAST_SHARED]].add(known)
        # Without the plural of acronyms: "GPUs".
        self._written = {word.text.lower().removesuffix("s") for word in every}
        # "LLM" for "large language models", "RoPE" with all its letters is a name of its own.
        self._written |= acronyms(quoted) | acronyms([word for word in quoted if word.tells])

    def names(self, word: Word) -> bool:
        """Whether a word, or the words that it abbreviates, is here."""
        return word.stem in self._stems or word.text.lower().removesuffix("s") in self._written

    def has(self, word: Word) -> bool:
        """Whether a word is here in any form."""
        return self.names(word) or any(
            alike(word.stem, known) for known in self._by_beginning[word.stem[:LEAST_SHARED]]
        )
