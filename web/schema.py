"""The bodies of the API: what is read, checked strictly, and what is written, for OpenAPI.

Answers are written by `Answer.to_dict`; the shapes here describe them and are not applied to them
(a test holds the two together). Where the JSON is a frozen value's own shape, that value is used.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from entrywise.data.entries import Entry
from entrywise.rag.answer import (
    Citation,
    Hit,
    Intent,
    PartKind,
    Reference,
    Row,
    Status,
    Subjects,
    Writing,
)
from entrywise.rag.assistant import DEFAULT_TOP, MAX_CHARACTERS
from entrywise.web.feedback import Direction

MOST_HITS = 1_000
"""As many as the setting `top` allows."""

LONGEST_HISTORY = 50
"""Each earlier question is read again to complete the next: 50 cost about as much as one answer."""

LONGEST_COMMENT = 2_000

LONGEST_ID = 1_000
"""Ids are the paths of documents at most."""

MOST_CITED = 50
"""More entries than any answer cites: with the other limits, it bounds what one vote takes."""


class Body(BaseModel):
    """A JSON object in which nothing is converted and nothing unknown is let through."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Question(Body):
    """A question, with the questions that were asked before it."""

    question: str = Field(
        description=f"At most {MAX_CHARACTERS:,} characters.", examples=["what is GQA?"]
    )
    history: list[str] = Field(
        default=[],
        max_length=LONGEST_HISTORY,
        description="The questions asked before in this conversation, oldest first.",
    )
    top: int = Field(
        default=DEFAULT_TOP,
        ge=1,
        le=MOST_HITS,
        description="How many retrieved entries the answer lists.",
    )
    llm: bool = Field(
        default=False,
        description="Let the LLM write the answer from quotes, if the server has one.",
    )
    formulas: Literal["latex", "text"] = Field(
        default="latex",
        description="How formulas are written in the texts of parts: as the knowledge base has "
        "them, or readable without typesetting. Quotes of citations stay verbatim.",
    )


class Query(Body):
    """Words to search for."""

    query: str = Field(examples=["smaller KV cache"])
    limit: int = Field(
        default=DEFAULT_TOP, ge=1, le=MOST_HITS, description="How many entries are returned."
    )


class Feedback(Body):
    """A vote on an answer."""

    question: str = Field(
        min_length=1, max_length=MAX_CHARACTERS, description="The question that was answered."
    )
    vote: Direction
    comment: str = Field(
        default="",
        max_length=LONGEST_COMMENT,
        description=f"Why, in at most {LONGEST_COMMENT:,} characters.",
    )
    answer_status: Status
    entries: list[Annotated[str, Field(max_length=LONGEST_ID)]] = Field(
        default=[], max_length=MOST_CITED, description="The ids of the entries that were cited."
    )
    id: str = Field(
        default="",
        max_length=LONGEST_ID,
        description="A random text of your own: a vote that is sent again with it, with a comment "
        "or the other way round, replaces the first.",
    )


class Completion(Body):
    """An entry whose name may be what is being typed."""

    id: str
    name: str
    oneliner: str


class PartBody(Body):
    """A piece of an answer; `columns` and `rows` belong to tables only, `supported` to what an LLM
    wrote."""

    kind: PartKind
    heading: str | None
    subject: str | None
    aspect: str | None
    text: str
    citations: list[int]
    columns: list[str] = []
    rows: list[Row] = []
    supported: bool = Field(
        default=True, description="Whether its citations support it; of written sentences only."
    )


class AnswerBody(Body):
    """An answer: `entry.text(section)[start:end] == quote` holds for each of its citations."""

    question: str
    status: Status
    confidence: float
    intent: Intent
    text: str
    parts: list[PartBody]
    citations: list[Citation]
    retrieved: list[Hit]
    subjects: Subjects
    suggestions: list[str]
    references: list[Reference]
    backend: str
    writing: Writing | None
    timings_ms: dict[str, float]


class HitsBody(Body):
    """Entries that fit a query, best first."""

    hits: list[Hit]


class EntrySummary(Body):
    """An entry in a list."""

    id: str
    name: str
    expansion: str
    category: str
    oneliner: str


class EntriesBody(Body):
    """All entries, in the order of the knowledge base."""

    entries: list[EntrySummary]


class Health(Body):
    """The server runs."""

    status: Literal["ok"]


class Readiness(Body):
    """The server answers, from this knowledge base."""

    status: Literal["ready"]
    title: str
    entries: int
    encoder: str


class Problem(Body):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


def summary(entry: Entry) -> EntrySummary:
    """An entry for a list."""
    return EntrySummary(
        id=entry.id,
        name=entry.name,
        expansion=entry.expansion,
        category=entry.category,
        oneliner=entry.oneliner,
    )
