"""Sections of documents, ranked for a question: by their pieces, their words, and their page.

    score = (nearest + 0.3 · words + 0.4 · page) / 1.7 ± release

`nearest` is the cosine of the section's nearest piece, a block or a sentence: what answers is often
one line of a section that is about much else, but not what a link in it is called. Where a
definition is asked for, or two things are compared, what defines them is worth more
(`definitions.py`), and so is a list or a table that has both, and a piece that is labelled with
what is asked about (`labels.py`), and a section that is called by its name, or headed by an
identifier that is asked about. `words` is how much of the question's words the section says, those
that only ask aside, and of the options that it names (`identifiers.py`). `page` is the mean of the
two over the best three sections of its document: a page that is about the question is more likely
to answer it than one that mentions it. `release` holds the notes of releases back, and those of one
that is asked about forth (`releases.py`); what only leads on to others is held back, too, unless it
is called by what is asked (`signposts.py`).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.words import is_said, plain_words
from entrywise.index.index import Index
from entrywise.index.passages.section_titles import named_titles, page_title
from entrywise.index.passages.units import Units, unit_numbers
from entrywise.index.similarity import NearestChunks, largest
from entrywise.index.words.index import WordIndex
from entrywise.rag.find.boilerplate import what_links_lose
from entrywise.rag.find.candidates import SectionHit, behind
from entrywise.rag.find.definitions import (
    ASKS_ELSE,
    OPENS,
    Definition,
    compared,
    is_part,
)
from entrywise.rag.find.identifiers import (
    guides_first,
    has_identifier,
    has_options,
    is_alternative,
    is_identifier,
    one_word_options,
    options,
)
from entrywise.rag.find.labels import Labels, labels_each
from entrywise.rag.find.numbered_pages import NUMBERED, numbered_page
from entrywise.rag.find.prose import first_prose
from entrywise.rag.find.releases import rescore_releases
from entrywise.rag.find.signposts import hold_back
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.question import Question
from entrywise.rag.understand.wording import WHAT, compiled

# At a flat optimum on ten collections of documents: half or twice as much of either costs at most
# 0.02 of what they show in the mean (`benchmarks/documents.py`).
WORDS = 0.3
PAGE = 0.4
# Of 451 questions it changes none; beside them stand those that ask for a section in its own words.
NAMED = 0.15
# Of 35 definitions 0.15 moves one behind another section; beside them it finds more headings first.
CALLED = 0.1
"""What a section is worth at least that is headed by the thing to be defined, and nothing else."""
# Of 301 pairs of terms that one list of a documentation explains 231 are answered by it first, 207
# with half of it, 176 without; of 171 pairs of columns of a table 87, 58 without; of 748 questions
# no answer differs by the lists.
SIDE_BY_SIDE = 0.2
"""What a section is worth that tells of each of two things that are compared under its name."""
# Of 480 headings of eight documentations, asked without such words, 407 come first, 396 with 0.1.
UNTOLD = 0.34
"""The share of a heading's words, by their rarity, that a question need not say ("all" of "Moor all
boats"), but of what a whole page is called."""
_NAMING = 12
"""Words of a question that may be the name of a section."""
# Of 445 headings of fourteen documentations like "Cache configuration", asked "how do I configure
# the cache", 367 come first by the stems of words, 322 without.
_ALIKE = 4
"""Letters that the forms of a word begin with."""
_OF_A_PAGE = 3
# Sections whose pieces are looked at, the best ones by their chunks; twice as many change nothing.
_READ = 20
# What defines a thing may be in a section that is about another: 20 bring 0.66 of 76 to the front,
# 40 0.67, 60 and 100 0.68, and 100 take twice the time.
_READ_TO_DEFINE = 50
# Of the others the beginnings of pages that say next to all of it: a page that is called as the
# question asks is seldom the nearest. Asked "how do I" with titles of eight documentations 0.94 of
# their pages come first, 0.86 without.
_SAYS_ALL, _BEGINNINGS = 0.9, 5
_OTHER_EDITION = 0.12  # as far below the best as what adds nothing to an answer
_RANKED = 100  # sections: of more pages than any answer lists


