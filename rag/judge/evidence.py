"""Evidence: sentences of the retrieved entries, scored for one question.

A sentence scores by the cosine of its vector and the question's, and more when it is one for
reading, says much, or holds what the question wants. The weights are those of a softmax over the
sentences of an entry, fitted to the 1,474 labelled sentences of `data/glossary/labelled.jsonl`.
On the dev questions the sentence that says what an entry is and the best two others are the
labelled one in 0.92 of the cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from entrywise.data.entries import DETAILS, Category, Entry
from entrywise.index.entry_table import EntryTable
from entrywise.index.index import Index
from entrywise.index.similarity import ranked
from entrywise.rag.domains.base import Aspect, Domain
from entrywise.rag.judge.asked_words import AskedWords
from entrywise.rag.judge.aspects import FORMULA, NUMBERS
from entrywise.rag.judge.features import DEFINES, PROSE, WORDS
from entrywise.rag.understand.question import Question

# What is added to the cosine: cosines of one entry's sentences spread over about 0.3.
_LENGTH = 0.12
"""For a sentence of 30 words or more; of a shorter one a share."""
_MANY_WORDS = 30
_ASKED = 0.1
"""For a sentence that says all words of the question beside the names in it; of others a share."""
_PROSE = 0.05
_NUMBER = 0.12
"""For digits and formulas, where the question asks for a number."""
_COUNT = 0.1
"""For a number of what the question asks the number of."""
_PART = 0.08
"""For each part of a compound name to the letter, e.g. `Q4_K_M`."""

# Cosine from which two sentences of one entry say the same. All share the tokens of its name and
# were read in one passage, so that unlike ones have about 0.80; one in a hundred pairs is above
# 0.94, and those still differ. Tag lines, which do repeat, are told by their place.
_SAME = 0.97

# What one more word of an aspect is worth against the cosine.
_TELLING = 0.026
# What it is worth that the knowledge base says what a paragraph tells: more than any wording. Which
# sentences have digits is seen, whatever is said.
_TOLD = 0.2

# How much worse a formula fits from which a better one goes on.
_NEARLY = 0.05

# Within this many characters a defining sentence has named its subject.
_OPENING = 60
_SCORE = attrgetter("score")
# The digits of a name ("GSM8K") tell no number.
_NUMERIC = re.compile(r"(?<![A-Za-z\d])\d|=")


class NamedEntry(NamedTuple):
    """An entry that a sentence names: its ordinal, and where its name stands in the sentence
    (characters, end exclusive)."""

    entry: int
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence of an entry: row of the index's table, place, text, and worth for the question.

    `section` is the ordinal of the section; `cosine` is that of its vector and the question's, and
    `score` has what its wording adds; higher is better. `share` is that of the question's words
    beside its names which it says, by their rarity, in [0, 1]. `prose` and `defines` are told by
    its wording, `told` is what the knowledge base says that its paragraph tells, or nothing
    (`Section.tells`). `fits` has, for each aspect that it has, how well it tells of that beside
    other sentences that do: its score, more for each different word, and most where `told` says
    so; higher is better. `named` are the entries that it names.
    """

    row: int
    entry: int
    section: int
    start: int
    end: int
    text: str
    cosine: float
    share: float
    score: float
    prose: bool
    defines: bool
    told: str
    fits: Mapping[str, float]
    named: Sequence[NamedEntry]

    def __hash__(self) -> int:
        return self.row


class Evidence:
    """What the entries of an index say, scored for one question: each when it is first wanted."""

    def __init__(self, question: Question, index: Index, domain: Domain) -> None:
        self.question = question
        self.domain = domain
        self.entries: EntryTable = index.entries
        """By ordinal."""
        self.language = index.manifest.identity.language
        """That of the entries, a tag like `de-AT`."""
        self.notes = index.manifest.identity.details
        """The names of the sections that hold technical notes."""
        self.categories: Sequence[Category] = index.catalog.categories
        self._index = index
        self._asked = AskedWords(question, index)
        self._known: dict[int, EntryEvidence] = {}

    def of(self, entry: int) -> EntryEvidence:
        """The scored sentences of an entry, by ordinal."""
        if entry not in self._known:
            self._known[entry] = EntryEvidence(entry, self.question, self._asked, self._index)
        return self._known[entry]

    def of_all(self, entries: Iterable[int]) -> list[EntryEvidence]:
        """The scored sentences of each of these entries."""
        return [self.of(entry) for entry in entries]

    def title(self, entry: int) -> str:
        """An entry's name as people say it."""
        return self.entries[entry].short_name

    def heading(self, entry: int, section: int) -> tuple[str, ...]:
        """What stands above a section: the name of its document, and the headings."""
        found = self.entries[entry]
        return (found.name, *found.sections[section].path)

    def ordinals(self, ids: Iterable[str]) -> list[int]:
        """The ordinals of the entries with these ids; those that no entry has are left out."""
        return self._index.ordinals.known(ids)


