from __future__ import annotations

from dataclasses import replace
from math import log2

import pytest

from entrywise.index.index import Index
from entrywise.rag.answer import Cell, Citation, Hit, Part, Row, Subjects
from entrywise.rag.assistant import Assistant
from entrywise.rag.evaluation.outcome import Ranking, is_exact, measure
from entrywise.rag.evaluation.questions import LabelledQuestion
from entrywise.rag.render.answer import Answer

QUESTION = LabelledQuestion(
    id="c1",
    question="GQA vs MLA",
    type="comparison",
    scope="in",
    relevant={"gqa": 2, "mla": 1},
    must=("gqa", "mla"),
    answer_spans={
        "gqa": "Several query heads share one key head and one value head.",
        "mla": "DeepSeek-V2 introduced MLA.",
    },
    source="",
)
FAR = replace(QUESTION, scope="far", relevant={}, must=(), answer_spans={})
GQA = Citation(1, "gqa", "GQA", "oneliner", 0, 19, "Several query heads")
LORA = Citation(2, "lora", "LoRA", "name", 0, 4, "LoRA")
QUOTED = Part("quote", "Several query heads LoRA", (1, 2))
TABLE = Part("table", "in a table", (1,), rows=(Row("it", (Cell(GQA.quote, (1,)), None)),))
ANSWER = Answer(
    question="GQA vs MLA",
    read_as="GQA vs MLA",
    status="partial",
    confidence=0.7,
    intent="comparison",
    text="",
    parts=(QUOTED, Part("notice", "And more."), TABLE),
    citations=(GQA, LORA),
    retrieved=(Hit("lora", 0.9, {}), Hit("gqa", 0.8, {})),
    subjects=Subjects(),
)


def test_a_ranking_is_measured_over_its_first_five() -> None:
    ranking = Ranking(QUESTION, ("lora", "gqa", "x", "y", "z", "mla"))
    assert ranking.ndcg == pytest.approx((3 / log2(3)) / (3 + 1 / log2(3)))
    assert ranking.recall == 0.5
    assert ranking.must_retrieved is False
    assert Ranking(QUESTION, ("x", "y", "z", "mla", "gqa")).must_retrieved is True


def test_a_relevant_entry_is_first_or_not() -> None:
    assert Ranking(QUESTION, ("mla", "lora")).is_first is True
    assert Ranking(QUESTION, ("lora", "mla")).is_first is False
    assert Ranking(QUESTION, ()).is_first is False
    assert Ranking(FAR, ("mla",)).is_first is None


def test_what_is_shown_is_measured_where_texts_are_labelled(small_index: Index) -> None:
    labelled = replace(QUESTION, shown=("nowhere", "several  QUERY\nheads"))
    assert measure(ANSWER, labelled, small_index, 1).ranking.shown is True
    withheld = replace(ANSWER, status="abstained", parts=(), citations=())
    assert measure(withheld, labelled, small_index, 1).ranking.shown is False
    assert measure(ANSWER, QUESTION, small_index, 1).ranking.shown is None
    assert Ranking(labelled, ("gqa",)).shown is None


def test_blocks_of_documents_are_quoted_exactly_whatever_space_is_between(
    harbour_index: Index,
) -> None:
    with_blocks = Assistant(harbour_index).ask("how do I book a berth?")
    assert any("\n\n" in part.text for part in with_blocks.parts)
    assert is_exact(with_blocks, harbour_index)
    first, *others = with_blocks.parts
    wrong = replace(with_blocks, parts=(replace(first, text=first.text[:-1]), *others))
    assert not is_exact(wrong, harbour_index)


def test_what_has_no_labels_has_no_measures() -> None:
    ranking = Ranking(FAR, ("lora",))
    assert (ranking.ndcg, ranking.recall, ranking.must_retrieved) == (None, None, None)


def test_an_answer_is_measured_against_its_labels(small_index: Index) -> None:
    outcome = measure(ANSWER, QUESTION, small_index, 1.5)
    assert outcome.ranking.entries == ("lora", "gqa")
    assert (outcome.status, outcome.answered, outcome.confidence) == ("partial", True, 0.7)
    assert outcome.must_cited is False
    assert (outcome.conveyed, outcome.conveyed_strictly) == (0.5, 0.5)
    assert outcome.precision == 0.5
    assert outcome.exact
    assert outcome.words == len("Several query heads LoRA And more.".split())
    assert outcome.milliseconds == 1.5


def test_the_loose_and_the_strict_share_differ_where_other_words_say_the_same(
    small_index: Index,
) -> None:
    spans = {"mla": "DeepSeek-V2 introduced MLA."}
    said = replace(GQA, entry="lora", quote="DeepSeek V2 introduced it")
    outcome = measure(
        replace(ANSWER, citations=(said,)), replace(QUESTION, answer_spans=spans), small_index, 1
    )
    assert (outcome.conveyed, outcome.conveyed_strictly) == (1.0, 0.0)


def test_an_abstention_conveys_nothing_and_has_no_precision(small_index: Index) -> None:
    withheld = replace(ANSWER, status="abstained", parts=(), citations=())
    outcome = measure(withheld, QUESTION, small_index, 1)
    assert (outcome.answered, outcome.conveyed, outcome.precision) == (False, 0.0, None)
    outside = measure(ANSWER, FAR, small_index, 1)
    assert (outside.precision, outside.conveyed, outside.must_cited) == (None, None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ANSWER, citations=(replace(GQA, end=20), LORA)),
        replace(ANSWER, citations=(replace(GQA, section="missing"), LORA)),
        replace(ANSWER, citations=(replace(GQA, entry="missing"), LORA)),
        replace(ANSWER, parts=(replace(QUOTED, text="Several query heads, LoRA"),)),
        replace(ANSWER, parts=(replace(QUOTED, citations=(1, 3)),)),
        replace(ANSWER, parts=(replace(TABLE, rows=(Row("it", (Cell("heads", (1,)),)),)),)),
    ],
    ids=["offset", "section", "entry", "joined", "number", "cell"],
)
def test_a_quote_that_is_not_what_is_cited_is_noticed(small_index: Index, wrong: Answer) -> None:
    assert is_exact(ANSWER, small_index)
    assert not is_exact(wrong, small_index)
