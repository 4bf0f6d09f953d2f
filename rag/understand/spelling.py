"""Spelling: corrects misspelt names and asking words of a question, and guesses what an unknown
abbreviation may stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from entrywise.data.languages import DEFAULT
from entrywise.index.encoders.base import EncodedQuery
from entrywise.index.index import Index
from entrywise.rag.understand.question import Question
from entrywise.rag.understand.wording import LONG_WORDS

_Correction = Callable[[str, Iterable[tuple[int, int]]], str]

_LOOKED_AT = 16
"""Words of a question that are looked at, the last ones."""
_ASKS = re.compile(r"(?:what|who)(?:['’]s|\s+(?:is|are|was|were))\b", re.IGNORECASE)
_SHORTEST = min(map(len, LONG_WORDS)) - 1


def correct_spelling(text: str, index: Index) -> tuple[str, EncodedQuery]:
    """A question with its misspelt words corrected, and as the encoder encodes it. Words that ask
    are corrected in English alone: "programm" is German."""
    encoded = index.encoder.encode_query(_marked(text, index))
    corrections: list[_Correction] = []
    if index.language == DEFAULT:
        corrections.append(partial(_asking, index=index))
    corrections.append(index.spelling.corrected)
    for corrected in corrections:
        if encoded.rare and (right := corrected(text, encoded.rare)) != text:
            text, encoded = right, index.encoder.encode_query(_marked(right, index))
    return text, encoded


def _marked(text: str, index: Index) -> str:
    """A question, with a question mark where documents are asked what a thing is: encoders heed it,
    and few type it. Glossaries are asked as their sample questions are."""
    asks = index.holds_documents and index.language == DEFAULT and _ASKS.match(text)
    return f"{text}?" if asks and text[-1].isalnum() else text


def guess(question: Question, index: Index) -> str | None:
    """The question with its unknown abbreviations written out as the names they may stand for: a
    guess, to be offered. None where there is none."""
    text = question.text
    for mention in reversed(question.mentions):
        written_out = index.spelling.by_initials(mention.name) if mention.is_unowned else None
        if written_out and mention.name.isupper():
            text = f"{text[: mention.start]}{written_out}{text[mention.end :]}"
    return None if text == question.text else text


def _asking(text: str, rare: Iterable[tuple[int, int]], *, index: Index) -> str:
    """A text with the words corrected that ask: "diference between …". What the knowledge base has,
    a product called Comparer say, is no slip.

    Args:
        rare: the spans of words that may be misspelt, in characters, end exclusive.
    """
    long = [(start, end) for start, end in rare if end - start >= _SHORTEST][-_LOOKED_AT:]
    if not long:
        return text
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    for start, end in reversed(long):
        near = process.extractOne(
            text[start:end].lower(), LONG_WORDS, scorer=OSA.distance, score_cutoff=1
        )
        if near and near[1] and not any(index.words.known([text[start:end].lower()])):
            text = f"{text[:start]}{near[0]}{text[end:]}"
    return text
