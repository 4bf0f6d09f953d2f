from __future__ import annotations

import pytest
from stages import understood

from entrywise.index.index import Index
from entrywise.rag.understand.comparison import (
    chains,
    comparable,
    compared_words,
    versus,
)
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.mention import Mention, Source

# What the names of these tests are: no entry owns BERT and T5, but texts mention them.
KINDS: dict[str, Source] = {
    "GQA": "name",
    "MLA": "name",
    "FooX": "unknown",
    "BERT": "mentioned",
    "T5": "mentioned",
}


def named(text: str) -> list[Mention]:
    mentions = [
        Mention(name, start, start + len(name), kind, {1: 1.0} if kind == "name" else {})
        for name, kind in KINDS.items()
        if (start := text.find(name)) >= 0
    ]
    return sorted(mentions, key=lambda mention: mention.start)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("difference between GQA and BERT", "GQA BERT"),
        ("BERT, or GQA?", "BERT GQA"),
        ("GQA/BERT", "GQA BERT"),
        ("how do GQA and BERT differ", "GQA BERT"),
        ("is GQA faster than a BERT", "GQA BERT"),
        ("compare BERT with FooX", "BERT FooX"),
        ("BERT, T5 and GQA", "BERT T5 GQA"),
        # With four words between, but not with five.
        ("GQA or an old small BERT", "GQA BERT"),
        ("GQA or an old and small BERT", "GQA"),
        # Mentioned beside the sides, or as a part of a phrase.
        ("GQA vs MLA for BERT", "GQA MLA"),
        ("is GQA from BERT or from somebody", "GQA"),
        ("GQA or a BERT model", "GQA"),
        ("GQA or BERT's size", "GQA"),
        ("GQA BERT", "GQA"),
        ("GQA, but somewhere there is a BERT", "GQA"),
        # What is chosen from stands behind what is asked of it.
        ("Which does MLA use, GQA or BERT?", "MLA GQA BERT"),
        # Nothing that is known is compared with them.
        ("GQA when BERT or T5 is slow", "GQA"),
    ],
)
def test_a_name_that_is_mentioned_only_is_a_side_where_it_is_linked(text: str, sides: str) -> None:
    assert [one.name for one in comparable(text, named(text))] == sides.split()


def test_what_is_doubtful_is_no_side() -> None:
    assert comparable("react or React", [Mention("react", 0, 5, "name", {0: 0.5})]) == []


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("GQA vs MLA, T5", ["GQA MLA T5"]),
        ("GQA. T5 or MLA", ["GQA", "T5 MLA"]),
        ("GQA vs. MLA", ["GQA MLA"]),
        ("GQA v.s. MLA", ["GQA MLA"]),
        ("GQA v. MLA", ["GQA MLA"]),
        ("GQA versus. MLA", ["GQA MLA"]),
        # "And" lists with five words between, and joins clauses with more.
        ("GQA and then some people use MLA", ["GQA MLA"]),
        ("GQA and then some old people use MLA", ["GQA", "MLA"]),
        ("GQA which is one of many ways to do it and MLA", ["GQA", "MLA"]),
        ("GQA which is one of many ways to do it or MLA", ["GQA MLA"]),
    ],
)
def test_names_are_chained_by_the_words_between(text: str, runs: list[str]) -> None:
    assert [" ".join(one.name for one in run) for run in chains(named(text), text)] == runs


def test_a_run_may_be_closer() -> None:
    text = "GQA which is one of many ways to do it or MLA"
    assert len(chains(named(text), text, 4)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("GQA is not the same as MLA", "the same as"),
        ("compare GQA with MLA", "with"),
        ("contrast GQA with MLA", "with"),
        ("GQA v/s MLA", "v/s"),
        ("GQA as opposed to MLA", "as opposed to"),
        ("GQA with MLA", None),
        ("GQA or rather than that or MLA", "or"),
    ],
)
def test_the_last_comparing_word_counts(text: str, said: str | None) -> None:
    end = versus(*named(text), text)
    assert end == (None if said is None else text.rindex(said) + len(said))


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("what is the difference between a key and the code?", "key|code"),
        ("npm ci vs npm install", "npm ci|npm install"),
        ("compare leave for parents with leave for carers", "leave parents|leave carers"),
        ("how does a buoy differ from a beacon", "buoy|beacon"),
        ("and what is the difference between red and green", "red|green"),
        ("difference between keys", ""),
        ("keys and codes", ""),
        ("vs", ""),
    ],
)
def test_two_things_without_names_are_compared(text: str, sides: str) -> None:
    found = compared_words(text, list(keywords(text, None)))
    assert "|".join(map(" ".join, found)) == sides


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Unterschied zwischen Urlaub und Gleitzeit", "urlaub|gleitzeit"),
        ("Was ist der Unterschied zwischen einem Attest und dem Urlaub?", "attest|urlaub"),
        ("Worin unterscheiden sich Attest und Urlaub?", "attest|urlaub"),
        ("Wie unterscheidet sich Gleitzeit von Urlaub?", "gleitzeit|urlaub"),
        ("Vergleiche Gleitzeit mit Urlaub", "gleitzeit|urlaub"),
        ("Attest vs. Urlaub", "attest|urlaub"),
        ("Attest und Urlaub", ""),
    ],
)
def test_so_they_are_in_german(text: str, sides: str) -> None:
    found = compared_words(text, list(keywords(text, None, "de")), "de")
    assert "|".join(map(" ".join, found)) == sides


@pytest.mark.parametrize(
    ("text", "is_comparison"),
    [
        ("Unterschied zwischen GQA und MLA", True),
        ("Wie unterscheiden sich GQA und MLA?", True),
        ("GQA oder MLA?", True),
        ("Vergleiche GQA mit MLA", True),
        ("GQA und MLA", False),
    ],
)
def test_names_are_compared_in_german(text: str, is_comparison: bool, small_index: Index) -> None:
    assert (understood(text, small_index).intent == "comparison") is is_comparison


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Which does T5 use, GQA or MLA?", ["T5", "GQA MLA"]),
        ("and which one suits BERT, GQA or MLA?", ["BERT", "GQA MLA"]),
        ("Which of BERT, GQA and MLA is fastest, or is none?", ["BERT GQA MLA"]),
        ("Which models use GQA, and does MLA or BERT?", ["GQA MLA BERT"]),
        ("BERT, GQA or MLA?", ["BERT GQA MLA"]),
        # What they are compared by is no side.
        ("Does GQA take less BERT than MLA?", ["GQA MLA"]),
        ("Does GQA need more of the BERT layers than MLA?", ["GQA MLA"]),
        ("Is GQA better BERT or MLA?", ["GQA", "BERT MLA"]),
    ],
)
def test_what_is_asked_is_no_side_of_what_is_chosen_from(text: str, runs: list[str]) -> None:
    found = [" ".join(one.name for one in chain) for chain in chains(named(text), text)]
    assert found == runs
