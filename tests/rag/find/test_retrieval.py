from __future__ import annotations

import json

import pytest
from paths import ROOT
from stages import candidates, understood

from entrywise.index.index import Index
from entrywise.rag.find import retrieval
from entrywise.rag.find.retrieval import (
    PLAIN_VECTORS,
    SIDES,
    WEIGHTS,
    Candidate,
    fusion_weights,
    hits,
)


def found(text: str, index: Index, limit: int = 10) -> list[Candidate]:
    return candidates(text, index, limit)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("MLA", "mla"),
        ("how can query heads share the key-value heads", "gqa"),
        ("train thin matrices beside frozen weights", "lora"),
        ("Foobar-7B-Instruct", "instruct"),
        ("an agent that thinks before it calls a tool", "react"),
    ],
)
def test_the_fitting_entry_comes_first(small_index: Index, text: str, entry: str) -> None:
    assert small_index.catalog.ids[found(text, small_index)[0].entry] == entry


def test_the_score_is_the_weighted_mean_of_its_signals(small_index: Index) -> None:
    for candidate in found("what is the Instruct in Foobar-7B-Instruct?", small_index):
        vectors = 0.3 * candidate.near.cosine + 0.7 * candidate.near.asked
        if not small_index.entries[candidate.entry].questions:
            vectors = candidate.near.cosine
        total = (
            WEIGHTS["names"] * candidate.names
            + WEIGHTS["parts"] * candidate.parts
            + WEIGHTS["words"] * candidate.words
            + PLAIN_VECTORS * vectors
            + WEIGHTS["votes"] * candidate.near.votes
            + WEIGHTS["linked"] * candidate.linked
        )
        assert candidate.near.vectors == pytest.approx(vectors)
        weights = WEIGHTS | {"vectors": PLAIN_VECTORS}
        assert candidate.score == pytest.approx(total / sum(weights.values()))


def test_what_is_named_beside_a_compound_name_weighs_as_a_side_does(small_index: Index) -> None:
    beside = understood("does Foobar-7B-Instruct use GQA", small_index)
    asked = understood("what does Foobar-7B-Instruct mean", small_index)
    weights = fusion_weights(beside, small_index)

    assert weights["names"] == SIDES > fusion_weights(asked, small_index)["names"]
    (best, *others) = found(beside.text, small_index)
    assert small_index.catalog.ids[best.entry] == "gqa"
    assert {one.parts for one in (best, *others)} == {0.0}


def test_of_many_entries_those_that_are_scored_hold_the_best(
    glossary_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others have no word, no name and no neighbour of the question."""
    lines = (ROOT / "tests" / "questions.jsonl").read_text("utf-8").splitlines()
    questions = [str(json.loads(line)["question"]) for line in lines]
    whole = [found(text, glossary_index) for text in questions]
    monkeypatch.setattr(retrieval, "_MANY", 0)
    assert [found(text, glossary_index) for text in questions] == whole
    least = min(len(best) for best in whole)
    assert (len(questions) > 100, least) == (True, 10)


def test_vectors_weigh_more_where_asked_questions_are_known(glossary_index: Index) -> None:
    best = found("how can query heads share the key-value heads", glossary_index)[0]
    total = 1.2 * best.words + 7.0 * best.near.vectors + 0.4 * best.names
    total += 0.6 * best.near.votes + 0.9 * best.linked
    assert best.score == pytest.approx(total / (0.4 + 1.0 + 1.2 + 7.0 + 0.6 + 0.9))


def test_the_sides_of_a_comparison_weigh_more_than_other_names(glossary_index: Index) -> None:
    best = found("difference between GQA and MLA", glossary_index)[0]
    total = 1.2 * best.names + 1.2 * best.words + 7.0 * best.near.vectors
    total += 0.6 * best.near.votes + 0.9 * best.linked
    assert best.score == pytest.approx(total / (1.2 + 1.0 + 1.2 + 7.0 + 0.6 + 0.9))


def test_what_the_best_entries_name_as_related_is_lifted(glossary_index: Index) -> None:
    """By how far these stand above the sixth."""
    best = found("how can query heads share the key-value heads", glossary_index, 50)
    places = {candidate.entry: place for place, candidate in enumerate(best)}
    linked = [
        ordinal
        for candidate in best[:3]
        for ordinal in glossary_index.ordinals.known(
            glossary_index.entries[candidate.entry].related
        )
        if ordinal in places
    ]
    assert linked
    assert all(best[places[ordinal]].linked > 0 for ordinal in linked)
    assert any(candidate.linked == 0 for candidate in best)


def test_scores_fall_and_every_signal_is_a_share(glossary_index: Index) -> None:
    candidates = found("how much VRAM does a 70B model need in 4 bit", glossary_index, 50)

    assert len(candidates) == 50
    assert candidates == sorted(candidates, key=lambda candidate: -candidate.score)
    for one in candidates:
        assert all(0.0 <= signal <= 1.0 for signal in (one.score, *one.signals.values()))
        assert all(0.0 <= signal <= 1.0 for signal in (one.near.cosine, one.near.asked))
    assert max(one.words for one in candidates) == 1.0


def test_a_limit_takes_the_best(small_index: Index) -> None:
    assert found("attention", small_index, 2) == found("attention", small_index)[:2]


def test_a_question_without_words_finds_something_by_its_vector(small_index: Index) -> None:
    candidates = found("???", small_index)

    assert len(candidates) == 6
    assert {candidate.words for candidate in candidates} == {0.0}


def test_a_hit_shows_names_and_parts_as_one_share(small_index: Index) -> None:
    best = found("Foobar-7B-Instruct", small_index)[0]
    shown = hits([best], small_index)[0]

    assert (shown.entry, shown.score) == ("instruct", round(best.score, 4))
    assert shown.why == {
        "names": 1.0,
        "words": round(best.words, 4),
        "vectors": round(best.near.vectors, 4),
    }
