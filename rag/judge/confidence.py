"""How sure it is that the knowledge base answers a question, and whether an answer is given.

It is a small logistic model. Its weights are in `confidence.json`; `entrywise eval … --fit` makes
them again from labelled questions. They were fitted to 1,392 (the dev questions and
`data/glossary/labelled.jsonl`), with an AUROC of 0.95 in cross-validation for knowledge bases with
ways of asking, 0.88 without; of `tests/questions.jsonl`, which it was not fitted to, 0.99, 0.96.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from entrywise.index.index import Index
from entrywise.rag.answer import Status
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.judge.excerpt_signs import ExcerptSigns, excerpt_signs
from entrywise.rag.judge.logistic import DOCUMENTS, model_name, models
from entrywise.rag.judge.selection import Findings
from entrywise.rag.settings import setting_of
from entrywise.rag.understand.mention import characters, sure
from entrywise.rag.understand.question import Question

if TYPE_CHECKING:
    from entrywise.rag.find.rerankers.base import Reranker

MODELS = "confidence.json"

_TOP = 5
_MANY = 6
_NEAREST_UNANSWERED = 3
_NEARLY_ALL = 0.999
"""Of a sum of shares."""


class Signs(NamedTuple):
    """What the model looks at; all in [0, 1]."""

    cosine: float
    """The best cosine of a chunk."""
    asked: float
    """The mean over the best five entries of their nearest ways of asking."""
    nearest: float
    """The cosine of the nearest way of asking."""
    coverage: float
    """How much of what the question says beside asking words, weighted by rarity, the names and
    text of one of the best five entries hold."""
    matched: float
    """The number of its words that the best five entries hold, a word counted by its rarity, up to
    six, divided by six: what is said in many words has a lower coverage and as good an answer."""
    compares: float
    """1 if two things are compared that have names."""
    said: float
    """1 if an entry that is surely named says all that is asked, in its names or text: "what is
    GQA?" asks for nothing else. So it is where the question asks what a compound name says. Its
    weight was fitted to questions that ask for nothing else (docs/tried/confidence.md)."""
    unknown: float
    """1 if the question has a name that no entry owns and no text mentions."""
    beyond: float
    """The mean cosine of the nearest three questions that are known to have no answer here; 0 where
    a name is taken apart, since those are about names of the same makers."""


class Confidence(NamedTuple):
    """The probability, in [0, 1], and the signs that it came from."""

    probability: float
    signs: Signs | ExcerptSigns


def calibrated(findings: Findings, index: Index, reranker: Reranker | None = None) -> Confidence:
    """The calibrated probability that the knowledge base answers the question; 0 for an aside,
    which is no question to it.

    Args:
        reranker: what put the candidates in order.
    """
    found = uncalibrated(findings, index)
    if findings.question.aside is not None:
        return found._replace(probability=0.0)
    step = index.calibration.with_reranker(reranker.sha256 if reranker else None)
    return found._replace(probability=step.applied(found.probability, findings.reranked))


def uncalibrated(findings: Findings, index: Index, *, unlike: float = math.inf) -> Confidence:
    """The probability before calibration: what the model says that all indexes share.

    Args:
        unlike: that of `look_up`.
    """
    if index.holds_documents:
        told = excerpt_signs(findings)
        return Confidence(models(MODELS)[DOCUMENTS].probability(told), told)
    observed = signs(findings.question, findings.candidates, index, unlike=unlike)
    model = models(MODELS)[model_name(index)]
    return Confidence(model.probability(observed), observed)


def signs(
    question: Question,
    candidates: Sequence[Candidate],
    index: Index,
    *,
    unlike: float = math.inf,
) -> Signs:
    """What the model looks at, for one question; `unlike` is that of `look_up`."""
    top = candidates[:_TOP]
    near = [candidate.entry for candidate in top]
    words = list(dict.fromkeys(word.group().lower() for word in question.keywords))
    return Signs(
        cosine=max((candidate.near.cosine for candidate in candidates), default=0.0),
        asked=sum(candidate.near.asked for candidate in top) / max(len(top), 1),
        nearest=max((candidate.near.nearest for candidate in candidates), default=0.0),
        coverage=index.words.coverage(words, near),
        matched=min(index.words.matched(words, near) / _MANY, 1.0),
        compares=float(question.intent == "comparison"),
        said=float(question.names_only or _is_said(question, near, index)),
        unknown=float(bool(question.unknown)),
        beyond=0.0 if question.intent == "decode" else _beyond(question, index, unlike),
    )


def _is_said(question: Question, among: Sequence[int], index: Index) -> bool:
    """Whether one of some entries is surely named and says all that is asked beside names."""
    named = [entry for entry in among if entry in question.surely_named]
    names = characters(sure(question.mentions))
    others = (word for word in question.keywords if word.start() not in names)
    words = list(dict.fromkeys(word.group().lower() for word in others))
    return bool(named) and (not words or index.words.coverage(words, named) > _NEARLY_ALL)


def _beyond(question: Question, index: Index, unlike: float) -> float:
    _, cosines = index.unanswered_vectors.search(question.encoded.vector, _NEAREST_UNANSWERED + 1)
    nearest = [cosine for cosine in cosines.tolist() if cosine <= unlike][:_NEAREST_UNANSWERED]
    return max(sum(nearest) / len(nearest), 0.0) if nearest else 0.0


class Verdict(NamedTuple):
    """The confidence in an answer, and the least confidence, in [0, 1], of one that is given."""

    confidence: Confidence
    threshold: float

    @property
    def probability(self) -> float:
        """The confidence as answers show it, in [0, 1], rounded to four digits."""
        return round(self.confidence.probability, 4)

    @property
    def withheld(self) -> bool:
        """Whether the answer is withheld: the confidence as shown is below the threshold."""
        return self.probability < self.threshold

    def of_no_answer(self) -> Verdict:
        """This verdict with a confidence of 0: nothing can be quoted."""
        return self._replace(confidence=self.confidence._replace(probability=0.0))

    def status(self, *, complete: bool) -> Status:
        """The status of the answer; `complete` says whether it has all that was asked for."""
        if self.withheld:
            return "abstained"
        return "answered" if complete else "partial"


def decide(
    findings: Findings, index: Index, threshold: float, reranker: Reranker | None = None
) -> Verdict:
    """The verdict: the calibrated confidence, and the least one of an answer that is given."""
    return Verdict(calibrated(findings, index, reranker), threshold)


def least_confidence(threshold: float | str, index: Index, reranker: Reranker | None) -> float:
    """The least confidence of an answer from an index, 0 to 1.

    Args:
        threshold: that number, or the share of errors that is allowed, such as "5%".
        reranker: what puts its passages in order.

    Raises:
        SettingsError: it is out of range, or no confidence keeps to that share.
    """
    setting_of("threshold").value(threshold)
    if not isinstance(threshold, str):
        return threshold
    # Most thresholds are numbers.
    from entrywise.rag.judge.calibration.expectation import threshold_for

    return threshold_for(
        threshold, index.calibration.with_reranker(reranker.sha256 if reranker else None)
    )