def find_sections(question: Question, near: NearestChunks, index: Index) -> list[SectionHit]:
    """The sections that fit a question, best first.

    Args:
        near: the chunks that are near to it.
    """
    pieces = _PieceWorths(question, index)
    definition = pieces.definition
    cosines, added = _cosines(near, index), np.zeros(len(index.units))
    asked, names = _asked(question, definition), options(question.text)
    words = index.words.likeness(asked, names)
    first, unwanted = [*pieces.opening, *pieces.numbered], index.unwanted(question.text)
    best = _to_read(cosines + WORDS * words, first, unwanted.units, index.units)
    if wanted := one_word_options(names):
        lacking = [unit for unit in best.tolist() if not has_options(wanted, unit, index)]
        words[lacking] = index.words.likeness(asked, names, wanted)[lacking]
    read = _READ_TO_DEFINE if definition or pieces.sides else _READ
    begin = (index.units[best, 1] == 0) & (words[best] >= _SAYS_ALL)
    for unit in [*best[:read].tolist(), *best[read:][begin[read:]][:_BEGINNINGS].tolist()]:
        if said := pieces.of(*index.units[unit].tolist()):
            cosines[unit], added[unit] = said
    scores = cosines + WORDS * words
    best = best[np.argsort(-scores[best], kind="stable")]
    entries = index.units[best, 0]
    pages = {entry: scores[best[entries == entry][:_OF_A_PAGE]].mean() for entry in set(entries)}
    hits = [
        SectionHit(
            entry=int(entry),
            section=int(index.units[unit, 1]),
            score=_bounded((scores[unit] + PAGE * pages[entry]) / (1 + WORDS + PAGE)),
            cosine=_bounded(cosines[unit]),
            words=float(words[unit]),
            added=float(added[unit]) / (1 + WORDS + PAGE),
            explains_all=(entry, int(index.units[unit, 1])) in pieces.opening,
        )
        for unit, entry in zip(best.tolist(), entries, strict=True)
    ]
    asks_what = bool(definition) and compiled(WHAT).match(question.text) is not None
    of_a_thing = asks_what or bool(names)
    told = rescore_releases(hits, question.text, index, of_a_thing=of_a_thing)
    others = np.isin([hit.entry for hit in told], unwanted.entries).tolist()
    told = sorted(behind(told, others, _OTHER_EDITION), key=lambda hit: -hit.score)
    called = min(NAMED, CALLED) / (1 + WORDS + PAGE)
    front = guides_first(hold_back(told[:_READ], index, called), question.text, index)
    return sorted([*front, *told[_READ:]], key=lambda hit: -hit.score)


def _asked(question: Question, definition: Definition) -> str:
    """What is looked for by its words: "how would" is as rare as any word in texts that only tell.

    Of a thing that is only named too little would be left: a section that says it twice would come
    before what defines it. What a program names is seldom said but where it is told of.
    """
    if definition and not has_identifier(question.text):
        return question.text
    return " ".join(word.group() for word in question.keywords) or question.text


def _to_read(
    likeness: NDArray[np.float64],
    opening: Sequence[tuple[int, int]],
    unread: NDArray[np.int64],
    units: Units,
) -> NDArray[np.int64]:
    """The units that may be shown, the likeliest first, int64 (n,).

    Args:
        likeness: of each unit, float64 (units,); it is changed.
        opening: sections that come before all others: that open what all are about, as their words
            are in all sections, and nearest are those that have no others; or are called by number.
        unread: units that are not shown.
    """
    likeness[unread] = -np.inf
    best = np.array(largest(likeness, _RANKED), dtype=np.int64)
    if opening:
        first = unit_numbers(units, np.array(opening, np.int32))
        best = np.concatenate([first, best[~np.isin(best, first)]])
    return best[likeness[best] > -np.inf]


