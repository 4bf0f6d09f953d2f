from __future__ import annotations

import pytest

from entrywise.rag.domains.base import GENERAL, Aspect, Domain
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.judge.aspects import (
    CONTRAST,
    FORMULA,
    NUMBERS,
    OCCASION,
    ORIGIN,
    REASON,
    TRADE_OFF,
    all_aspects,
    compared,
    is_prose,
)

COST = next(aspect for aspect in compared(DOMAIN) if aspect.id == "cost")
ALL = (*compared(DOMAIN), NUMBERS, REASON, OCCASION)


@pytest.mark.parametrize(
    ("sentence", "aspects"),
    [
        ("The cat sat there.", set()),
        ("Keys are compressed instead of stored.", {"mechanism"}),
        ("The KV cache is eight times smaller.", {"cost"}),
        ("Perplexity hardly degrades.", {"quality", "trade-off"}),
        ("It is widely used in Llama.", {"use"}),
        ("Memory is $m = n \\times b$.", {"cost", "formula"}),
        ("Cost = heads * size", {"cost", "formula"}),
        ("It takes 140 people.", {"numbers"}),
        ("That prevents it.", {"reason"}),
        ("Choose it when you can.", {"occasion"}),
    ],
)
def test_the_wording_gives_an_aspect_away(sentence: str, aspects: set[str]) -> None:
    assert {aspect.id for aspect in ALL if aspect.pattern.search(sentence)} == aspects


@pytest.mark.parametrize(
    ("sentence", "aspect", "has"),
    [
        ("It is fast, but it needs a GPU.", TRADE_OFF, True),
        ("It is fast.", TRADE_OFF, False),
        ("It compresses keys instead of sharing heads.", CONTRAST, True),
        ("It is 8$\\times$ smaller.", CONTRAST, False),
        ("The engine was created by Georgi Gerganov.", ORIGIN, True),
        ("DeepSeek's approach: compress keys.", ORIGIN, True),
        ("FAISS is a library from Meta for search.", ORIGIN, True),
        ("Mistral pioneered it.", ORIGIN, True),
        ("It introduced PagedAttention.", ORIGIN, False),
        ("It reads the model's output by steps.", ORIGIN, False),
        ("About $\\approx$ 40 GB.", FORMULA, False),
        ("Memory is $m \\approx n \\cdot b$.", FORMULA, True),
        ("f(x) = (g(xV) ⊙ xU)W.", FORMULA, True),
        ("W' = m·V, of unit length.", FORMULA, True),
        ("Loss: $\\|x - y\\|^2$.", FORMULA, True),
        ("Dough = flour + water.", FORMULA, True),
        ("Bubble = (P-1)/(M+P-1).", FORMULA, True),
        ("Set base=500 and heads=8, from 10 to 20 km/h.", FORMULA, False),
        ("Small = 24 litres, which is a lot.", FORMULA, False),
        ("A and B: $\\Phi$ rises.", FORMULA, False),
    ],
)
def test_an_aspect_is_not_given_away_by_a_likeness(
    sentence: str, aspect: Aspect, has: bool
) -> None:
    assert (aspect.pattern.search(sentence) is not None) is has


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("The cache grows with sequence length and with the number of heads.", True),
        ("It serves two main purposes: padding masks and causal masks.", True),
        ("Bei Nässe läßt sich über lange Wege schön früh bremsen.", True),
        ("Каждый сотрудник имеет право на ежегодный оплачиваемый отпуск.", True),
        ("Η εταιρεία δίνει σε όλους μία ημέρα άδεια.", True),
        ("Каждый 8 из 10 раз по 15 мин и 7 с", False),
        ("Lower is better.", False),
        ("Memory: the weights take most of it, the cache the rest.", False),
        ("2) Compute the scale of each group of weights.", False),
        ("Here the width is $d$ and the loss is the mean of all.", False),
        ("lr 1e-6 to 5e-7, r 16, alpha 32, 2 epochs on 8 GPUs", False),
    ],
)
def test_prose_is_told_from_notes(text: str, prose: bool) -> None:
    assert is_prose(text) is prose


def test_the_same_telling_word_counts_once() -> None:
    assert COST.words("Memory, memory and VRAM") == {"memory", "vram"}


def test_a_digit_is_no_telling_word() -> None:
    assert NUMBERS.pattern.search("1 of 2")
    assert NUMBERS.words("1 of 2") == set()
    assert COST.words("8× smaller than 16 bits") == {"8×", "smaller", "bits"}


def test_a_domain_has_its_own_rows_in_place_of_general_ones_or_behind_them() -> None:
    rig = Aspect("rig", "Rig", r"\bmasts?\b")
    cost = Aspect("cost", "Upkeep", r"\bpaint\b")
    rows = compared(Domain("sailing", aspects=(rig, cost)))

    assert [row.id for row in rows] == [*(row.id for row in compared(GENERAL)), "rig"]
    assert {row.id: row.heading for row in rows}["cost"] == "Upkeep"


def test_in_place_of_what_is_no_row_it_is_none_either() -> None:
    reason = Aspect("reason", "Why", r"\bwind\b")
    sailing = Domain("sailing", aspects=(reason,))

    assert compared(sailing) == compared(GENERAL)
    ids = [aspect.id for aspect in all_aspects(GENERAL)]
    assert [aspect.id for aspect in all_aspects(sailing)] == ids
    assert reason in all_aspects(sailing)
    assert REASON not in all_aspects(sailing)


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        ("Stir in the flour, then add the milk until it is smooth.", {"mechanism"}),
        ("Prick the dough, fasten the lid of the 20 x 30 cm tin and slowly turn it.", set()),
        ("The sleeper costs 40 euros, and the express is twice as fast.", {"cost"}),
        ("A larger oven is 3x cheaper.", {"cost"}),
        ("Project groups learn on a computer in the train.", set()),
        ("Ask the representative of your generation for a map.", set()),
        ("Fresh eggs are better, and it is used for cakes.", {"quality", "use"}),
    ],
)
def test_the_general_rows_read_a_cookbook_and_a_handbook(sentence: str, rows: set[str]) -> None:
    assert {row.id for row in compared(GENERAL) if row.pattern.search(sentence)} == rows


def test_the_general_aspects_know_no_subject() -> None:
    text = (
        "the VRAM, perplexity, bandwidth and throughput of a GPU in bytes; computed, compressed, "
        "projected, grouped, trained, learned, mapped, represented, generated"
    )
    assert [aspect.id for aspect in all_aspects(GENERAL) if aspect.pattern.search(text)] == []
