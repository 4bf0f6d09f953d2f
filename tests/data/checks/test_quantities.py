from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.checks.quantities import disagreements, quantities
from entrywise.data.entries import Entry, KnowledgeBase, Section


def entry(name: str, text: str) -> Entry:
    return Entry(name, name, "a", (Section("text", text),))


def test_a_quantity_is_a_number_behind_a_name() -> None:
    (found,) = quantities(
        entry("a", "Fast. The RTX 4090s have a memory of ~1,008.5 GB/s, it is said.")
    )
    assert found.names == frozenset({"RTX 4090"})
    assert found.words == frozenset({"memory"})
    assert (found.value, found.unit) == (1008.5, "GB/s")
    assert (found.entry, found.section, found.quote) == (
        "a",
        "text",
        "RTX 4090s have a memory of ~1,008.5 GB/s",
    )


@pytest.mark.parametrize(
    "text",
    [
        "models score above 88 percent",
        "A 70B model needs 140 GB",
        "in Llama 2 70B and Llama 2 7B",
        "the H100 came out in the year of 2022, with 80 GB",
        "an H100 is much faster than most of the older cards at 80 GB",
        "an A100-80GB",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert list(quantities(entry("a", text))) == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("the H100 has 3.35 TB/s", "an H100 with bandwidth of 2 TB/s", True),
        ("the H100 has 3.35 TB/s", "an H100 at 3.3 TB/s", False),
        ("the H100 has 3.35 TB/s", "the A100 has 2 TB/s", False),
        ("the H100 has 3.35 TB/s", "the H100 has 80 GB", False),
        ("the H100 has memory of 80 GB", "the H100 has cache of 5 GB", False),
        ("A100 with 40 GB; A100 with 80 GB", "A100 with 80 GB", False),
        ("a dog", "the H100 has 80 GB", False),
    ],
)
def test_only_other_numbers_for_the_same_thing_disagree(one: str, other: str, differ: bool) -> None:
    found = list(disagreements(KnowledgeBase((entry("a", one), entry("b", other)))))
    assert [(first.entry, second.entry) for first, second in found] == [("a", "b")] * differ


def test_an_entry_may_contradict_itself_only_in_the_eyes_of_another() -> None:
    assert list(disagreements(KnowledgeBase((entry("a", "A100 has 40 GB; A100 has 80 GB"),)))) == []


def test_long_lists_of_numbers_take_linear_time() -> None:
    assert grows_linearly(lambda count: list(quantities(entry("a", "0," * count))), 50_000)
    assert list(quantities(entry("a", "0," * 1_000))) == []
