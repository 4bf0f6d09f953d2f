"""The small bodies of the API: requests, which are checked strictly, and responses that are no
answer or entry."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from entrywise.rag.answer import Status
from entrywise.rag.journey import DEFAULT_TOP
from entrywise.rag.understand.input import MAX_CHARACTERS
from entrywise.web.schemas.base import Body, described
from entrywise.web.served.votes import Direction

MOST_HITS = 1_000
"""As many as the setting `top` allows."""

LONGEST_HISTORY = 50
"""Each earlier question is read again to complete the next: 50 cost as much as two answers."""

LONGEST_COMMENT = 2_000

LONGEST_ID = 1_000
"""Ids are the paths of documents at most."""

MOST_CITED = 50
"""More entries than any answer cites: with the other limits, it bounds what one vote takes."""


class Question(Body):
    """A question, with the questions that were asked before it."""

    question: str = described(f"At most {MAX_CHARACTERS:,} characters.", "{question}")
    history: list[str] = described(
        "The questions asked before in this conversation, oldest first.",
        ["{another_question}"],
        [],
        max_length=LONGEST_HISTORY,
    )
    top: int = described(
        "How many retrieved entries the answer lists.", 10, DEFAULT_TOP, ge=1, le=MOST_HITS
    )
    llm: bool = described(
        "Let the LLM write the answer from quotes, if the server has one.", False, False
    )
    formulas: Literal["latex", "text"] = described(
        "How formulas are written in the texts of parts: as the knowledge base has them, or "
        "readable without typesetting. Quotes of citations stay verbatim.",
        "text",
        "latex",
    )


class Query(Body):
    """Words to search for."""

    query: str = described("The words.", "{words}")
    limit: int = described("How many entries are returned.", 10, DEFAULT_TOP, ge=1, le=MOST_HITS)


class Feedback(Body):
    """A vote on an answer."""

    question: str = described(
        "The question that was answered.", "{question}", min_length=1, max_length=MAX_CHARACTERS
    )
    vote: Direction = described("Whether the answer helped.", "up")
    comment: str = described(
        f"Why, in at most {LONGEST_COMMENT:,} characters.",
        "I wanted an example.",
        "",
        max_length=LONGEST_COMMENT,
    )
    answer_status: Status = described("The status of the answer.", "answered")
    entries: list[Annotated[str, Field(max_length=LONGEST_ID)]] = described(
        "The ids of the entries that were cited.", ["{entry}"], [], max_length=MOST_CITED
    )
    id: str = described(
        "A random text of your own: a vote that is sent again with it, with a comment or the other "
        "way round, replaces the first.",
        "0b6c1d1e",
        "",
        max_length=LONGEST_ID,
    )


class SuggestionBody(Body):
    """What is being typed may become this."""

    kind: Literal["entry", "page", "section", "question", "passage", "example"] = described(
        "What it is.", "entry"
    )
    text: str = described("What it is called, or asks.", "{name}")
    what: str = described("What it is, in one line; empty where the text says it.", "{oneliner}")
    place: str = described("Where it lies: a category, or the headings above it.", "{category}")
    path: str = described("The path of its page.", "/entry/{entry}")


class Health(Body):
    """The server runs."""

    status: Literal["ok"] = described("Always the same.", "ok")


class Readiness(Body):
    """The server answers, from this knowledge base."""

    status: Literal["ready"] = described("Always the same.", "ready")
    title: str = described("The name of the knowledge base.", "{title}")
    entries: int = described("How many entries it has.", "{entries}")
    encoder: str = described("What embeds the questions.", "all-MiniLM-L6-v2")
    generation: str = described("Which index answers, as answers name it.", "5f0c1d2e3a4b5c6d")


class Problem(Body):
    """What went wrong (RFC 9457)."""

    type: str = described("Always about:blank: the title says it.", "about:blank")
    title: str = described("The status in words.", "Not Found")
    status: int = described("The status of the response.", 404)
    detail: str = described(
        "What is wrong, and the remedy.", "no entry has the id 'nope'; /api/entries lists them all"
    )
