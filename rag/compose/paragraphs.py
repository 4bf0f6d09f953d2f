"""Paragraphs of an answer about one term, each under what it tells: "How it works", "Where it is
used". What that is, the knowledge base says (`Section.tells`); nothing is guessed.

    what answers, and tag lines                     without a heading
    runs of sentences that tell something else      what they tell
    technical notes                                 "Technical details"
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.texts.catalogue import Texts
from entrywise.rag.domains.base import Domain
from entrywise.rag.judge.aspects import EXAMPLE, REMEDY, all_aspects
from entrywise.rag.judge.evidence import Evidence, Sentence

NOTES = "notes"
"""The aspect of technical notes."""
_WHAT = "definition"
_FEWEST = 2
"""Paragraphs that have a heading; a single one is read without."""


class _Paragraph(NamedTuple):
    """Sentences, and what they tell: an aspect's id, words of the author's, or None."""

    sentences: list[Sentence]
    told: str | None


def quote_in_paragraphs(
    sentences: Sequence[Sentence],
    evidence: Evidence,
    draft: Draft,
    aspect: str | None = None,
    *,
    answering: int = 0,
) -> None:
    """Add the quotes of one entry to a draft, in their order.

    Args:
        aspect: what the first of them tells, and all where nothing else is known.
        answering: how many of them answer together.
    """
    first, *others = _paragraphs(sentences, evidence, answering)
    draft.quote(first.sentences, aspect=aspect)
    known = headings(evidence.domain, draft.texts)
    for told, one in ((one.told or "", one) for one in others):
        about = told if told in known else aspect
        draft.quote(one.sentences, heading=known.get(told, told), aspect=about)


def headings(domain: Domain, texts: Texts) -> dict[str, str]:
    """{aspect: what stands above what tells of it}; words of an author's stand for themselves."""
    told = {one.id: texts.heading(one) for one in all_aspects(domain)}
    others = {one: texts(f"aspect.{one}") for one in (EXAMPLE, REMEDY)}
    return told | others | {_WHAT: texts("told.what"), NOTES: texts("told.notes")}


def _paragraphs(
    sentences: Sequence[Sentence], evidence: Evidence, answering: int
) -> list[_Paragraph]:
    """What answers, with all but the notes where less than two things are told beside it."""
    told = [_told(one, evidence) for one in sentences]
    alike = next((place for place, one in enumerate(told) if one != told[0]), len(told))
    opening = max(alike, answering)
    runs = [about for about, _ in groupby(told[opening:]) if about not in (None, NOTES)]
    if len(runs) < _FEWEST:
        told = [one if one == NOTES else None for one in told]
    pairs = list(zip(told, sentences, strict=True))
    first = [one for place, (about, one) in enumerate(pairs) if place < opening or about is None]
    rest = [pair for pair in pairs[opening:] if pair[0] is not None]
    others = (
        _Paragraph([sentence for _, sentence in run], about)
        for about, run in groupby(rest, lambda pair: pair[0])
    )
    return [_Paragraph(first, None), *others]


def _told(sentence: Sentence, evidence: Evidence) -> str | None:
    """What a sentence tells, as far as the knowledge base says so."""
    section = evidence.entries[sentence.entry].sections[sentence.section]
    if section.name in evidence.notes:
        return NOTES
    return (sentence.told or _WHAT) if section.tells else None
