from __future__ import annotations

from typing import get_args

import pytest

from entrywise.rag.answer import Intent
from entrywise.rag.aspects import (
    COST,
    FORMULA,
    MECHANISM,
    NUMBERS,
    OCCASION,
    QUALITY,
    REASON,
    USE,
    WANTED,
    Aspect,
)

ALL = (MECHANISM, COST, QUALITY, USE, FORMULA, NUMBERS, REASON, OCCASION)


@pytest.mark.parametrize(
    ("sentence", "aspects"),
    [
        ("The cat sat there.", set()),
        ("Keys are compressed instead of stored.", {"mechanism"}),
        ("The KV cache is eight times smaller.", {"cost"}),
        ("Perplexity hardly degrades.", {"quality"}),
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


def test_the_same_telling_word_counts_once() -> None:
    assert COST.words("Memory, memory and VRAM") == {"memory", "vram"}


def test_every_intent_says_which_aspects_it_wants() -> None:
    assert set(WANTED) == set(get_args(Intent))
    assert NUMBERS in WANTED["numeric"]
    assert all(isinstance(aspect, Aspect) for wanted in WANTED.values() for aspect in wanted)
