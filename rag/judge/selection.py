"""Selects the entries that an answer quotes: those that are probably relevant to the question.

A small logistic model over what retrieval knows of a candidate. Its weights are in
`selection.json`; `entrywise eval … --fit` makes them again from labelled questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from entrywise.index.index import Index
from entrywise.index.names.names import ORDINARY
from entrywise.index.similarity import ranked
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.judge.logistic import ASKED, DOCUMENTS, PLAIN, model_name, models
from entrywise.rag.understand.comparison import is_context
from entrywise.rag.understand.mention import Mention, owned
from entrywise.rag.understand.question import Question

if TYPE_CHECKING:
    from entrywise.rag.judge.excerpts import Excerpt

MODELS = "selection.json"

# A candidate that is relevant with at least this probability is quoted: 0.81 of the entries that
# are quoted for the dev questions are labelled relevant (`entrywise eval`, "precision"). At 0.30 it
# is 0.78, and 0.01 more of the labelled sentences are conveyed.
_RELEVANT = 0.42
QUOTED = 5
# A question for several things has a line for each.
LISTED = 8
# A question for what is named wants that; an entry beside it must be surely relevant.
_SURELY_RELEVANT = 0.87
# A named entry that was retrieved this near the top is relevant, one further down is mentioned in
# passing.
_NEAR_THE_TOP = 5

# As good are entries whose probabilities differ by less.
_SIMILAR = 0.01

_NEAREST = 3
# An entry whose `vectors` are below is no nearer than chance brings one: 0.53 is how near "what is
# dropout" comes to speculative decoding. Of the questions in `tests/questions.jsonl` that are
# withheld, 12 of 23 near ones have a nearer entry, and 4 of 20 far ones (RoPE for "how do you
# splice three-strand rope"); of those in `data/glossary/labelled.jsonl` 173 of 267 and 9 of 43. At
# 0.50 it is 19 of 23 and 8 of 20, at 0.60 8 and 3. Names do not help: marlins and mambas have
# entries. Where only text decides, cosines are lower: with an index of the glossary's entries alone
# it is 10 of 16 near ones and 3 of 19 far ones, and 123 of 190 and 9 of 43 of the labelled ones.
_NEAR = {ASKED: 0.56, PLAIN: 0.32, DOCUMENTS: 0.32}


@dataclass(frozen=True, eq=False)
class Findings:
    """A question, and what was selected for it. Plain values: entries are ordinals."""

    question: Question
    candidates: Sequence[Candidate]
    """Best first."""
    relevance: Mapping[int, float]
    """{entry: the probability, in (0, 1), that it is relevant} of the candidates."""
    quoted: Sequence[int]
    """The entries that are worth quoting, best first."""
    excerpts: Sequence[Excerpt] = ()
    """What is worth quoting of documents, best first; none where terms were found."""

    @property
    def reranked(self) -> float | None:
        """The best score that a reranker gave, in [0, 1]; None where none was asked."""
        scores = (one.reranked for one in self.candidates)
        return max((score for score in scores if score is not None), default=None)

    @property
    def asked_about(self) -> list[int]:
        """The entries that are named, else those worth quoting."""
        named = [entry for entry in self.question.surely_named if entry in self.quoted]
        return named or list(self.quoted)

    def owner(self, mention: Mention) -> int | None:
        """The entry that a mention surely names: of several the one that was retrieved first, else
        the one that it names most strongly."""
        owners = {e: strength for e, strength in mention.owners.items() if strength > ORDINARY}
        retrieved = (one.entry for one in self.candidates if one.entry in owners)
        return next(retrieved, max(owners, key=owners.__getitem__, default=None))


class CandidateSigns(NamedTuple):
    """What the model looks at; all in [0, 1]."""

    ratio: float
    """The candidate's score, divided by that of the best one."""
    score: float
    """Its score."""
    named: float
    """1 if the question surely names it."""
    parts: float
    """1 if it explains a part of a compound name that is asked for."""
    votes: float
    """How many of the nearest asked questions it answers (`Similarity`)."""
    linked: float
    """How far the best entries that name it as related stand out (`Candidate`)."""


def select(question: Question, candidates: Sequence[Candidate], index: Index) -> Findings:
    """What was found for a question: its candidates (best first), how probably each is relevant,
    and those of them that are worth quoting."""
    if index.holds_documents:
        # Whoever asks for terms does not wait for what reads documents.
        from entrywise.rag.judge.excerpts import excerpts

        chosen = excerpts(question, candidates, index)
        pages = list(dict.fromkeys(excerpt.hit.entry for excerpt in chosen))
        near = {candidate.entry: candidate.score for candidate in candidates}
        return Findings(question, candidates, near, pages, chosen)
    relevance = _relevance(question, candidates, index)
    quoted = _quoted(question, [candidate.entry for candidate in candidates], relevance)
    most = LISTED if question.intent == "list" else QUOTED
    return Findings(question, candidates, relevance, quoted[:most])


def _quoted(
    question: Question, entries: Sequence[int], relevance: Mapping[int, float]
) -> list[int]:
    """The best entry, and of the others those that are probably relevant, named ones first."""
    if not entries:
        return []
    best, *others = entries
    defines = question.intent == "definition" and best in question.surely_named
    # "Can I use A with B?" names two things and asks for what has both.
    relates = question.intent == "other" and len(question.surely_named) > 1
    bar = _SURELY_RELEVANT if defines or (question.names_only and not relates) else _RELEVANT
    if defines:
        context = _context(question)
        others = [entry for entry in others if entry not in context]
    named = set(others[: _NEAR_THE_TOP - 1]).intersection(question.surely_named)
    relevant = [entry for entry in others if entry in named or relevance[entry] >= bar]
    in_order = ranked(relevant, relevance.__getitem__, tie=_SIMILAR)
    return [best, *sorted(in_order, key=lambda entry: entry not in named)]


def _context(question: Question) -> set[int]:
    """The entries that are named behind another and a preposition: "continuous batching in
    vLLM"."""
    return {
        entry
        for before, name in pairwise(owned(question.mentions))
        if is_context(before, name, question.text)
        for entry in name.owners
    }


def _relevance(
    question: Question, candidates: Sequence[Candidate], index: Index
) -> dict[int, float]:
    """{entry ordinal: the probability that it is relevant to the question} of the candidates."""
    model = models(MODELS)[model_name(index)]
    signs = [candidate_signs(candidate, candidates[0], question) for candidate in candidates]
    entries = (candidate.entry for candidate in candidates)
    return dict(zip(entries, model.probabilities(signs), strict=True))


def candidate_signs(candidate: Candidate, best: Candidate, question: Question) -> CandidateSigns:
    """The signs of one candidate that the model weighs."""
    return CandidateSigns(
        ratio=candidate.score / best.score if best.score else 0.0,
        score=candidate.score,
        named=float(candidate.entry in question.surely_named),
        parts=candidate.parts,
        votes=candidate.near.votes,
        linked=candidate.linked,
    )


def least_near(index: Index) -> float:
    """The `vectors` of a hit from which on an entry is near a question, in [0, 1]."""
    return _NEAR[model_name(index)]


def near_entries(findings: Findings, index: Index) -> list[Candidate]:
    """Those of the first three entries that are near the question: to one from far off, the first
    entries have as little to do with it as the last."""
    least = least_near(index)
    # As a hit shows it: rounded.
    return [one for one in findings.candidates[:_NEAREST] if round(one.near.vectors, 4) >= least]
