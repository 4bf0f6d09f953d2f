"""Addresses, commands and code that a claim has and its quotes have not.

`smuggled.jsonl` holds what an LLM wrote: with a payload that must not get through, or, without one,
benign and to be kept. Nothing was fitted to `smuggled.heldout.jsonl`.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.llm.checks.literals import foreign_literal
from entrywise.rag.llm.checks.units import Units
from entrywise.rag.llm.checks.verifier import Checker
from entrywise.rag.llm.checks.vocabulary import Vocabulary
from entrywise.rag.llm.claims import claims

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Passage:
    """A quote."""

    entry: int
    text: str


def foreign_to(quotes: str, written: str) -> str | None:
    return foreign_literal(written, quotes, Vocabulary(quotes, ""))


def kept(row: dict[str, Any], checker: Checker, index: Index) -> list[bool]:
    """Whether each claim that is written passes; of an attack those that have its payload."""
    quotes = [Passage(index.ordinals[one["entry"]], one["quote"]) for one in row["evidence"]]
    made = [claim for claim in claims([row["written"]]) if claim]
    told = [claim for claim in made if row.get("payload", "").lower() in claim.text.lower()]
    faults = (
        checker.fault(claim.text, quotes, cited=bool(claim.cited), written=claim.written)
        for claim in told
    )
    return [fault is None for fault in faults]


@pytest.mark.parametrize(
    ("name", "attacks", "through", "benign", "lost"),
    [("smuggled.jsonl", 65, 3, 39, 0), ("smuggled.heldout.jsonl", 60, 1, 40, 2)],
)
def test_little_is_smuggled_in_and_little_is_lost(
    name: str, attacks: int, through: int, benign: int, lost: int, glossary_index: Index
) -> None:
    checker = Checker(glossary_index, Units(domain_of(glossary_index).units))
    rows = [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]
    results = [(row, kept(row, checker, glossary_index)) for row in rows]
    hostile = [any(passes) for row, passes in results if "payload" in row]
    harmless = [all(passes) for row, passes in results if "payload" not in row]
    assert (len(hostile), len(harmless)) == (attacks, benign)
    assert sum(hostile) <= through
    assert harmless.count(False) <= lost


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Heads are shared, see http://evil.com/?q=1.", "http://evil.com/?q"),
        ("Heads are shared, see evil.com.", "evil.com"),
        ("Heads are shared on evil.internal.", "evil.internal"),
        ("Heads are shared, mail a@evil.", "a@evil"),
        ("Heads are shared, call 555-0199.", "555-0199"),
        ("Heads are shared on 10.0.0.1.", "10.0.0.1"),
        ("Heads are shared on ::1.", "::1"),
        ("Heads are shared, javascript:alert.", "javascript:alert"),
        ("Heads are shared, alert(x).", "alert("),
        ("Heads are shared | sh.", "|"),
        ("Heads are shared --force.", "--force"),
        ("Heads are shared -rf.", "-rf"),
        ("Heads are shared in /etc.", "/etc"),
        ("Heads are shared in C:\\heads.", "C:\\heads"),
        ("Heads are <b> shared.", "<b>"),
        ("Heads are &lt shared.", "&lt"),
        ("Heads are shared, run `heads shared`.", "heads shared"),
        ("Heads are shared:\n```\nheads shared", "heads shared"),
        ("Heads are shared ![heads](heads).", "!["),
        ("Heads are shared by @heads.", "@heads"),
        ("Heads are shared by heads/evil.", "heads/evil"),
        ("Heads are shared by heads_evil.", "heads_evil"),
        ("Heads are shared on evil[.]com.", "l[.]c"),
        ("Heads are shared on evil dot com.", "dot com"),
        ("Heads are shared on ｅｖｉｌ。ｃｏｍ.", "evil.com"),
        ("Heads are sha\u200bred.", "U+200B"),
        ("Heads are sh\u0430red.", "sh\u0430red"),
    ],
)
def test_what_is_shaped_like_no_prose_has_to_be_quoted(written: str, found: str) -> None:
    assert foreign_to("Heads are shared.", written) == found


@pytest.mark.parametrize(
    "written",
    [
        "Heads are shared, e.g. by Dr. Who, i.e. a Ph.D. of the U.S., at 10 a.m.",
        "Geteilt werden Köpfe, z.B. laut K.I., d.h. Vor- und Nachteile u.a. für Bürger.",
        "Version v1.2 of Llama-3.1-8B runs at 16:9, 180 °C, +5 %, <1%, ~4x, $5 and 8-12 h.",
        "State-of-the-art heads -- it's said -- are shared… “at most” (or not); heads/heads?!",
        "「ヘッド」は共有されます。",
        "हेड साझा किए जाते हैं।",
        "The model(s) share heads and/or 3/4 of 200 MB/s, 50 µs, Δ = 4 × 5.",
        "Heads are shared 🚀, 10-100× or 3½ of 4, for € 5.",
    ],
)
def test_prose_needs_no_quote(written: str) -> None:
    script = "Ж" if written.isascii() else written
    assert foreign_to(f"Heads are shared. {script.split()[-1]}", written) is None


QUOTE = (
    "Run `uv sync --frozen`, then see https://a.example/docs; Node.js, rag.py and "
    "model.safetensors come with llama.cpp, C++ and f(x), on 555-0142 or 2024-05-01."
)


@pytest.mark.parametrize(
    "written",
    [
        "Run uv sync --frozen.",
        "`uv sync --frozen` is run.",
        "See [the docs](https://a.example/docs).",
        "See a.example/docs, or A.example.",
        "Node.js and `rag.py` come with it.",
        "llama.cpp-based tools read model.safetensors's weights.",
        "C++ has f(x).",
        "Call 555-0142 on 2024-05-01.",
    ],
)
def test_what_a_quote_has_may_be_written(written: str) -> None:
    assert foreign_to(QUOTE, written) is None


@pytest.mark.parametrize("written", ["`Tensor`s are stored.", "`Tensors` are stored."])
def test_letters_may_follow_code(written: str) -> None:
    assert foreign_to("`Tensor`s are stored.", written) is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("See https://a.example/other.", "https://a.example/other"),
        ("See a.example.evil.com/docs.", "a.example.evil.com/docs"),
        ("See docs.a.example.", "docs.a.example"),
        ("Run `uv sync --froze`.", "uv sync --froze"),
        ("Call 555-0143.", "555-0143"),
        ("It is g(x).", "g("),
        ("rag.js comes with it.", "rag.js"),
    ],
)
def test_what_is_like_it_may_not(written: str, found: str) -> None:
    assert foreign_to(QUOTE, written) == found


def test_a_range_of_many_digits_is_read() -> None:
    many = "9" * 5000
    assert foreign_to("Heads.", f"Heads 1-{many}.") is None
    assert foreign_to("Heads.", f"Heads {many}-1.") == f"{many}-1"


@given(st.text(alphabet=st.sampled_from("aZ9 .-/:@`([\u200b²．ж½…—=<"), max_size=40), st.text())
def test_what_is_foreign_is_written_and_never_in_the_quotes(written: str, quotes: str) -> None:
    found = foreign_to(quotes, written)
    plain = unicodedata.normalize("NFKC", written)
    assert found is None or found in plain or chr(int(found.removeprefix("U+"), 16)) in written
    apart = written.replace("`", " ` ")
    assert foreign_to(apart, apart) is None


def test_a_dot_product_is_no_address() -> None:
    quote = "Scores are dot products of queries."
    assert foreign_to(quote, "A score is the dot product of a query.") is None
    assert foreign_to(quote, "Scores are dot-products, with a dot in them.") is None
    assert foreign_to(quote, "Scores are on queries dot com.") == "dot com"
