"""What claims without a citation may rest on."""

from __future__ import annotations

import pytest
from stages import evidence

from entrywise.index.index import Index
from entrywise.rag.judge.evidence import Sentence
from entrywise.rag.llm.attribution import Attribution
from entrywise.rag.llm.checks.verifier import Checker


@pytest.fixture
def passages(small_index: Index) -> list[Sentence]:
    """All sentences of the entries on GQA and MLA."""
    of = evidence("GQA vs MLA", small_index).of
    return [one for entry in ("gqa", "mla") for one in of(small_index.ordinals[entry]).sentences]


def entries(attribution: Attribution, text: str, index: Index) -> list[list[str]]:
    attempts = attribution.attempts(text)
    return [[index.catalog.ids[quote.entry] for quote in quotes] for quotes in attempts]


def test_the_nearest_comes_first_then_the_next_then_both(
    small_index: Index, passages: list[Sentence]
) -> None:
    attribution = Attribution(Checker(small_index), passages)
    first, second, both = attribution.attempts("Query heads share one key head.")
    assert "query heads share" in first[0].text
    assert both == [*first, *second]


def test_it_goes_on_with_what_the_sentence_before_was_about(
    small_index: Index, passages: list[Sentence]
) -> None:
    attribution = Attribution(Checker(small_index), passages)
    latent = "It stores a compressed latent."
    assert entries(attribution, latent, small_index)[0] == ["mla"]
    attribution.heard("GQA lies between both.", [])
    assert entries(attribution, latent, small_index) == [["gqa"], ["gqa"], ["gqa", "gqa"]]
    attribution.heard("It was dropped.", [])
    assert entries(attribution, latent, small_index)[0] == ["gqa"]
    attribution.heard("One latent is kept.", [small_index.ordinals["mla"]])
    assert entries(attribution, latent, small_index)[0] == ["mla"]


def test_nothing_is_found_where_there_is_nothing_of_it(
    small_index: Index, passages: list[Sentence]
) -> None:
    attribution = Attribution(Checker(small_index), passages)
    attribution.heard("LoRA trains little.", [])
    assert attribution.attempts("It is thin.") == []


def test_what_speaks_of_several_may_rest_on_the_nearest_of_each(
    small_index: Index, passages: list[Sentence]
) -> None:
    attribution = Attribution(Checker(small_index), passages)
    claim = "GQA shares one key head, while MLA stores a compressed latent."
    assert entries(attribution, claim, small_index)[-1] == ["gqa", "mla"]
    (*_, last) = attribution.attempts(claim)
    assert [quote.text[:13] for quote in last] == ["Several query", "It stores a c"]
