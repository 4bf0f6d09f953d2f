"""The shape of answers over HTTP, for OpenAPI.

`Answer.to_dict` writes them; what stands here describes that and is not applied to it (a test holds
the two together).
"""

from __future__ import annotations

from typing import Literal

from entrywise.rag.answer import Intent, PartKind, Status
from entrywise.web.schemas.base import Body, described

_QUOTE = "{quote}"


class RemarkBody(Body):
    """An admonition in a quote, by the lines of its `source`, counted from 0."""

    first: int = described("Its first line.", 0)
    last: int = described("The line behind its last one.", 1)
    kind: str = described("What its author calls it: `note`, `warning`.", "note")


class CitationBody(Body):
    """A verbatim quote, and where it stands: `entry.text(section)[start:end] == quote`."""

    number: int = described("What the marks in texts say, from 1.", 1)
    entry: str = described("The id of the entry.", "{entry}")
    title: str = described("The name of the entry.", "{name}")
    section: str = described("The section of the entry.", "{section}")
    start: int = described(
        "Where the quote begins in the section's text, in characters.", "{start}"
    )
    end: int = described("Where it ends, exclusive.", "{end}")
    quote: str = described("The text, letter by letter.", _QUOTE)
    url: str | None = described(
        "Where the entry comes from, if that is on the web; of a document its section.", None
    )
    heading: str | None = described(
        "Of a document, the headings above the quote: `Deploy > Rolling back`.", None
    )
    is_markdown: bool = described("Whether the quote is Markdown, as of documents.", False)
    source: str = described(
        "The quote as CommonMark that can be shown by itself: without the indentation of its "
        "place, and without what only its site's generator knows. Of Markdown only.",
        _QUOTE,
        "",
    )
    plain: str = described(
        "What it says, without markup; code and tables stand behind four blanks. Of Markdown only.",
        _QUOTE,
        "",
    )
    highlight: list[int] = described(
        "Where in the section's text stands what answers by itself: from, and to (exclusive), "
        "within the quote. Of documents only, and only where that is clear.",
        ["{start}", "{end}"],
        [],
    )
    remarks: list[RemarkBody] = described(
        "The admonitions in it, where it has some. Of documents only.",
        [{"first": 0, "last": 2, "kind": "warning"}],
        [],
    )


class ClosestBody(Body):
    """A verbatim quote that is near to the question, but no answer to it, and where it stands."""

    entry: str = described("The id of the entry.", "{entry}")
    section: str = described("The section of the entry.", "{section}")
    start: int = described(
        "Where the quote begins in the section's text, in characters.", "{start}"
    )
    end: int = described("Where it ends, exclusive.", "{end}")
    quote: str = described("The text, letter by letter.", _QUOTE)
    url: str | None = described("Where it is on the web, if it is there.", None)


class CellBody(Body):
    """A cell of a table: quotes joined by a space."""

    text: str = described("The quotes.", _QUOTE)
    citations: list[int] = described("The numbers of their citations.", [1])


class RowBody(Body):
    """A row of a table."""

    aspect: str = described("What the row is about.", "What it is")
    cells: list[CellBody | None] = described(
        "A cell for each column; null where the knowledge base says nothing.",
        [{"text": _QUOTE, "citations": [1]}, None],
    )


class BlockBody(Body):
    """A table of a document, or the text before or behind it."""

    text: str = described("What it says, of text.", "", "")
    header: list[str] = described("The names of the columns, of a table.", ["{name}"], [])
    rows: list[list[str]] = described("The cells of its rows.", [["1"]], [])
    citations: list[int] = described("The numbers of the citations that end with it.", [1])


class PartBody(Body):
    """A piece of an answer; `columns` and `rows` belong to tables only, `supported` to what an LLM
    wrote."""

    kind: PartKind = described(
        "A quote; a table of quotes; a notice on the answer itself; or a sentence between quotes.",
        "quote",
    )
    heading: str | None = described("What stands above it.", None)
    subject: str | None = described("The id of the entry that it is about.", "{entry}")
    aspect: str | None = described("What it says of its subject.", "mechanism")
    text: str = described("Its text, without marks; that of documents is Markdown.", _QUOTE)
    citations: list[int] = described("The numbers of its citations, in order.", [1])
    columns: list[str] = described(
        "The names of what a table compares.", ["{name}", "{another_name}"], []
    )
    rows: list[RowBody] = described(
        "The rows of a table.",
        [{"aspect": "What it is", "cells": [{"text": _QUOTE, "citations": [1]}, None]}],
        [],
    )
    blocks: list[BlockBody] = described(
        "What it says without markup, in blocks, where it has a table of a document.",
        [{"header": ["{name}", "{another_name}"], "rows": [["1", "2"]], "citations": [1]}],
        [],
    )
    supported: bool = described(
        "Whether the citations support it; of written sentences only.", True, True
    )


