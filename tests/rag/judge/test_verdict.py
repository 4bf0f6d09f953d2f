from __future__ import annotations

from collections.abc import Callable

import pytest

from entrywise.index.index import Index
from entrywise.rag.judge.findings import Findings
from entrywise.rag.judge.verdict import decide

Finding = Callable[..., Findings]


@pytest.mark.parametrize(
    ("text", "threshold", "withheld"),
    [
        ("what is GQA?", 0.0, False),
        ("what is GQA?", 1.0, True),
        # No entry is about these, however sure the index is of something near.
        ("what is Foobarizer?", 0.0, True),
        ("what is MQA?", 0.0, True),
        ("how does Foobarizer compress keys and values?", 0.0, True),
        # One side is known.
        ("GQA vs Foobarizer", 1.0, False),
        ("difference between LoRA and MQA", 1.0, True),
        ("difference between LoRA and MQA", 0.0, False),
        ("what is GQA and what is Foobarizer?", 1.0, True),
    ],
)
def test_an_answer_is_withheld_for_what_is_unknown_or_unsure(
    find: Finding, small_index: Index, text: str, threshold: float, withheld: bool
) -> None:
    verdict = decide(find(text, small_index), small_index, threshold)
    assert (verdict.withheld, verdict.threshold) == (withheld, threshold)


def test_with_something_absent_it_is_a_part_of_an_answer(find: Finding, small_index: Index) -> None:
    given = decide(find("what is GQA?", small_index), small_index, 0.0)
    withheld = decide(find("what is GQA?", small_index), small_index, 1.0)

    assert given.status(complete=True) == "answered"
    assert given.status(complete=False) == "partial"
    assert withheld.status(complete=True) == withheld.status(complete=False) == "abstained"
