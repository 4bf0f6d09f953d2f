"""Comparisons in documents: the sections about each side.

    difference between guest parking and charging    Parking: Guests, Parking: Charging

The sides have no names that an index knows. What says what each of them is comes first ("Locking is
the process of …. Syncing is …"). A section whose headings say all words of one side is about it,
its own heading before those above, and comes behind one that tells of both. Where there is none,
what says most of what the best section does not stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from operator import itemgetter

from entrywise.data.words import is_said, plain_words
from entrywise.index.index import Index
from entrywise.index.passages.section_titles import section_titles
from entrywise.rag.find.candidates import SectionHit
from entrywise.rag.find.definitions import compared
from entrywise.rag.judge.asked_words import QuestionWords
from entrywise.rag.understand.comparison import compared_words
from entrywise.rag.understand.question import Question

_OTHER_WORD = 0.02
"""What another word in the headings costs of a score."""


def both_sides(
    near: Sequence[SectionHit],
    hits: Sequence[SectionHit],
    words: QuestionWords,
    question: Question,
    index: Index,
) -> list[SectionHit]:
    """The sections to quote from, of a comparison those that tell of its sides first.

    Args:
        near: those that are good enough, best first.
        hits: all that were found, best first.
    """
    sides = compared_words(question.text, question.keywords, question.language)
    if not (near and sides):
        return [*near]
    if defining := _defining(question, hits, index):
        return [defining, *(hit for hit in near if hit is not defining)]
    said = _text(near[0], index)
    if own := _own(sides, hits, index):
        form = index.words.form
        here = _words(said, form)
        first = near[:1] if all(_says(side, here, form) for side in sides) else ()
        return list(dict.fromkeys([*first, *own, *near]))
    if len(near) < 2:
        return [*near]
    other = max(near[1:], key=lambda hit: words.coverage(_text(hit, index), beside=said))
    return [near[0], other, *(hit for hit in near[1:] if hit is not other)]


def _defining(question: Question, hits: Sequence[SectionHit], index: Index) -> SectionHit | None:
    """The best section that says what each of the sides is."""
    sides = compared(question, index.manifest.subject)
    for hit in hits if sides else ():
        entry = index.entries[hit.entry]
        section = entry.sections[hit.section]
        if all(side.defines(section.text) for side in sides):
            return hit
    return None


def _own(
    sides: Sequence[Sequence[str]], hits: Sequence[SectionHit], index: Index
) -> list[SectionHit]:
    """The sections about each of two sides; none where one has none, or both the same."""
    about = [_about(side, hits, index) for side in sides]
    own = [hit for hit in about if hit is not None]
    return own if len(own) == len(sides) and own[0] != own[1] else []


def _about(side: Sequence[str], hits: Sequence[SectionHit], index: Index) -> SectionHit | None:
    """The best section whose headings say all words of a side, and few others."""
    form = index.words.form
    told = [(_words(" ".join(_headings(hit, index)), form), hit) for hit in hits]
    # What stands below a heading that names several things is about one of them.
    named = [
        (_heads(side, hit, index), hit.score - _OTHER_WORD * len(said), hit)
        for said, hit in told
        if _says(side, said, form)
    ]
    return max(named, key=itemgetter(0, 1), default=(False, 0.0, None))[2]


def _heads(side: Sequence[str], hit: SectionHit, index: Index) -> bool:
    """Whether a section's own heading, or its page's title above all headings, says a side."""
    form = index.words.form
    return _says(side, _words(_headings(hit, index)[-1], form), form)


def _says(words: Sequence[str], said: Collection[str], form: Callable[[str], str]) -> bool:
    return all(is_said(word, said, form) for word in words)


def _words(text: str, form: Callable[[str], str]) -> set[str]:
    return set(map(form, plain_words(text)))


def _headings(hit: SectionHit, index: Index) -> tuple[str, ...]:
    entry = index.entries[hit.entry]
    return (entry.name, *section_titles(entry, hit.section))


def _text(hit: SectionHit, index: Index) -> str:
    section = index.entries[hit.entry].sections[hit.section]
    return " ".join((*_headings(hit, index), section.text))