class WhyBody(Body):
    """What the score of an entry comes from; each share in [0, 1]."""

    names: float = described("Whether the question names it.", 1.0)
    words: float = described("Words in common: BM25, divided by the best entry's.", 0.8)
    vectors: float = described("Nearness of meaning: cosines.", 0.61)
    reranker: float | None = described(
        "What the reranker says, where one is set.",
        0.93,
        default=None,
        exclude_if=lambda said: said is None,
    )


class HitBody(Body):
    """A retrieved entry."""

    entry: str = described("The id of the entry.", "{entry}")
    section: str | None = described("Of a document, the section that fits best.", None)
    score: float = described("How well it fits, in [0, 1]; higher is better.", 0.97)
    why: WhyBody = described(
        "What the score comes from.", {"names": 1, "words": 0.8, "vectors": 0.61}
    )


class SubjectsBody(Body):
    """What a question is about."""

    known: list[str] = described(
        "The ids of the entries that it names.", ["{entry}", "{another_entry}"]
    )
    unknown: list[str] = described("The names in it that no entry has.", ["Foobar"])


class ReferenceBody(Body):
    """A paper, a resource or a source of a cited entry: beside the answer, never quoted."""

    entry: str = described("The id of the entry.", "{entry}")
    kind: Literal["paper", "resource", "source"] = described("What it is.", "paper")
    title: str = described("Its title.", "A title")
    url: str | None = described("Where it is.", "https://example.org/paper")


class UsageBody(Body):
    """What an LLM's server reported."""

    prompt_tokens: int = described("Tokens that were read.", 812)
    completion_tokens: int = described("Tokens that were written.", 96)
    cost: float | None = described("In the server's currency, if it reports that.", 0.0004)


class WritingBody(Body):
    """What became of the sentences that an LLM wrote."""

    model: str = described("The LLM.", "gemma3:4b")
    sentences: int = described("How many were checked.", 5)
    supported: int = described("How many of them their quotes support.", 4)
    unsupported: int = described("How many fell.", 1)
    invalid_citations: int = described("Citations of what it was not given.", 0)
    fallback: str | None = described("Why quotes are given instead, if they are.", None)
    usage: UsageBody | None = described(
        "What it cost, if that is known.",
        {"prompt_tokens": 812, "completion_tokens": 96, "cost": 0.0004},
    )


class TimingsBody(Body):
    """How long each stage took, in milliseconds."""

    parse: float = described("Reading the question.", 0.4)
    encode: float = described("Embedding it.", 2.1)
    retrieve: float = described("Finding entries.", 1.3)
    compose: float = described("Choosing and ordering quotes.", 2.4)
    write: float = described("Waiting for the LLM and checking it, if there was one.", 900.0, 0.0)


class AnswerBody(Body):
    """An answer: for each of its citations `entry.text(section)[start:end] == quote`."""

    question: str = described("The question as it was asked, on one line.", "{question}")
    read_as: str = described(
        "The question complete in itself: of a follow-up, what the history makes of it.",
        "{question}",
    )
    status: Status = described("Whether the knowledge base answers it.", "answered")
    confidence: float = described(
        "The calibrated probability, in [0, 1], that the knowledge base answers it.", 0.93
    )
    intent: Intent = described("What kind of question it is.", "definition")
    text: str = described("The whole answer as plain text with marks.", f"{_QUOTE} [1]")
    parts: list[PartBody] = described("The answer in pieces, in order.")
    citations: list[CitationBody] = described("The quotes, by number.")
    closest: list[ClosestBody] = described(
        "Of an abstention, what is near to the question: at most two quotes."
    )
    retrieved: list[HitBody] = described("The entries that were found, best first.")
    subjects: SubjectsBody = described("What it is about.")
    did_you_mean: str | None = described(
        "The question with misspelt names put right, or one that may be meant.", None
    )
    suggestions: list[str] = described("Questions to ask next.", ["{another_question}"])
    references: list[ReferenceBody] = described("What to read beside it.")
    backend: str = described("Who wrote it: `extractive`, or the LLM.", "extractive")
    index: str = described("The generation of the index that it came from.", "5f0c1d2e3a4b5c6d")
    writing: WritingBody | None = described("What became of an LLM's sentences.")
    timings_ms: TimingsBody = described("How long it took.")


class HitsBody(Body):
    """Entries that fit a query, best first."""

    hits: list[HitBody] = described("The entries.")
