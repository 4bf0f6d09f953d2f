"""The values of an answer, which the stages pass on, and its JSON shape.

A citation is a place: `entry.text(section)[start:end] == quote`, characters, end exclusive. The
`Answer` that callers get has all these values, and shows itself: rag/render/answer.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Intent = Literal[
    "definition", "comparison", "decode", "how", "why", "when", "numeric", "list", "other"
]
Status = Literal["answered", "partial", "abstained"]
PartKind = Literal["quote", "connective", "table", "notice"]

ABSENT = "not in the knowledge base"
UNSUPPORTED = "not supported by the quotes"
EXTRACTIVE = "extractive"
READ_AS = "read_as"
"""The aspect of a part that says how a question was read."""

# What stands above suggestions, after an answer and in place of one.
NEXT = "Ask next"
INSTEAD = "The knowledge base can answer"


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands; `url` leads to a page that shows it, or is None.

    Of a document, `heading` is the path of headings above it, as "Deploy > Rolling back", and
    `is_markdown` says whether it is Markdown: `source` is the same as CommonMark that can be shown
    by itself, without the indentation of its place, and `remarks` are its admonitions: their first
    line in it, the one behind the last, and their kind. `highlight` is where in the section's text
    stands what clearly answers by itself, from and to (exclusive), if it is a piece of the quote.
    """

    number: int
    entry: str
    title: str
    section: str
    start: int
    end: int
    quote: str
    url: str | None = None
    heading: str | None = None
    is_markdown: bool = False
    source: str | None = None
    highlight: tuple[int, int] | None = None
    remarks: tuple[tuple[int, int, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The shape of the JSON contract; `source` of Markdown, others where there are some."""
        record = _record(self)
        if not self.is_markdown:
            del record["source"]
        names, told = ("first", "last", "kind"), ("highlight", "remarks")
        record["highlight"] = self.highlight and list(self.highlight)
        record["remarks"] = [dict(zip(names, one, strict=True)) for one in self.remarks]
        return {name: one for name, one in record.items() if one or name not in told}


@dataclass(frozen=True, slots=True)
class Closest:
    """A verbatim quote that is near to a question, but no answer to it, and where it stands."""

    entry: str
    section: str
    start: int
    end: int
    quote: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: quotes joined by a space, and the numbers of their citations."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect of a table; None where the knowledge base says nothing of it.

    `parts` are those of a compound name that the row explains, as they are written.
    """

    aspect: str
    cells: tuple[Cell | None, ...]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an answer.

    A `quote` is the text of its citations, joined by spaces; a `table` has `columns` (entry titles)
    and `rows`; a `notice` is a remark on the answer in the program's own words. A `connective` is
    text between quotes: a sentence that an LLM wrote, where one was asked to. `supported` says
    whether its citations support it, and is None for all that no LLM wrote.
    """

    kind: PartKind
    text: str
    citations: tuple[int, ...] = ()
    heading: str | None = None
    subject: str | None = None
    aspect: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    supported: bool | None = None

    @property
    def written(self) -> bool:
        """Whether an LLM wrote it."""
        return self.supported is not None

    def to_dict(self) -> dict[str, Any]:
        """The part in the shape of the JSON contract; `columns` and `rows` for tables only, and
        `supported` for what an LLM wrote."""
        record: dict[str, Any] = {
            "kind": self.kind,
            "heading": self.heading,
            "subject": self.subject,
            "aspect": self.aspect,
            "text": self.text,
            "citations": list(self.citations),
        }
        if self.kind == "table":
            record["columns"] = list(self.columns)
            record["rows"] = [
                {
                    "aspect": row.aspect,
                    "cells": [
                        cell and {"text": cell.text, "citations": list(cell.citations)}
                        for cell in row.cells
                    ],
                }
                for row in self.rows
            ]
        if self.written:
            record["supported"] = self.supported
        return record


@dataclass(frozen=True, slots=True)
class Step:
    """A step towards an answer: its next part (None while an LLM writes it), and what is known."""

    part: Part | None
    question: str
    read_as: str
    intent: Intent
    citations: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved entry: its id, the best section of a document, a score in [0, 1], higher is
    better, and the signals that it is made of: `names`, `words`, `vectors`, each in [0, 1]."""

    entry: str
    score: float
    why: dict[str, float]
    section: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The hit in the shape of the JSON contract."""
        return {
            "entry": self.entry,
            "section": self.section,
            "score": self.score,
            "why": dict(self.why),
        }


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper, a resource or a source of a cited entry: shown beside the answer, never quoted."""

    entry: str
    kind: Literal["paper", "resource", "source"]
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the question is about: ids of entries, and names that no entry owns."""

    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer cost, as the server of the LLM reported it; `cost` is in its currency, which
    is mostly US dollars, and None where it reported none."""

    prompt_tokens: int
    completion_tokens: int
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """What became of the sentences that an LLM wrote.

    Of `sentences` that were checked, `supported` hold; the others were dropped or marked.
    `invalid_citations` counts citations of what the LLM was not given, which were removed.
    `fallback` says why quotes are given instead, or after what was written; None if they are not.
    """

    model: str
    sentences: int = 0
    supported: int = 0
    invalid_citations: int = 0
    fallback: str | None = None
    usage: Usage | None = None

    @property
    def unsupported(self) -> int:
        """How many of the sentences that were checked are not supported."""
        return self.sentences - self.supported

    def to_dict(self) -> dict[str, Any]:
        """The record in the shape of the JSON contract."""
        return {**asdict(self), "unsupported": self.unsupported}


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """The values of the answer to one question.

    `read_as` is the question complete in itself, as a follow-up is read. `confidence` is the
    calibrated probability, in [0, 1], that it is answered here. `retrieved` is ordered, best first.
    `backend` is "extractive", or names the LLM that wrote; `writing` says what became of its
    sentences, and is None where none was asked to write. `closest` has what is nearest to a
    question whose answer is withheld, at most two quotes; it is empty otherwise. `did_you_mean` is
    the question with misspelt names put right, as which it was read, or, where the answer is
    withheld, one that may be meant. `index` names the generation of the index that it came from.
    `explanation` says, line by line and where asked for, why the entries and sentences were chosen.
    """

    question: str
    read_as: str
    status: Status
    confidence: float
    intent: Intent
    text: str
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    retrieved: tuple[Hit, ...]
    subjects: Subjects
    suggestions: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    backend: str = EXTRACTIVE
    writing: Writing | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)
    explanation: tuple[str, ...] = ()
    closest: tuple[Closest, ...] = ()
    did_you_mean: str | None = None
    index: str = ""

    @property
    def answered(self) -> bool:
        """Whether the answer says anything: it is not an abstention."""
        return self.status != "abstained"

    def to_dict(self) -> dict[str, Any]:
        """The answer in the shape of the JSON contract."""
        return {
            "question": self.question,
            "read_as": self.read_as,
            "status": self.status,
            "confidence": self.confidence,
            "intent": self.intent,
            "text": self.text,
            "parts": [part.to_dict() for part in self.parts],
            "citations": [citation.to_dict() for citation in self.citations],
            "closest": [_record(closest) for closest in self.closest],
            "retrieved": [hit.to_dict() for hit in self.retrieved],
            "subjects": {name: list(ids) for name, ids in _record(self.subjects).items()},
            "did_you_mean": self.did_you_mean,
            "suggestions": list(self.suggestions),
            "references": [_record(reference) for reference in self.references],
            "backend": self.backend,
            "index": self.index,
            "writing": self.writing and self.writing.to_dict(),
            "timings_ms": dict(self.timings_ms),
        }


def _record(value: Citation | Closest | Reference | Subjects) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}
