"""The check of claims: its rates on labelled claims, each of its rules, and verbatim quotes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from growth import grows_linearly
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.llm.checks.units import Units
from entrywise.rag.llm.checks.verifier import Checker

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Passage:
    """A quote."""

    entry: int
    text: str


@pytest.fixture(scope="module")
def checker(glossary_index: Index) -> Checker:
    return Checker(glossary_index, Units(domain_of(glossary_index).units))


def labelled(name: str) -> list[dict[str, Any]]:
    """Claims, written by hand."""
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def quotes(row: dict[str, Any], index: Index) -> list[Passage]:
    return [Passage(index.ordinals[one["entry"]], one["quote"]) for one in row["evidence"]]


Rates = Callable[[str], Counter[str]]


@pytest.fixture(scope="module")
def rates(checker: Checker, glossary_index: Index) -> Rates:
    """Tells of each kind in a file, each checked once, how many claims are judged right."""

    @cache
    def rated(name: str) -> Counter[str]:
        right: Counter[str] = Counter()
        for row in labelled(name):
            passes = checker.fault(row["sentence"], quotes(row, glossary_index)) is None
            right[row["kind"]] += passes == row["supported"]
        return right

    return rated


# Of 35, 55 and 30; then of 40, 35 and 25; last of 20, 35 and 25, to which
# nothing was tuned. The replies are those of a strong LLM to our prompts: 222 sentences that hold.
PASSING = {
    "claims.dev.jsonl": {"close": 35, "paraphrase": 53, "merged": 30},
    "claims.test.jsonl": {"close": 32, "paraphrase": 40, "merged": 23},
    "claims.fresh.jsonl": {"close": 40, "paraphrase": 26, "merged": 23},
    "claims.blind.jsonl": {"close": 20, "paraphrase": 20, "merged": 18},
    "claims.replies.jsonl": {"reply": 201},
}
# All numbers, units, names and negations; of the others there are 10, 15, 5, 5, 15 and 10.
ALL = {"number": 20, "unit": 10, "name": 15, "negation": 15}
CAUGHT = {
    "claims.dev.jsonl": {
        **ALL,
        **{"swap": 9, "antonym": 15, "comparison": 5, "quantifier": 5, "addition": 14, "other": 10},
    },
    "claims.test.jsonl": {
        **ALL,
        **{"swap": 7, "antonym": 12, "comparison": 5, "quantifier": 4, "addition": 12, "other": 9},
    },
    # Of 12, 6, 10, 10, 8, 10, 4, 8, 8, 8, 8 and 4; of 4 wrong causes none is caught.
    "claims.fresh.jsonl": {
        **{"number": 12, "unit": 5, "name": 10, "negation": 9, "swap": 5, "antonym": 9},
        **{"comparison": 4, "conflated-number": 4, "conflated-name": 3, "scope": 7},
        **{"addition": 6, "other": 1},
    },
    # Of 10, 5, 10, 8, 8, 7, 10, 10, 6 and 6.
    "claims.blind.jsonl": {
        **{"number": 10, "unit": 5, "name": 10, "negation": 5, "swap": 3, "antonym": 6},
        **{"conflated-number": 6, "conflated-name": 4, "scope": 3, "addition": 6},
    },
    # 24 that go beyond the quotes, and 40 subtle mistakes in their own words.
    "claims.replies.jsonl": {"beyond": 14, "mistake": 16},
}


@pytest.mark.parametrize("name", PASSING)
def test_supported_claims_pass(name: str, rates: Rates) -> None:
    right = rates(name)
    fewer = {kind: right[kind] for kind, least in PASSING[name].items() if right[kind] < least}
    assert not fewer


@pytest.mark.parametrize("name", CAUGHT)
def test_unsupported_claims_are_caught(name: str, rates: Rates) -> None:
    right = rates(name)
    fewer = {kind: right[kind] for kind, least in CAUGHT[name].items() if right[kind] < least}
    assert not fewer


QUOTE = (
    "GPTQ quantizes the weights of a 70B model to 4 bits in a few hours, without retraining, and "
    "is often slower than AWQ."
)


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        ("GPTQ quantizes the weights of a 70B model, see evil.com.", "literal: evil.com"),
        ("Both quantize the weights of a 70B model to 4 bits.", "subjects: both"),
        ("GPTQ or AWQ", "says nothing"),
        ("GPTQ quantizes the weights of a 7B model to 4 bits.", "number: 7B"),
        ("GPTQ quantizes the weights of a 70B model to 4 bytes.", "number: 4"),
        ("With QuIP, GPTQ quantizes the weights of a model.", "name: QuIP"),
        ("GPTQ quantizes the weights of a 70B model with retraining.", "reversal: retrain"),
        ("GPTQ always quantizes the weights of a model.", "reversal: always"),
        ("AWQ is often slower than GPTQ.", "exchange: than"),
        (
            "GPTQ quantizes weights and cures hay fever reliably.",
            "words: cures, hay, fever, reliably",
        ),
        ("GPTQ is a hoax.", "words: hoax"),
        ("GPTQ smells bad, weights taste wrong.", "words: smells, bad, taste, wrong"),
    ],
)
def test_each_rule_finds_its_fault(
    claim: str, rule: str, checker: Checker, glossary_index: Index
) -> None:
    said = [Passage(glossary_index.ordinals["gptq"], QUOTE)]
    assert checker.fault(claim, said) == rule


def test_what_a_subject_counts_is_told_apart(checker: Checker, glossary_index: Index) -> None:
    said = [Passage(glossary_index.ordinals["gptq"], "GPTQ quantizes the 32 layers of a model.")]
    claim = "GPTQ quantizes the 32 heads of a model."
    assert checker.fault(claim, said) == "number: 32"
    assert Checker(glossary_index).fault(claim, said) is None


@pytest.mark.parametrize(
    "claim",
    [
        "It takes GPTQ only a few hours to quantize a model with 70 billion parameters.",
        "Quantizing the weights to four bits with GPTQ needs no retraining.",
        "GPTQ quantizes the weights of a 70B model.",
    ],
)
def test_other_words_for_the_same_hold(claim: str, checker: Checker, glossary_index: Index) -> None:
    said = [Passage(glossary_index.ordinals["gptq"], QUOTE)]
    assert checker.fault(claim, said) is None


def test_a_claim_that_cites_nothing_needs_more_of_its_words(
    checker: Checker, glossary_index: Index
) -> None:
    said = [Passage(glossary_index.ordinals["gptq"], QUOTE)]
    claim = "Use GPTQ to shrink the big weights of a model."
    assert checker.fault(claim, said) is None
    assert checker.fault(claim, said, cited=False) == "words: shrink, big"
    assert checker.fault("GPTQ quantizes the weights of a model.", said, cited=False) is None
    longer = "GPTQ quantizes the weights of a 70B model to 4 bits, which helps users."
    assert checker.fault(longer, said) is None
    assert checker.fault(longer, said, cited=False) == "words: helps, users"


@pytest.mark.parametrize("claim", ["", ".", "What is GPTQ used for?", "It is.", "8 to 16.", "$$"])
def test_a_question_or_an_empty_sentence_says_nothing(
    claim: str, checker: Checker, glossary_index: Index
) -> None:
    said = [Passage(glossary_index.ordinals["gptq"], QUOTE)]
    assert checker.fault(claim, said) == "says nothing"


def test_what_is_too_long_to_be_a_sentence_says_too_much(checker: Checker) -> None:
    text = " ".join(f"word{number}" for number in range(100))
    assert checker.fault(text, [Passage(0, text)]) == "says too much"


def sentences(index: Index) -> Iterator[Passage]:
    for entry, section, start, end in index.sentences.tolist():
        yield Passage(entry, index.entries[entry].sections[section].text[start:end])


@pytest.mark.slow
def test_every_sentence_of_the_glossary_supports_itself(
    checker: Checker, glossary_index: Index
) -> None:
    faults = {one.text: checker.fault(one.text, [one]) for one in sentences(glossary_index)}
    wrong = {text: fault for text, fault in faults.items() if fault not in (None, "says nothing")}
    assert len(faults) > 2000
    assert not wrong
    # "By turboderp.", "Trillions.": less than two words that tell; "T5, FLAN-T5.": only names.
    assert sum(fault is not None for fault in faults.values()) <= 35


def test_the_nearest_quotes_come_first(checker: Checker, glossary_index: Index) -> None:
    texts = {"gptq": QUOTE, "rope": "Positions are rotations.", "bf16": "A number has 16 bits."}
    among = [Passage(glossary_index.ordinals[entry], text) for entry, text in texts.items()]
    near = checker.nearest("Rotary embeddings rotate by position.", among, 2)
    assert near[0].text == texts["rope"]
    assert len(near) == 2


# Each is repeated.
HOSTILE = {
    "numbers": "aa 8 bb 9 ",
    "clauses": "high aa, low bb, ",
    "conditions": "if aa, bb, ",
    "comparisons": "aa than bb ",
    "negations": "not aa no bb ",
    "brackets": "((((",
    "one word": "a",
    "digits": "9",
    "formulas": "$x$ ",
    "underscores": "a_",
    "apostrophes": "n't",
    "spaces": "    ",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_length_of_what_is_checked(kind: str, checker: Checker) -> None:
    claim = "model layer cache weight, " + (HOSTILE[kind] * 80)[:400]

    def look(length: int) -> None:
        checker.fault(claim, [Passage(0, claim + (HOSTILE[kind] * length)[:length])])

    assert grows_linearly(look, 8_000)


def test_a_long_claim_takes_no_longer_than_its_quotes(checker: Checker) -> None:
    def look(count: int) -> None:
        claim = "model layer cache weight, " + "(aa" * 20 + "(" * count
        checker.fault(claim, [Passage(0, claim)])

    assert grows_linearly(look, 2_000)
