"""What readers of other people's documents are shown: by this system, and by three chunks.

    own(assistant, questions)                  one reply to each question, from Entrywise
    three_chunks(pages, encoder, questions)    from what is mostly built by hand instead
    measured(replies)                          the figures of a row of the table

A row of `questions.jsonl`: `id`, `question`, `scope` (`in`, `near`, `far`), `pages` (ids of the
pages that answer) and `shown` (texts, one of which has to be read by who wants the answer).
"""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from entrywise import Assistant
from entrywise.index.encoders.base import Encoder, Passage
from entrywise.rag.evaluation.answer_recall import shows
from entrywise.rag.evaluation.metrics import auroc
from entrywise.rag.evaluation.summary import Mean, mean

LONGEST = 1000
"""Characters of a chunk: 1,000 is what splitters of text cut at where nobody sets it."""
SHOWN = 3
"""Chunks that are shown."""

_HEADING = re.compile(r"^(?=#{1,6} )", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the ids of the pages that answer it, and texts that do; both empty if none."""

    id: str
    text: str
    is_in_scope: bool
    pages: frozenset[str]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: ids of pages, best first, and the quotes; `confidence`, higher is surer, is
    in [0, 1] for this system and a cosine for chunks."""

    question: Question
    pages: tuple[str, ...]
    quotes: tuple[str, ...]
    is_withheld: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of questions, in [0, 1]; `words` is the median of the words quoted, and `auroc` tells
    by confidence the questions that are answered somewhere from those that are not."""

    answered: float
    withheld: float
    first: float
    first_five: float
    shown: Mean
    words: float
    auroc: float


def read_questions(path: Path) -> list[Question]:
    """The questions of a file of JSON Lines."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Question(
            row["id"],
            row["question"],
            row["scope"] == "in",
            frozenset(row["pages"]),
            tuple(row["shown"]),
        )
        for row in rows
    ]


def own(assistant: Assistant, questions: Iterable[Question]) -> list[Reply]:
    """What Entrywise answers; nothing of an answer that is withheld is shown."""
    replies = []
    for question in questions:
        answer = assistant.ask(question.text, llm=False)
        pages = dict.fromkeys(hit.entry.partition("#")[0] for hit in answer.retrieved)
        quotes = [citation.quote for citation in answer.citations] if answer.answered else []
        replies.append(
            Reply(
                question,
                tuple(pages),
                tuple(quotes),
                is_withheld=not answer.answered,
                confidence=answer.confidence,
            )
        )
    return replies


def three_chunks(
    pages: dict[str, str], encoder: Encoder, questions: Iterable[Question]
) -> list[Reply]:
    """The three chunks whose vectors are nearest to that of the question, whatever it asks.

    Args:
        pages: {id of a page: its source}.
    """
    pieces = [(page, chunk) for page, text in pages.items() for chunk in chunks(text)]
    encoded = encoder.encode_passages(Passage(chunk) for _, chunk in pieces)
    vectors = np.stack([passage.vector for passage in encoded])
    replies = []
    for question in questions:
        nearness = vectors @ encoder.encode_query(question.text).vector
        ranked = np.argsort(-nearness, kind="stable")
        found = [pieces[place] for place in ranked]
        replies.append(
            Reply(
                question,
                tuple(dict.fromkeys(page for page, _ in found)),
                tuple(chunk for _, chunk in found[:SHOWN]),
                is_withheld=False,
                confidence=float(nearness[ranked[0]]),
            )
        )
    return replies


def chunks(text: str) -> Iterator[str]:
    """A page cut at its headings, and between paragraphs where that leaves more than LONGEST
    characters; each chunk but the first of a section begins with the section's heading again."""
    for section in _HEADING.split(text):
        heading, _, _ = section.partition("\n") if section.startswith("#") else ("", "", "")
        heading = heading[: LONGEST // 2]
        chunk = ""
        for piece in _pieces(section, LONGEST - len(heading) - 2):
            if chunk and len(chunk) + 2 + len(piece) > LONGEST:
                if chunk != heading:
                    yield chunk
                chunk = heading
            chunk = f"{chunk}\n\n{piece}".strip()
        if chunk:
            yield chunk


def _pieces(section: str, longest: int) -> Iterator[str]:
    """The paragraphs of a section, those that are too long in pieces."""
    for paragraph in _BLANK_LINES.split(section.strip()):
        for start in range(0, len(paragraph), longest):
            yield paragraph[start : start + longest]


def measured(replies: Sequence[Reply]) -> Figures:
    """The figures of the replies to all questions of a collection, some of which it answers."""
    inside = [reply for reply in replies if reply.question.is_in_scope]
    outside = [reply for reply in replies if not reply.question.is_in_scope]
    words = [sum(len(quote.split()) for quote in reply.quotes) for reply in replies if reply.quotes]
    return Figures(
        answered=statistics.fmean(not reply.is_withheld for reply in inside),
        withheld=statistics.fmean(reply.is_withheld for reply in outside),
        first=statistics.fmean(_is_found(reply, 1) for reply in inside),
        first_five=statistics.fmean(_is_found(reply, 5) for reply in inside),
        shown=mean([float(is_shown(reply)) for reply in inside]),
        words=statistics.median(words) if words else 0,
        auroc=auroc(
            [reply.confidence for reply in inside], [reply.confidence for reply in outside]
        ),
    )


def _is_found(reply: Reply, k: int) -> bool:
    """Whether a page that answers is among the first `k`."""
    return not reply.question.pages.isdisjoint(reply.pages[:k])


def is_shown(reply: Reply) -> bool:
    """Whether one of the texts that answer stands in the quotes."""
    return shows(reply.quotes, reply.question.shown)
