"""Sections of documents, ranked for a question: by their pieces, their words, and their page.

    score = (nearest + 0.3 · words + 0.4 · page) / 1.7 ± release

`nearest` is the cosine of the section's nearest piece, a block or a sentence: what answers is often
one line of a section that is about much else. Where a definition is asked for, one is worth more
(`definitions.py`), and so is a piece that is labelled with what is asked about (`labels.py`), and a
section that is called by its name, or headed by an identifier that is asked about. `words` is how
much of the question's words the section says, those that only ask aside, and of its identifiers
(`identifiers.py`). `page` is the mean of the
two over the best three sections of its document: a page that is about the question is more likely
to answer it than one that mentions it. `release` holds the notes of releases back, and those of one
that is asked about forth (`releases.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.words import is_said
from entrywise.index.index import Index
from entrywise.index.passages.units import unit_numbers
from entrywise.index.similarity import NearestChunks, largest
from entrywise.index.words.index import WordIndex
from entrywise.rag.find.candidates import SectionHit
from entrywise.rag.find.definitions import ASKS_ELSE, OPENS, Definition
from entrywise.rag.find.identifiers import (
    has,
    has_identifier,
    identifiers,
    is_identifier,
    options,
)
from entrywise.rag.find.labels import Labels
from entrywise.rag.find.releases import in_their_time
from entrywise.rag.understand.detail import telling
from entrywise.rag.understand.question import Question

# At a flat optimum on ten collections of documents: half or twice as much of either costs at most
# 0.02 of what they show in the mean (`benchmarks/documents.py`).
WORDS = 0.3
PAGE = 0.4
# Of 451 questions it changes none; beside them stand those that ask for a section in its own words.
NAMED = 0.15
_NAMING = 12
"""Words of a question that may be the name of a section."""
_OF_A_PAGE = 3
# Sections whose pieces are looked at, the best ones by their chunks; twice as many change nothing.
_READ = 20
# What defines a thing may be in a section that is about another: 20 bring 0.66 of 76 to the front,
# 40 0.67, 60 and 100 0.68, and 100 take twice the time.
_READ_TO_DEFINE = 50
# Sections that are ranked: of more pages than any answer lists.
_RANKED = 100


def find_sections(question: Question, near: NearestChunks, index: Index) -> list[SectionHit]:
    """The sections that fit a question, best first.

    Args:
        near: the chunks that are near to it.
    """
    vector = question.encoded.vector
    definition, labels = Definition(question), Labels(question, index)
    told = {word.group().lower() for word in question.telling}
    cosines = _cosines(near, index)
    # "How would" is as rare as any word in texts that only tell. Of a thing that is only named too
    # little would be left: a section that says it twice would come before what defines it. What a
    # program names is seldom said but where it is told of.
    is_whole = definition and not has_identifier(question.text)
    asked = "" if is_whole else " ".join(word.group() for word in question.telling)
    names = identifiers(question.text)
    words = index.words.likeness(asked or question.text, names)
    most = _RANKED + len(index.left_out)
    best = np.array(largest(cosines + WORDS * words, most), dtype=np.int64)
    opening = definition.opening(index) if definition else []
    if opening:
        # Its words are in all sections, and nearest are those that have no others.
        first = unit_numbers(index.units, np.array(opening, np.int32))
        best = np.concatenate([first, best[~np.isin(best, first)]])
    if index.left_out:
        best = best[~np.isin(best, index.left_out)]
    if wanted := options(names):
        without = index.words.likeness(asked or question.text, names, wanted)
        lacking = [unit for unit in best.tolist() if not _has_all(wanted, unit, index)]
        words[lacking] = without[lacking]
    added = np.zeros(len(cosines))
    for unit in best[: _READ_TO_DEFINE if definition else _READ].tolist():
        entry, section = index.units[unit].tolist()
        rows = index.section_rows(entry, section)
        if rows:
            pieces = index.sentence_vectors[rows.start : rows.stop] @ vector
            worths = labels.worths(entry, section, index)
            if definition:
                worths += definition.worths(entry, section, index)
            named = NAMED * _is_named(
                told, index.entries[entry], section, index, defined=bool(definition)
            )
            cosines[unit] = (pieces + worths).max() + named
            if (entry, section) in opening:
                cosines[unit] = max(cosines[unit], pieces.max() + OPENS)
            added[unit] = cosines[unit] - pieces.max()
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
            explains_all=(entry, int(index.units[unit, 1])) in opening,
        )
        for unit, entry in zip(best.tolist(), entries, strict=True)
    ]
    return sorted(in_their_time(hits, question.text, index), key=lambda hit: -hit.score)


def _has_all(names: Iterable[str], unit: int, index: Index) -> bool:
    """Whether a section, or a heading above it, has all of some identifiers."""
    entry, section = index.units[unit].tolist()
    own = index.entries[entry].sections[section]
    text = "\n".join((*own.path, own.text))
    return all(has(text, name) for name in names)


def _is_named(
    told: Set[str],
    page: Entry,
    section: int,
    index: Index,
    *,
    defined: bool,
) -> bool:
    """Whether the words that tell what is asked are those of a section's heading and of its page's
    title, and no others: "how do I book a holiday" and "Holiday: Booking"; or it is headed by an
    identifier that is among them, which means nothing else. Where a thing is to be `defined`, "When
    to use it" is no name."""
    path = page.sections[section].path
    if not path or not 0 < len(told) <= _NAMING:
        return False
    if is_identifier(path[-1]) and _words(path[-1], index.language) <= told:
        return True
    if defined and ASKS_ELSE.match(path[-1]):
        return False
    words = _words(f"{page.name} {path[-1]}", index.language)
    return all(_has(words, word, index.words) for word in told) and all(
        _has(told, word, index.words) for word in words
    )


def _words(title: str, language: str) -> set[str]:
    return {word.group().lower() for word in telling(title, None, language)}


def _has(words: Set[str], word: str, index: WordIndex) -> bool:
    """Whether a word is among others, or a form of one."""
    said = set(map(index.key, words))
    return is_said(word, said, index.form) or any(
        is_said(other, {index.key(word)}, index.form) for other in words
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
