"""Reads a question as it was meant: misspelt names, and what an unknown one may stand for."""

from __future__ import annotations

from entrywise.index.encoders.base import EncodedQuery
from entrywise.index.index import Index
from entrywise.rag.understand.question import Question


def spelt(text: str, index: Index) -> tuple[str, EncodedQuery]:
    """A question with the misspelt names in it put right, and as the encoder encodes it."""
    encoded = index.encoder.encode_query(text)
    right = index.spelling.corrected(text, encoded.rare) if encoded.rare else text
    return (text, encoded) if right == text else (right, index.encoder.encode_query(right))


def guess(question: Question, index: Index) -> str | None:
    """The question with its unknown abbreviations written out as the names they may stand for: a
    guess, to be offered. None where there is none."""
    text = question.text
    for mention in reversed(question.mentions):
        written_out = index.spelling.by_initials(mention.name) if mention.is_unowned else None
        if written_out and mention.name.isupper():
            text = f"{text[: mention.start]}{written_out}{text[mention.end :]}"
    return None if text == question.text else text