class EntryEvidence:
    """The sentences of one entry, in reading order."""

    def __init__(self, ordinal: int, question: Question, asked: AskedWords, index: Index) -> None:
        self.ordinal = ordinal
        self.entry: Entry = index.entries[ordinal]
        rows = index.sentence_rows(ordinal)
        self._first = rows.start
        self._vectors = index.sentence_vectors[rows.start : rows.stop]
        cosines = (self._vectors @ question.encoded.vector).tolist()
        self.sentences = tuple(scored(rows, cosines, question, index, asked))

    @cached_property
    def lead(self) -> Sentence:
        """The sentence that says what the entry is.

        The first section is often a tag line and the second the text proper, so it is the first
        sentence of one of the two: the one that names the entry and says "is", else the longer.
        """
        return max(self.openings, key=self._defines)

    @cached_property
    def openings(self) -> list[Sentence]:
        """The first sentences of the first two sections: two ways of saying what it is."""
        told = (one for one in reversed(self.sentences) if not self.is_detail(one))
        firsts = {one.section: one for one in told}
        return [firsts[section] for section in sorted(firsts)][:2]

    def is_detail(self, sentence: Sentence) -> bool:
        """Whether it is what a table says beside a text: short, and worth little by itself."""
        return self.entry.sections[sentence.section].name == DETAILS

    def _defines(self, sentence: Sentence) -> tuple[int, int]:
        opens = any(one.entry == self.ordinal and one.end <= _OPENING for one in sentence.named)
        return opens + sentence.defines, len(sentence.text)

    @cached_property
    def _ranked(self) -> Sequence[Sentence]:
        """Its sentences, best first."""
        return ranked(self.sentences, _SCORE)

    def best(self, count: int, *, beside: Sequence[Sentence]) -> list[Sentence]:
        """The `count` best sentences that say something else than those `beside`, in reading
        order."""
        chosen = list(beside)
        for sentence in self._ranked:
            if len(chosen) == len(beside) + count:
                break
            if not self._repeats(sentence, chosen):
                chosen.append(sentence)
        return sorted(chosen[len(beside) :], key=lambda sentence: sentence.row)

    def _repeats(self, sentence: Sentence, chosen: Iterable[Sentence]) -> bool:
        """Whether a sentence says again what one of the chosen says, as the tag line does."""
        if sentence in self.openings:
            return True
        rows = [other.row - self._first for other in chosen if other.entry == self.ordinal]
        own = self._vectors[sentence.row - self._first]
        return bool(rows) and float((self._vectors[rows] @ own).max()) > _SAME

    def saying(self, texts: re.Pattern[str]) -> list[Sentence]:
        """The sentences that hold one of some texts, e.g. `Q4_K_M`: those that open with it and
        say what it is first, then those nearest to the question.

        Args:
            texts: as `exactly` makes it.
        """
        return sorted(
            (sentence for sentence in self.sentences if texts.search(sentence.text)),
            key=lambda s: (texts.match(s.text) is None, not s.defines, -s.score),
        )

    def with_aspect(self, aspect: Aspect) -> list[Sentence]:
        """The sentences that have an aspect, the most telling first."""
        found = [sentence for sentence in self.sentences if aspect.id in sentence.fits]
        return ranked(found, lambda one: one.fits[aspect.id])

    def formula(self) -> Sentence | None:
        """Of its formulas that fit nearly as well as the best one the first, from which others go
        on; None where it has none."""
        found = self.with_aspect(FORMULA)
        least = max((one.score for one in found), default=0.0) - _NEARLY
        return next((one for one in self.sentences if one in found and one.score >= least), None)

    def naming(self, others: Iterable[int]) -> list[tuple[Sentence, int]]:
        """The sentences that name other entries, and how many of them: where one side of a
        comparison speaks of the others."""
        wanted = set(others) - {self.ordinal}
        named = ((s, len({one.entry for one in s.named} & wanted)) for s in self.sentences)
        return [(sentence, count) for sentence, count in named if count]


def scored(
    rows: range,
    cosines: Sequence[float],
    question: Question,
    index: Index,
    asked: AskedWords | None = None,
) -> Iterable[Sentence]:
    """The sentences of some rows of one entry, scored for a question.

    Args:
        cosines: of their vectors and the question's.
        asked: the words of the question, where it matters that a sentence says them.
    """
    places = index.sentences[rows.start : rows.stop].tolist()
    features = index.sentence_features[rows.start : rows.stop].tolist()
    named: dict[int, list[NamedEntry]] = {}
    for row, *mention in index.mentions(rows).tolist():
        named.setdefault(row, []).append(NamedEntry(*mention))
    names = index.manifest.features
    wants_numbers = question.intent == "numeric"
    parts = question.exact_parts if question.decoded else None
    counted = asked.counted if asked else None
    entries = {ordinal: index.entries[ordinal] for ordinal in {place[0] for place in places}}
    texts = [entries[one].sections[section].text[start:end] for one, section, start, end in places]
    shares = asked.shares_in(texts) if asked else [0.0] * len(texts)
    abouts = [
        about
        for (ordinal, section), run in groupby(places, lambda place: (place[0], place[1]))
        for about in entries[ordinal].sections[section].told_at([start for _, _, start, _ in run])
    ]
    for row, (ordinal, section, start, end), text, cosine, share, told, about in zip(
        rows, places, texts, cosines, shares, features, abouts, strict=True
    ):
        # Of the features those that the wording does not have are nought.
        wording = {name: value for name, value in zip(names, told, strict=True) if value}
        score = cosine + (
            _LENGTH * min(wording.pop(WORDS, 0) / _MANY_WORDS, 1.0)
            + _ASKED * share
            + _PROSE * (prose := wording.pop(PROSE, 0))
            + _NUMBER * (wants_numbers and _NUMERIC.search(text) is not None)
            + _COUNT * (counted is not None and counted.search(text) is not None)
            + _PART * (len({m.group().lower() for m in parts.finditer(text)}) if parts else 0)
        )
        defines = wording.pop(DEFINES, 0)
        fits = {aspect: score + _TELLING * (words - 1) for aspect, words in wording.items()}
        if about and about != NUMBERS.id:
            fits[about] = fits.get(about, score) + _TOLD
        yield Sentence(
            row=row,
            entry=ordinal,
            section=section,
            start=start,
            end=end,
            text=text,
            cosine=cosine,
            share=share,
            score=score,
            prose=bool(prose),
            defines=bool(defines),
            told=about,
            fits=fits,
            named=named.get(row, ()),
        )
