"""Claims about both, all, each, either, neither and only, against quotes of one and of every one.

`claims.quantified.jsonl` and `claims.quantified.heldout.jsonl` name the subjects that were asked
about; nothing was fitted to the second.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.llm.checks.subjects import Told, overstatement, unquoted_subject, without_count
from entrywise.rag.llm.checks.units import Units
from entrywise.rag.llm.checks.verifier import Checker
from entrywise.rag.llm.checks.vocabulary import Names

HERE = Path(__file__).parent

GQA = "GQA makes the KV cache 8 times smaller."
MLA = "It makes the cache 14 times smaller, without loss of quality."
QUOTES = {"gqa": GQA, "mla": MLA}


def word(index: Index, claim: str, *entries: str, subjects: tuple[str, ...] = ()) -> str | None:
    """What is overstated by a claim on the quotes of some entries."""
    told = [Told(index.ordinals[entry], QUOTES[entry]) for entry in entries]
    asked = [index.ordinals[entry] for entry in subjects]
    return overstatement(claim, told, Names(index), subjects=asked)


@pytest.mark.parametrize(
    ("name", "passing", "caught"),
    [
        ("claims.quantified.jsonl", (19, 19), (26, 26)),
        ("claims.quantified.heldout.jsonl", (20, 23), (27, 27)),
    ],
)
def test_what_is_said_of_all_is_quoted_of_each(
    name: str, passing: tuple[int, int], caught: tuple[int, int], glossary_index: Index
) -> None:
    ordinals = glossary_index.ordinals
    checker = Checker(glossary_index, Units(domain_of(glossary_index).units))
    right: dict[bool, list[bool]] = {True: [], False: []}
    for line in (HERE / name).read_text("utf-8").splitlines():
        row = json.loads(line)
        quotes = [Told(ordinals[one["entry"]], one["quote"]) for one in row["evidence"]]
        asked = [ordinals[entry] for entry in row["subjects"]]
        passes = checker.fault(row["sentence"], quotes, subjects=asked) is None
        right[row["supported"]].append(passes == row["supported"])
    assert (len(right[True]), len(right[False])) == (passing[1], caught[1])
    assert sum(right[True]) >= passing[0]
    assert sum(right[False]) >= caught[0]


@pytest.mark.parametrize(
    "claim",
    [
        "Both make the cache smaller.",
        "Both variants make the cache smaller.",
        "GQA and MLA both make the cache smaller.",
        "Each of them makes the cache smaller.",
        "Either variant makes the cache smaller.",
        "They all make the cache smaller.",
    ],
)
def test_each_needs_a_quote_of_its_own(claim: str, small_index: Index) -> None:
    asked = ("gqa", "mla")
    assert word(small_index, claim, "gqa", "mla", subjects=asked) is None
    assert word(small_index, claim, "mla", subjects=asked)
    assert word(small_index, claim.replace("smaller", "8 times smaller"), "gqa", "mla")


def test_the_subjects_are_those_that_are_quoted_where_one_thing_was_asked_about(
    small_index: Index,
) -> None:
    assert word(small_index, "Both make the cache smaller.", "gqa", "mla") is None
    assert word(small_index, "Both make the cache smaller.", "gqa") == "both"


def test_neither_loses_where_each_quote_denies_a_loss(small_index: Index) -> None:
    assert word(small_index, "Neither variant has a loss of quality.", "gqa", "mla") == "neither"
    assert word(small_index, "Neither GQA nor MLA has a loss of quality.", "mla") == "neither"


@pytest.mark.parametrize(
    "claim",
    [
        "MLA makes both cache and loss smaller.",
        "All times are smaller.",
        "Heads make each other smaller.",
        "Not all of it is smaller.",
    ],
)
def test_what_is_no_subject_is_left_to_other_rules(claim: str, small_index: Index) -> None:
    assert word(small_index, claim, "mla", subjects=("gqa", "mla")) is None


def test_only_needs_a_quote_that_restricts(small_index: Index) -> None:
    assert word(small_index, "Only GQA makes the cache smaller.", "gqa") == "only"
    assert word(small_index, "GQA makes the cache only 8 times smaller.", "gqa") is None
    told = [Told(small_index.ordinals["gqa"], "Only the keys of GQA are shared.")]
    assert overstatement("GQA shares keys only.", told, Names(small_index)) is None


def test_they_are_all_that_were_asked_about(small_index: Index) -> None:
    claim = "They make the cache 14 times smaller."
    assert word(small_index, claim, "mla", subjects=("gqa", "mla")) == "all"
    assert word(small_index, claim, "mla", subjects=("mla",)) is None


@pytest.mark.parametrize(
    ("claim", "entries", "other"),
    [
        ("GQA makes the cache 14 times smaller.", ("mla",), "gqa"),
        ("MLA makes it smaller, while GQA has no loss of quality.", ("mla",), "gqa"),
        ("GQA has no loss of quality.", ("mla", "gqa"), "gqa"),
        ("GQA makes the cache smaller, while MLA has no loss of quality.", ("mla", "gqa"), None),
        ("GQA makes the cache smaller than MLA does.", ("mla",), None),
        ("The cache is smaller with GQA.", ("mla",), None),
    ],
)
def test_what_a_clause_opens_with_is_what_the_quotes_are_of(
    claim: str, entries: tuple[str, ...], other: str | None, small_index: Index
) -> None:
    told = [Told(small_index.ordinals[entry], QUOTES[entry]) for entry in entries]
    found = unquoted_subject(claim, told, Names(small_index))
    assert found == (small_index.ordinals[other] if other else None)


def test_the_number_of_the_subjects_is_no_number_of_the_quotes() -> None:
    three = [Told(entry, "") for entry in range(3)]
    assert without_count("All three save 8 bits.", (), three) == "All  save 8 bits."
    assert without_count("All two save 8 bits.", (), three) == "All two save 8 bits."
