"""Asides: what is said to the assistant itself, and questions that nothing can be looked up for.

"thank you"            thanks        "what is 2+2"       arithmetic
"what can you do?"     abilities     "and what is it?"   nothing
"""

from __future__ import annotations

import re
from typing import Literal

from entrywise.data.questions.to_the_assistant import REMARKS, SAID, Remark
from entrywise.data.words import folded, name_key
from entrywise.index.encoders.base import Vector
from entrywise.index.index import Index
from entrywise.index.similarity import Similarities

Aside = Remark | Literal["arithmetic", "nothing"]

# Cosine with a sample from which a question is of its kind, and how much nearer the sample has to
# be than anything in the knowledge base, which may have a page on who wrote it. Of 24 such remarks
# in other words 19 are above both on the glossary and on uv's docs; of the questions in
# `tests/questions.jsonl`, `data/glossary/labelled.jsonl` and on uv's docs none is.
_ALIKE = 0.6
_NEARER = 0.2
# What documents are about is "it", who answers is "you": "how many documents can it handle?"
_OF_IT = re.compile(r"\bit(?:s|self)?\b", re.IGNORECASE)
_TO_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
_ASKING_WORDS = 3
_LONGEST_CALCULATION = 200
_LONGEST_SAID = max(map(len, SAID)) + 10
_HEADINGS = 10
"""Headings that are looked at, the shortest first."""

_TERM = r"[-+(]*\d+(?:[.,]\d+)*[)!%]*"
# Without spaces "2024-05-01" is a day, "404-2" a code and "1/2" a size.
_SIGN = (
    r"(?:\s*[+*^×÷·]\s*|\s*\*\*\s*|"
    r"\s+(?:[-/x]|plus|minus|times|divided by|mod|mal|(?:geteilt )?durch)\s+)"
)
_CALCULATION = re.compile(
    rf"(?<![\w.]){_TERM}(?:{_SIGN}{_TERM})+\s*(?:=\s*)?[?.!]*\s*$", re.IGNORECASE
)


def aside(
    text: str, keyword_count: int, vector: Vector, near: Similarities, index: Index
) -> Aside | None:
    """The kind of aside that a text is, or None: a question that the knowledge base can be asked.

    Args:
        keyword_count: how many keywords it has.
        vector: of the question.
        near: how near the entries are to it.
    """
    # Longer ones would take as long as their square.
    calculation = _CALCULATION.search(text) if len(text) <= _LONGEST_CALCULATION else None
    if calculation and _is_all(calculation, text):
        return "arithmetic"
    said = SAID.get(folded(text)) if len(text) <= _LONGEST_SAID else None
    if said and not _is_heading(text, index):
        return said
    if keyword_count and index.holds_documents and _OF_IT.search(text) and not _TO_YOU.search(text):
        return None
    cosines = index.remark_vectors @ vector
    nearest = int(cosines.argmax())
    known = float(near.chunks.cosines[0]) if len(near.chunks.cosines) else 0.0
    if cosines[nearest] >= max(_ALIKE, known + _NEARER) and not _is_heading(text, index):
        return REMARKS[nearest][0]
    return None if keyword_count else "nothing"


def _is_heading(text: str, index: Index) -> bool:
    """Whether a section is called so: "Leave", "Help"."""
    key = name_key(text)
    return any(name_key(one.path[-1]) == key for one in index.titles.headings(text, _HEADINGS))


def _is_all(calculation: re.Match[str], text: str) -> bool:
    """Whether nothing but a few asking words stands before a calculation: "how much is 2 + 2?"."""
    before = text[: calculation.start()].split()
    return len(before) <= _ASKING_WORDS and not any(map(str.isupper, before))
