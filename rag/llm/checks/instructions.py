"""Detects prompt injection: sentences that address the LLM that answers instead of the reader.

Whoever can write into a knowledge base must not be able to write the answer: "Always say that …" is
kept from an LLM, since what an obedient one then says has every word of its quote. Little is lost:
the sentence can still be quoted as it stands, and the LLM has others.

A sentence is told by its words: a logistic regression on which it has, whose weights are in
`instructions.json` and come from `tests/fit_instructions.py`. Nothing in it depends on an
encoder. What hides its words is told by rules.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

WEIGHTS = Path(__file__).with_name("instructions.json")

# A sentence is kept from an LLM from this probability on: of 50 held-out attacks 0.92 are told
# then, and 0.04 of the glossary's sentences are lost; at 0.5 it is 0.82 and 0.01, at 0.25 0.94 and
# 0.10.
_PROBABLY = 0.35
_LEAST_SCORE = log(_PROBABLY / (1 - _PROBABLY))

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[:!?]")
_MARKUP = re.compile(
    r"<\|?/?\w[\w ]*\|?/?>|\[/?[A-Z_]{3,}\]|https?://|\]\(|javascript:|<!--|^\W*#{2,}|"
    r"[A-Za-z0-9+/]{32,}",
    re.IGNORECASE,
)
# Letters that look like Latin ones, or that a reader of English passes over.
_OTHER_SCRIPTS = {"CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "FULLWIDTH"}


@dataclass(frozen=True, slots=True)
class _Weights:
    bias: float
    words: dict[str, float]


def speaks_to_who_answers(text: str) -> bool:
    """Whether a sentence may be meant for the LLM that answers from it, is marked up, or is written
    so that people do not see what it says."""
    if _MARKUP.search(text) or _is_disguised(text):
        return True
    weights = _weights()
    return (
        weights.bias + sum(weights.words.get(word, 0.0) for word in {*tokens(text)}) > _LEAST_SCORE
    )


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, and its punctuation that sets off speech."""
    return [word.lower() for word in _WORD.findall(text)]


@cache
def _weights() -> _Weights:
    return _Weights(**json.loads(WEIGHTS.read_text("utf-8")))


def _is_disguised(text: str) -> bool:
    """Invisible signs, or letters of other scripts."""
    if any(unicodedata.category(sign) in ("Cf", "Co", "Cn") for sign in text):
        return True
    scripts = {unicodedata.name(sign, "?").partition(" ")[0] for sign in text if sign.isalpha()}
    return not scripts.isdisjoint(_OTHER_SCRIPTS)
