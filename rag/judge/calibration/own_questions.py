"""What a knowledge base asks itself, so that it is known how sure it is of what it holds.

answerable   of a glossary names and ways of asking, of documents headings and half of the words of
             a sentence, as one searches for what one has half in mind; whole sentences mislead
near         questions that are known to have no answer here, where there are some; else the same
             questions with the term or the section that they are made of left out
far          questions of everyday life, but for those that it says something about, in its language

They are chosen evenly, so that the same index asks the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from entrywise.data.entries import Entry
from entrywise.data.languages import DEFAULT
from entrywise.data.questions.everyday.catalogue import everyday_in, unshared
from entrywise.data.words import content_words, word_count
from entrywise.index.index import Index
from entrywise.index.passages.section_titles import section_titles
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.input import MAX_CHARACTERS

_UNITS = 40
"""Terms or sections that questions are made of, two each. Twice as many move what is expected by
0.03 at most on eleven collections of documents, and take twice the time."""
_SAMPLES, _UNANSWERED = 160, 50
"""How many of a glossary's sample questions are asked: with an answer, without one. Bounds of small
shares take many: of the shipped glossary an error of 5 % needs 0.986 with half as many."""
_SAYS_SOMETHING, _SAYS_SOMETHING_ELSEWHERE = 0.8, 0.5
"""The share of a question's keywords, by rarity, from which on a unit may well answer it; in
other languages than English, whose stems bring fewer forms of a word together and whose asking
words are known by these questions alone, the second. Chosen before words had stems there; with
four fifths a page on stains is still asked how to get one out (`docs/tried/confidence.md`)."""
_FEWEST_WORDS, _MOST_WORDS = 6, 40
_SENTENCE_END = r"(?<=[.!?])\s+|(?<=[。！？])"


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question, and the unit that it is made of; None of one that has no answer here."""

    text: str
    unit: int | None


def answerable(index: Index) -> list[OwnQuestion]:
    """Questions that the knowledge base answers, each made of a unit of it."""
    made = _of_documents(index) if index.holds_documents else _of_terms(index)
    return [one for one in made if _is_askable(one.text)]


def unanswered(index: Index) -> list[OwnQuestion]:
    """Questions of its field of which it is known that it does not answer them."""
    texts = [text for text in index.sample_texts("unanswered") if _is_askable(text)]
    return [OwnQuestion(texts[row], None) for row in _evenly(len(texts), _UNANSWERED)]


def everyday(index: Index) -> list[OwnQuestion]:
    """Questions of other fields, in the knowledge base's language; none where that has none."""
    language = index.language
    enough = _SAYS_SOMETHING if language == DEFAULT else _SAYS_SOMETHING_ELSEWHERE
    units = range(len(index.units))
    return [
        OwnQuestion(text, None)
        for text in everyday_in(language)
        if index.words.coverage(_telling(text, language), units) < enough
    ]


def _of_documents(index: Index) -> Iterator[OwnQuestion]:
    # Without a section another edition of its page would still answer, but in that is not looked.
    units = np.setdiff1d(np.arange(len(index.units)), index.unwanted("").units)
    for unit in units[_evenly(len(units), _UNITS)].tolist():
        entry, section = index.units[unit].tolist()
        for text in _of_a_section(index.entries[entry], section):
            yield OwnQuestion(text, unit)


def _of_terms(index: Index) -> Iterator[OwnQuestion]:
    entries = _evenly(len(index.entries), _UNITS)
    yield from (OwnQuestion(index.entries[entry].name, entry) for entry in entries)
    if index.sample_questions.are_known:
        yield from _samples(index)
        return
    for entry in entries:
        for text in _half_of_a_sentence([one.text for one in index.entries[entry].sections]):
            yield OwnQuestion(text, entry)


def _is_askable(text: str) -> bool:
    """Whether a text has words, and is no longer than a question may be."""
    return len(text) <= MAX_CHARACTERS and bool(content_words(text))


def _telling(text: str, language: str) -> list[str]:
    """The words of an everyday question that say what it is about."""
    if language == DEFAULT:
        return [word.group().lower() for word in keywords(text, None)]
    return unshared(text, everyday_in(language))


def _evenly(count: int, most: int) -> list[int]:
    """At most so many of the numbers below `count`, evenly spread."""
    chosen: list[int] = np.linspace(0, count - 1, min(count, most)).astype(np.int64).tolist()
    return chosen


def _of_a_section(entry: Entry, section: int) -> Iterator[str]:
    """Its heading, and half of the words of a sentence, where it has any."""
    *_, heading = (entry.name, *section_titles(entry, section))
    yield heading
    yield from _half_of_a_sentence([block.plain for block in entry.sections[section].blocks])


def _half_of_a_sentence(texts: Sequence[str]) -> Iterator[str]:
    """Every second of the words of the sentence in the middle."""
    sentences = [
        sentence
        for text in texts
        for sentence in re.split(_SENTENCE_END, text)
        if _FEWEST_WORDS <= word_count(sentence) <= _MOST_WORDS
    ]
    if sentences:
        words = content_words(sentences[len(sentences) // 2])
        if kept := words[::2]:
            yield " ".join(kept)


def _samples(index: Index) -> Iterator[OwnQuestion]:
    """Ways of asking, each passed over among the samples when it is asked."""
    texts = index.sample_texts("answered")
    rows = np.array(_evenly(len(texts), _SAMPLES), dtype=np.int64)
    places, entries = index.sample_questions.answering(rows)
    for place, row in enumerate(rows.tolist()):
        answering = entries[places == place].tolist()
        # What several answer is no near miss without one of them.
        yield OwnQuestion(texts[row], answering[0] if len(answering) == 1 else None)
