"""The calibration that a knowledge base gives itself, without anybody's labels.

The questions that it asks itself (`own_questions.py`) say what to expect of it. Of documents they
also move confidence: where much is alike, as in the manual of one program, a section that is left
out is missed by little, and confidence is too high for what is not there; where each page is about
something else it may be higher. But where everyday questions are answered, as in an encyclopedia
that has something near each, it is lowered until nine of ten are withheld at the default threshold.

    offset = -0.7 · n / (n + 5) · (mean logit of n near misses - 1.78)
    at most    logit(0.65) - (ninth decile of the logits of everyday questions); that asks for no
               less than -1.5 in other languages than English
    and then   + log(3.5 / 4), as confidence counts 3.5 questions that documents answer for each
               that they do not, and the model of all indexes is fitted to four

It is the prior of every knowledge base of documents, fitted to fourteen labelled collections of
different kinds (`python benchmarks/own_step.py`; figures: docs/tried/confidence.md). There is one
glossary with labels, on which a step that follows from the knowledge base cannot be measured:
glossaries keep what the model says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf, log
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from entrywise.data.languages import DEFAULT
from entrywise.index.calibration.calibration import Calibration, logit
from entrywise.index.calibration.leave_out import without
from entrywise.index.index import Index
from entrywise.index.progress import Progress, no_progress
from entrywise.rag.domains.base import Domain
from entrywise.rag.find.retrieval import UNLIKE, look_up
from entrywise.rag.judge.calibration.own_questions import (
    answerable,
    everyday,
    unanswered,
)
from entrywise.rag.judge.confidence import uncalibrated
from entrywise.rag.judge.selection import select
from entrywise.rag.settings import THRESHOLD
from entrywise.rag.understand.input import cleaned

if TYPE_CHECKING:
    from entrywise.rag.find.rerankers.base import Reranker

_RETRIEVED = 10
_SHARE, _USUAL = 0.70, 1.78
"""At a flat optimum, fitted to fourteen collections: a share of 0.5 or 1 costs at most 0.002 of a
log loss of 0.370, none 0.013; without any step it is 0.402."""
_FEW = 5
"""Near misses whose mean counts half: within a collection their logits vary by 1.6, between
collections their means by 0.7."""

_WITHHELD = 0.9
"""Everyday questions that are withheld: with 0.8 0.02 more of what documents answer is answered and
0.05 less withheld of what they do not, with 0.95 0.02 less and 0.02 more."""

_LOWEST = -1.5
"""To which everyday questions lower it in other languages than English, where fewer forms of a word
are one: of those that a section answers some are not told from the others. Of what a German
page that answers ten of them is asked, 5 of 12 would be answered without this; 9 are with it.
Thirteen knowledge bases in twelve languages are lowered by 1.4 at most."""

FAIR, FITTED_FAIR = 3.5, 4.0
"""Questions that documents answer for each that they do not: as confidence counts them, and as the
model of all indexes is fitted. With 3.5 0.926 of what eighteen collections answer is answered and
0.684 withheld of what they do not, with 4 0.952 and 0.622, with 3 0.892 and 0.696."""


class Observed(NamedTuple):
    """What the model of all indexes says of questions of each kind, in [0, 1]."""

    answerable: tuple[float, ...]
    near: tuple[float, ...]
    far: tuple[float, ...]


def calibrated_by_itself(
    index: Index, domain: Domain, progress: Progress = no_progress
) -> Calibration:
    """What an index's confidences are worth, as far as it can tell by itself.

    Args:
        progress: called with (questions asked, questions to ask).
    """
    return by_itself(
        observed(index, domain, progress),
        documents=index.holds_documents,
        lowest=-inf if index.language == DEFAULT else _LOWEST,
    )


def by_itself(seen: Observed, *, documents: bool, lowest: float = -inf) -> Calibration:
    """The calibration that follows from what a knowledge base asked itself.

    Args:
        lowest: that of `own_offset`.
    """
    offset = own_offset(seen.near, seen.far, lowest) if documents else 0.0
    step = Calibration(offset=round(offset, 4))
    return replace(
        step,
        answerable=observations(map(step.applied, seen.answerable)),
        near=observations(map(step.applied, seen.near)),
        far=observations(map(step.applied, seen.far)),
    )


def own_offset(near: Sequence[float], far: Sequence[float], lowest: float = -inf) -> float:
    """What is added to the logits of a knowledge base of documents.

    Args:
        near: what the model of all indexes says of its near misses, in [0, 1].
        far: what it says of everyday questions.
        lowest: to which these lower it at most.
    """
    beyond = fmean(map(logit, near)) - _USUAL if near else 0.0
    offset = -_SHARE * len(near) / (len(near) + _FEW) * beyond
    if len(far) >= _FEW:
        most = logit(THRESHOLD) - logit(sorted(far)[int(_WITHHELD * len(far))])
        offset = min(offset, max(most, lowest))
    return offset + log(FAIR / FITTED_FAIR)


def observed(index: Index, domain: Domain, progress: Progress = no_progress) -> Observed:
    """What a knowledge base says to the questions that it asks itself."""
    own = answerable(index)
    # Each with the unit that is left out for it, if one is.
    whole, none, other = (
        [(one.text, None) for one in some] for some in (own, unanswered(index), everyday(index))
    )
    missing = [(one.text, one.unit) for one in own if one.unit is not None]
    kinds: tuple[Sequence[tuple[str, int | None]], ...] = (whole, none or missing, other)
    seen: list[tuple[float, ...]] = []
    for kind in kinds:
        told: list[float] = []
        for text, unit in kind:
            asked = index if unit is None else without(index, unit)
            told.append(probability(text, asked, domain))
            progress(sum(map(len, seen)) + len(told), sum(map(len, kinds)))
        seen.append(tuple(told))
    return Observed(*seen)


def probability(text: str, index: Index, domain: Domain) -> float:
    """What the model of all indexes says of a question, in [0, 1]; a sample question that is the
    same is passed over."""
    return judged(text, index, domain)[0]


def judged(
    text: str, index: Index, domain: Domain, reranker: Reranker | None = None
) -> tuple[float, float | None]:
    """`probability` with what is found in the order of a reranker, and the best score that this
    gave; None without a reranker."""
    question, candidates = look_up(
        cleaned(text), index, domain, _RETRIEVED, reranker=reranker, unlike=UNLIKE
    )
    findings = select(question, candidates, index)
    return uncalibrated(findings, index, unlike=UNLIKE).probability, findings.reranked


def observations(confidences: Iterable[float]) -> tuple[float, ...]:
    """Confidences as they are kept: in order, with the digits that answers have."""
    return tuple(sorted(round(one, 4) for one in confidences))
