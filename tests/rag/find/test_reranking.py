from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from stages import domain_of

from entrywise.index.index import Index
from entrywise.index.passages.chunks import heading
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.find.rerankers.base import Scores
from entrywise.rag.find.reranking import READ
from entrywise.rag.find.retrieval import look_up


class Preferring:
    """A reranker that wants one text, and remembers what it was given."""

    def __init__(self, wanted: str) -> None:
        self.sha256 = self._wanted = wanted
        self.read: list[str] = []

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        self.read = [*passages]
        return np.array([0.9 if self._wanted in text else 0.1 for text in passages])


def found(
    text: str, index: Index, limit: int, reranker: Preferring | None = None
) -> list[Candidate]:
    return look_up(text, index, domain_of(index), limit, reranker=reranker)[1]


def test_terms_come_in_its_order_with_scores_in_theirs(small_index: Index) -> None:
    text = "how can query heads share the key-value heads"
    plain = found(text, small_index, 10)
    last = small_index.entries[plain[-1].entry]
    reranker = Preferring(f"{last.name}")
    reranked = found(text, small_index, 10, reranker)
    assert reranked[0].entry == plain[-1].entry
    assert [one.score for one in reranked] == [one.score for one in plain]
    assert [one.reranked for one in reranked][:2] == [0.9, 0.1]
    # What it prefers alike stays in the order that it was in.
    rest = [one.entry for one in plain if one.entry != plain[-1].entry]
    assert [one.entry for one in reranked[1:]] == rest
    assert [one.reranked for one in plain] == [None] * len(plain)


def test_it_reads_the_nearest_passage_under_what_it_is_about(small_index: Index) -> None:
    reranker = Preferring("")
    (first, *_) = found("what is GQA?", small_index, 3, reranker)
    assert reranker.read[0].startswith("GQA (Grouped-Query Attention): ")
    assert len(reranker.read) == min(READ, len(small_index.entries))
    assert small_index.catalog.ids[first.entry] == "gqa"


def test_sections_of_documents_come_in_its_order_too(harbour_index: Index) -> None:
    text = "where can I stay for the night?"
    plain = found(text, harbour_index, 10)
    hits = sorted((hit for page in plain for hit in page.sections), key=lambda hit: -hit.score)
    wanted = hits[min(4, len(hits) - 1)]
    reranker = Preferring(heading(harbour_index.entries[wanted.entry], wanted.section))
    first = found(text, harbour_index, 10, reranker)[0]
    assert (first.entry, first.sections[0].section) == (wanted.entry, wanted.section)
    assert first.sections[0].score == hits[0].score
    assert first.reranked == 0.9


def test_earlier_answers_of_a_conversation_come_in_its_order(harbour_index: Index) -> None:
    reranker = Preferring("lifeboat")
    assistant = Assistant(harbour_index, threshold=0.0, reranker=reranker)
    assistant.ask("tell me more", history=["who keeps the lifeboats?"])
    assert reranker.read
    answers = assistant.ask_many(["fuel berth"], progress=False, processes=2)
    assert answers[0].retrieved[0].why["reranker"] in (0.1, 0.9)
