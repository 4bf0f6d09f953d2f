"""Outcomes: the ranking and the answer of one question, measured against its labels.

A measure is None where it has no meaning: the nDCG of a question that no entry answers, say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from entrywise.data.words import word_count
from entrywise.index.index import Index
from entrywise.rag.answer import Citation, Status, Writing
from entrywise.rag.evaluation.answer_recall import conveys, conveys_strictly, shows
from entrywise.rag.evaluation.metrics import ndcg_at, recall_at
from entrywise.rag.evaluation.questions import LabelledQuestion
from entrywise.rag.render.answer import Answer

# A reader looks at the first few; so do nDCG and recall.
TOP = 5


@dataclass(frozen=True, slots=True)
class Ranking:
    """The entries that a retriever found for a question, best first, and the texts that it shows of
    them: quotes or chunks, or None where it only finds."""

    question: LabelledQuestion
    entries: tuple[str, ...]
    texts: tuple[str, ...] | None = None

    @property
    def ndcg(self) -> float | None:
        """nDCG@5 with the gain 2^grade - 1; None where nothing is relevant."""
        relevant = self.question.relevant
        return ndcg_at(self.entries, relevant, TOP) if relevant else None

    @property
    def recall(self) -> float | None:
        """Recall@5 of the relevant entries; None where nothing is relevant."""
        relevant = self.question.relevant
        return recall_at(self.entries, relevant, TOP) if relevant else None

    @property
    def is_first(self) -> bool | None:
        """Whether a relevant entry is the first; None where nothing is relevant."""
        relevant = self.question.relevant
        return any(entry in relevant for entry in self.entries[:1]) if relevant else None

    @property
    def shown(self) -> bool | None:
        """Whether a labelled text stands in what it shows; None where none is labelled."""
        wanted = self.question.shown
        return shows(self.texts, wanted) if wanted and self.texts is not None else None

    @property
    def must_retrieved(self) -> bool | None:
        """Whether every `must` entry is among the first five; None without any."""
        must = self.question.must
        return set(must) <= set(self.entries[:TOP]) if must else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question's ranking and answer, measured.

    `conveyed` and `conveyed_strictly` are shares of the labelled sentences (`answer_recall.py`),
    `precision` is the share of the cited entries that are relevant (None where none is cited, or
    none is relevant), `exact` says whether everything quoted stands where it is cited, `words`
    counts the words outside tables, `milliseconds` is the time that the answer took, and `writing`
    says what became of what an LLM wrote, if one was asked.
    """

    ranking: Ranking
    status: Status
    confidence: float
    must_cited: bool | None
    conveyed: float | None
    conveyed_strictly: float | None
    precision: float | None
    exact: bool
    words: int
    milliseconds: float
    writing: Writing | None = None

    @property
    def question(self) -> LabelledQuestion:
        """The labelled question."""
        return self.ranking.question

    @property
    def answered(self) -> bool:
        """Whether the answer was given, in whole or in part."""
        return self.status != "abstained"


def measure(
    answer: Answer, question: LabelledQuestion, index: Index, milliseconds: float
) -> Outcome:
    """Measure an answer against the labels of its question.

    Raises:
        KeyError: the labels name an entry that the index does not have.
    """
    cited = {citation.entry for citation in answer.citations}
    relevant, must, spans = question.relevant, question.must, question.answer_spans
    places = [(answer.citations, span, index.entry(entry)) for entry, span in spans.items()]
    return Outcome(
        ranking=Ranking(
            question,
            tuple(hit.entry for hit in answer.retrieved),
            tuple(citation.quote for citation in answer.citations),
        ),
        status=answer.status,
        confidence=answer.confidence,
        must_cited=set(must) <= cited if must else None,
        conveyed=_share(conveys(*place) for place in places),
        conveyed_strictly=_share(conveys_strictly(*place) for place in places),
        precision=_share(entry in relevant for entry in cited) if relevant else None,
        exact=is_exact(answer, index),
        words=sum(word_count(part.text) for part in answer.parts if part.kind != "table"),
        milliseconds=milliseconds,
        writing=answer.writing,
    )


def is_exact(answer: Answer, index: Index) -> bool:
    """Whether every citation's quote stands in its place, and every quoted text is made of them,
    one after the other, whatever space is between."""
    quotes = {citation.number: citation.quote.split() for citation in answer.citations}
    stands = all(_stands(citation, index) for citation in answer.citations)
    return stands and all(
        set(numbers) <= quotes.keys()
        and text.split() == list(chain(*map(quotes.__getitem__, numbers)))
        for text, numbers in _quoted(answer)
    )


def _stands(citation: Citation, index: Index) -> bool:
    try:
        text = index.entry(citation.entry).text(citation.section)
    except KeyError:
        return False
    return text[citation.start : citation.end] == citation.quote


def _quoted(answer: Answer) -> Iterable[tuple[str, tuple[int, ...]]]:
    """Every text that an answer shows as quoted, and the numbers of its citations."""
    for part in answer.parts:
        if part.kind == "quote":
            yield part.text, part.citations
        for row in part.rows:
            yield from ((cell.text, cell.citations) for cell in row.cells if cell is not None)


def _share(values: Iterable[bool]) -> float | None:
    counted = list(values)
    return sum(counted) / len(counted) if counted else None
