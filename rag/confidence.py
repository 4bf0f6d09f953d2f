"""How sure it is that the knowledge base answers a question: a small logistic model.

The weights are in `confidence.json`; `entrywise eval FILE --fit-confidence` makes them again from
labelled questions. They were fitted on 413 (the dev questions and `tests/questions.jsonl`), with
an AUROC of 0.97 in cross-validation for knowledge bases with ways of asking, 0.94 without.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from entrywise.index.store import Index
from entrywise.index.words import content_words
from entrywise.rag.question import Question
from entrywise.rag.retrieve import Candidate

# Below this an answer is withheld: a wrong answer costs trust, a withheld one a second look at the
# nearest entries, which are named. At 0.6 no far-off question of the two labelled sets is answered,
# 95 % of those in scope are, and 75 % of the near misses are withheld; at 0.5 it is 96 and 67 %.
THRESHOLD = 0.6

_TOP = 5
_WAYS_AN_ENTRY = 3
_LONG = 20


@dataclass(frozen=True, slots=True)
class Signs:
    """What the model looks at; all in [0, 1]."""

    cosine: float
    """The best cosine of a chunk."""
    asked: float
    """The mean over the best five entries of their nearest ways of asking."""
    nearest: float
    """The cosine of the nearest way of asking."""
    coverage: float
    """How much of the question's words, weighted by their rarity, the best entry holds."""
    length: float
    """The number of content words, up to twenty, divided by twenty: long questions have lower
    cosines and coverage."""
    decoded: float
    """1 if a part of a model name is explained."""
    names_only: float
    """1 if the question is made of names that entries own and of asking words alone."""
    unknown: float
    """1 if the question has a name that no entry owns and no text mentions."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """The probability, in [0, 1], and the signs that it came from."""

    probability: float
    signs: Signs


def judge(question: Question, candidates: Sequence[Candidate], index: Index) -> Confidence:
    """The calibrated probability that the knowledge base answers the question."""
    observed = signs(question, candidates, index)
    weights, bias = _models()[model_name(index)]
    logit = bias + sum(weights[name] * value for name, value in asdict(observed).items())
    return Confidence(1 / (1 + math.exp(-logit)), observed)


def model_name(index: Index) -> str:
    """Which of the two models an index takes: a knowledge base whose entries have fewer than three
    ways of asking on average takes the one in which the chunks decide."""
    enough = len(index.question_vectors) >= _WAYS_AN_ENTRY * len(index.entries)
    return "asked" if enough else "plain"


def signs(question: Question, candidates: Sequence[Candidate], index: Index) -> Signs:
    """What the model looks at, for one question."""
    top = candidates[:_TOP]
    words = content_words(question.text)
    return Signs(
        cosine=max((candidate.cosine for candidate in candidates), default=0.0),
        asked=sum(candidate.asked for candidate in top) / max(len(top), 1),
        nearest=max((candidate.nearest for candidate in candidates), default=0.0),
        coverage=index.words.coverage(words, top[0].entry, len(index.entries)) if top else 0.0,
        length=min(len(words), _LONG) / _LONG,
        decoded=float(any(item.entry is not None for item in question.decoded)),
        names_only=float(question.names_only),
        unknown=float(bool(question.unknown)),
    )


@cache
def _models() -> Mapping[str, tuple[Mapping[str, float], float]]:
    """The weight of each sign, and the bias, of both models."""
    record = json.loads((files("entrywise.rag") / "confidence.json").read_text(encoding="utf-8"))
    return {name: (model["weights"], model["bias"]) for name, model in record.items()}