class _PieceWorths:
    """What the pieces of sections are worth for one question."""

    def __init__(self, question: Question, index: Index) -> None:
        self.definition = Definition(question, index.manifest.subject)
        self.sides = compared(question, index.manifest.subject)
        self.opening = self.definition.opening(index) if self.definition else []
        self.numbered = numbered_page(question, index)
        self._labels = Labels(question, index)
        self._letters = [word.group() for word in question.keywords if len(word.group()) == 1]
        self._told = {word.group().lower() for word in question.keywords}
        # They may be a part of each name.
        of_all = {*plain_words(index.manifest.subject), *index.manifest.title_words}
        self._of_all = of_all - self._told
        self._vector = question.encoded.vector
        self._index = index

    def of(self, entry: int, section: int) -> tuple[float, float] | None:
        """The cosine of a section's best piece with what its form and its name add to it, and how
        much that is; None of one without pieces."""
        rows = self._index.section_rows(entry, section)
        if not rows:
            return None
        pieces = self._index.sentence_vectors[rows.start : rows.stop] @ self._vector
        own = self._index.entries[entry].sections[section]
        pieces -= what_links_lose(own, self._index.sentences[rows.start : rows.stop, 2:].tolist())
        worths = self._labels.worths(entry, section, self._index)
        if self.definition:
            worths += self.definition.worths(entry, section, self._index)
        for side in self.sides:
            worths += side.worths(entry, section, self._index)
        page = self._index.entries[entry]
        cosine = float((pieces + worths).max()) + NAMED * self._is_named(page, section)
        # Half of "Exporting a lockfile" is no name of what a lockfile is.
        if self.definition and self.definition.called_by(section, page) == 1.0:
            cosine = max(cosine, float(pieces.max()) + CALLED)
        if labels_each(own, self.sides):
            cosine += SIDE_BY_SIDE
        if (entry, section) in self.numbered:
            cosine = NUMBERED
        if (entry, section) in self.opening:
            cosine = max(cosine, float(pieces.max()) + OPENS)
        return cosine, cosine - float(pieces.max())

    def _is_named(self, page: Entry, section: int) -> bool:
        """Whether a section and its page are called by the words that tell what is asked, and its
        own heading says no others: "how do I book a holiday" and "Holiday: Booking"; or it is
        headed by an identifier that is among them, however its parts are joined, which means
        nothing else. Where a thing is to be defined, its page says no others, too, but where the
        heading asks for it, and "When to use it" is no name."""
        path, told, index = named_titles(page, section), self._told, self._index
        if not 0 < len(told) <= _NAMING:
            return False
        # A row of a table has no headings.
        for name in path[-1:] or (page.name, *page.aliases):
            if is_identifier(name) and _words(name, index.language) <= told:
                return True
        # What a page begins with is called as the page is, too, whatever heading it has.
        of_page = section == first_prose(page)
        if path and self._is_called(page, section, path, UNTOLD):
            return True
        return of_page and self._is_called(page, section, (page_title(page),), 0.0)

    def _is_called(self, page: Entry, section: int, path: Sequence[str], untold: float) -> bool:
        """Whether headings, the last of which is the own one of a section, are such a name.

        Args:
            untold: the share of its words that need not be told, by rarity.
        """
        told, index = self._told, self._index
        if is_alternative(path[-1], self._letters):
            return True
        if self.definition and (ASKS_ELSE.match(path[-1]) or is_part(page, section)):
            return False
        own = _words(path[-1], index.language)
        own = own - self._of_all or own
        above = set(plain_words(" ".join((page.name, *path))))
        asked = own
        if self.definition and not path[-1].endswith(QUESTION_MARKS):
            asked = own | (_words(page_title(page), index.language) - self._of_all)
        return (
            bool(own)
            and all(_has(above, word, index.words) for word in told)
            and _untold(asked, told, index.words) <= untold
        )


def _untold(words: Set[str], told: Set[str], index: WordIndex) -> float:
    """The share of some words, by their rarity, that others do not say, from 0 to 1."""
    lacking = [word for word in words if not _has(told, word, index)]
    if not lacking:
        return 0.0
    return sum(index.rarities(lacking)) / (sum(index.rarities([*words])) or 1.0)


def _words(title: str, language: str) -> set[str]:
    return {word.group().lower() for word in keywords(title, None, language)}


def _has(words: Set[str], word: str, index: WordIndex) -> bool:
    """Whether a word is among others, or a form of one, however far from it: "configure" and
    "Configuration"."""
    said = set(map(index.form, words))
    if is_said(word, said, index.form):
        return True
    near = [other for other in words if other[:_ALIKE] == word[:_ALIKE]]
    return any(is_said(other, {index.form(word)}, index.form) for other in near) or any(
        index.stem(other) == index.stem(word) for other in near
    )


def _cosines(near: NearestChunks, index: Index) -> NDArray[np.float64]:
    """The cosine of the nearest chunk of each unit, float64 (units,)."""
    last = float(near.cosines[-1]) if len(near.cosines) else 0.0
    cosines = np.full(len(index.units), last)
    units = unit_numbers(index.units, index.chunks[near.rows, :2])
    np.maximum.at(cosines, units, near.cosines)
    return cosines


def _bounded(value: SupportsFloat) -> float:
    return min(max(float(value), 0.0), 1.0)
