"""Composes an answer from quotes: one shape for each kind of question.

The first sentence already answers; a shape never adds a word of its own to what it quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from entrywise.index.store import Index
from entrywise.rag.draft import Draft
from entrywise.rag.found import Found
from entrywise.rag.question import Question
from entrywise.rag.retrieve import Candidate
from entrywise.rag.select import QUOTED, quoted
from entrywise.rag.shapes.comparison import comparison
from entrywise.rag.shapes.decode import decode
from entrywise.rag.shapes.listing import LISTED, listing
from entrywise.rag.shapes.origin import maker, paper
from entrywise.rag.shapes.prose import definition, how, numeric, passage, when, why

_Shape = Callable[[Found, Draft], None]
_SHAPES: dict[str, _Shape] = {
    "definition": definition,
    "comparison": comparison,
    "decode": decode,
    "how": how,
    "why": why,
    "when": when,
    "numeric": numeric,
    "list": listing,
    "other": passage,
}
# "Who made vLLM?" is worded as a definition.
_ORIGINS: dict[str, _Shape] = {"maker": maker, "paper": paper}
_MAY_ASK_FOR_AN_ORIGIN = ("definition", "other")


def compose(question: Question, candidates: Sequence[Candidate], index: Index) -> Draft:
    """The draft that answers a question from its retrieved entries (at least one)."""
    draft = Draft(index)
    most = LISTED if question.intent == "list" else QUOTED
    found = Found(question, candidates, quoted(question, candidates, index, most), index)
    _shape(question)(found, draft)
    return draft


def _shape(question: Question) -> _Shape:
    if question.origin and question.intent in _MAY_ASK_FOR_AN_ORIGIN:
        return _ORIGINS[question.origin]
    return _SHAPES[question.intent]
