"""Composes an answer from quotes: of terms one shape for each kind of question, of documents their
excerpts.

The first sentence already answers; a shape never adds a word of its own to what it quotes. What
was asked for and is missing is named at the end, of documents, which have no names that tell what
they are about, before what is near.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from entrywise.rag.answer import Intent
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.comparison import comparison
from entrywise.rag.compose.shapes.decode import decode, name_unexplained
from entrywise.rag.compose.shapes.details import expansion, limits, maker, paper, remedy, users
from entrywise.rag.compose.shapes.example import asks_for_example, example
from entrywise.rag.compose.shapes.excerpts import excerpts
from entrywise.rag.compose.shapes.listing import listing
from entrywise.rag.compose.shapes.prose import definition, how, numeric, passage, when, why
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.detail import Detail
from entrywise.rag.understand.question import Question

_Shape = Callable[[Findings, Evidence, Draft], None]
_SHAPES: Mapping[Intent, _Shape] = {
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
# "Who made vLLM?" is worded as a definition, "which models use MLA?" as a list.
_DETAILS: Mapping[Detail, tuple[_Shape, tuple[Intent, ...]]] = {
    "maker": (maker, ("definition", "other")),
    "paper": (paper, ("definition", "other")),
    "users": (users, ("definition", "other", "list")),
    "limits": (limits, ("definition", "other", "list")),
    "remedy": (remedy, ("how", "list", "other", "definition")),
    "expansion": (expansion, ("definition", "other")),
    "formula": (numeric, ("numeric",)),
}
_MAY_ASK_FOR_AN_EXAMPLE = ("definition", "other")


def compose(findings: Findings, evidence: Evidence, first: int = 1) -> Draft:
    """The draft that answers a question from what was found for it (at least one candidate); its
    citations are numbered from `first` on."""
    draft = Draft(evidence.entries, first, language=evidence.language)
    if findings.excerpts:
        if findings.question.unknown:
            draft.unknown(findings.question.unknown)
        excerpts(findings, evidence, draft)
        return draft
    _shape(findings.question)(findings, evidence, draft)
    name_what_is_missing(findings.question, draft)
    return draft


def _shape(question: Question) -> _Shape:
    if question.intent in _MAY_ASK_FOR_AN_EXAMPLE and asks_for_example(question):
        return example
    # Without a name it may be what the question describes that was published, or has drawbacks.
    if question.detail and question.detail in _DETAILS and question.named:
        shape, intents = _DETAILS[question.detail]
        if question.intent in intents:
            return shape
    return _SHAPES[question.intent]


def name_what_is_missing(question: Question, draft: Draft) -> None:
    """Names that no entry owns, where no column shows their absence, and parts of compound names.

    A name that a text mentions is missing only where it is a side of a comparison: "fine-tune an
    LLM" is answered without an entry on LLMs.
    """
    unknown = [name for name in question.unknown if not draft.has_column(name)]
    if unknown:
        draft.unknown(unknown)
    compared = [name for name in question.mentioned if draft.has_column(name)]
    if compared:
        draft.mentioned(compared)
    if question.decoded:
        name_unexplained(question, draft)
