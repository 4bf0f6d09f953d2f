from __future__ import annotations

import json
import math
from collections.abc import Callable
from importlib.resources import files

import pytest
from stages import candidates, found, understood

from entrywise.index.index import Index
from entrywise.rag.judge.confidence import Confidence, calibrated, decide, model_name, signs
from entrywise.rag.judge.selection import Findings


def judged(text: str, index: Index) -> Confidence:
    return calibrated(found(text, index), index)


def test_the_probability_is_the_logistic_of_the_weighted_signs(glossary_index: Index) -> None:
    models = json.loads((files("entrywise.rag.judge") / "confidence.json").read_text("utf-8"))
    model = models["asked"]
    confidence = judged("difference between GQA and MLA", glossary_index)

    values = confidence.signs._asdict()
    assert model["weights"].keys() == values.keys()
    logit = model["bias"] + sum(model["weights"][name] * values[name] for name in values)
    assert math.isclose(confidence.probability, 1 / (1 + math.exp(-logit)))


def test_what_is_known_is_more_likely_answered_than_what_is_not(glossary_index: Index) -> None:
    known = judged("what is a KV cache?", glossary_index)
    far_off = judged("who won the world cup 2018", glossary_index)

    assert known.probability > 0.9 > 0.1 > far_off.probability
    assert all(0.0 <= value <= 1.0 for value in known.signs._asdict().values())


def test_each_sign_shows_what_it_stands_for(small_index: Index) -> None:
    plain = judged("what is GQA?", small_index).signs
    strange = judged("what is Foobarizer zyxwvut?", small_index).signs

    assert plain.unknown == 0.0
    # One word of six, which no other entry has.
    assert math.isclose(plain.matched, 1 / 6)
    assert strange.matched == 0.0
    assert strange.unknown == 1.0
    assert strange.coverage < plain.coverage


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("what is LangChain?", True),
        ("why is LangChain important?", True),
        ("is LangChain open-source?", True),
        ("is LangChain free of charge?", False),
        ("is paged memory open-source?", False),
    ],
)
def test_an_entry_that_is_named_may_say_all_that_is_asked(
    text: str, is_said: bool, glossary_index: Index
) -> None:
    confidence = judged(text, glossary_index)

    assert bool(confidence.signs.said) == is_said
    assert not is_said or confidence.probability > 0.9


def test_the_signs_of_the_vectors_are_those_of_the_best_entries(glossary_index: Index) -> None:
    question = understood("how does attention scale?", glossary_index)
    best = candidates(question.text, glossary_index)
    observed = signs(question, best, glossary_index)

    assert observed.cosine == max(candidate.near.cosine for candidate in best)
    assert observed.nearest == max(candidate.near.nearest for candidate in best)
    asked = sum(candidate.near.asked for candidate in best[:5]) / 5
    assert math.isclose(observed.asked, asked)


def test_no_candidates_are_no_reason_for_confidence(small_index: Index) -> None:
    observed = signs(understood("what is GQA?", small_index), [], small_index)
    assert (observed.cosine, observed.asked, observed.coverage) == (0.0, 0.0, 0.0)


def test_where_few_ways_of_asking_are_known_the_chunks_decide(
    small_index: Index, glossary_index: Index
) -> None:
    assert (model_name(glossary_index), model_name(small_index)) == ("asked", "plain")
    # No way of asking says "bf16", but its text does.
    assert judged("what is bf16?", small_index).probability > 0.5
    assert judged("who won the world cup 2018", small_index).probability < 0.1


@pytest.mark.parametrize(
    ("text", "threshold", "withheld"),
    [
        ("what is GQA?", 0.0, False),
        ("what is GQA?", 1.0, True),
        # No entry is about these, however near the index has something.
        ("what is Foobarizer?", 0.01, True),
        ("what is MQA?", 0.65, True),
        ("how does Foobarizer compress keys and values?", 0.65, True),
        # Confidence alone decides.
        ("what is Foobarizer?", 0.0, False),
        # One side is known.
        ("GQA vs Foobarizer", 0.65, False),
        ("GQA vs Foobarizer", 1.0, True),
        ("difference between LoRA and MQA", 1.0, True),
        ("difference between LoRA and MQA", 0.0, False),
        ("what is GQA and what is Foobarizer?", 1.0, True),
    ],
)
def test_an_answer_is_withheld_for_what_is_unknown_or_unsure(
    find: Callable[..., Findings], small_index: Index, text: str, threshold: float, withheld: bool
) -> None:
    verdict = decide(find(text, small_index), small_index, threshold)
    assert (verdict.withheld, verdict.threshold) == (withheld, threshold)


def test_with_something_absent_it_is_a_part_of_an_answer(
    find: Callable[..., Findings], small_index: Index
) -> None:
    given = decide(find("what is GQA?", small_index), small_index, 0.0)
    withheld = decide(find("what is GQA?", small_index), small_index, 1.0)

    assert given.status(complete=True) == "answered"
    assert given.status(complete=False) == "partial"
    assert withheld.status(complete=True) == withheld.status(complete=False) == "abstained"
