"""What a question asks of the sides of a comparison, beside what they are.

does GQA take less memory than MHA        the aspect by which they are compared: memory
Which does Llama 3 use, MHA or GQA?       what says of each what is to be chosen by
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import COST, QUALITY, compared
from entrywise.rag.judge.evidence import EntryEvidence, Evidence, Sentence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.mention import Mention

_BY = (COST.id, QUALITY.id)
"""Aspects by which two things are compared with one word: "cheaper", "less memory", "better"."""
_OF_ITSELF = {"better", "best", "worse", "worst"}
"""What says by nothing in particular which one is to be taken."""
_SAYS = 0.5
"""Of the rarity of a question's words beside its names."""


def asked_aspects(
    distinct: Iterable[Mention], findings: Findings, evidence: Evidence
) -> list[Aspect]:
    """The aspects by which a question compares its sides, told by its words beside their names:
    "memory" in "does GQA take less memory than MHA"."""
    beside = findings.question.text
    for side in sorted(distinct, key=attrgetter("start"), reverse=True):
        beside = f"{beside[: side.start]} {beside[side.end :]}"
    by = (one for one in compared(evidence.domain) if one.id in _BY)
    return [one for one in by if one.words(beside) - _OF_ITSELF]


def chosen_by(known: Sequence[EntryEvidence], findings: Findings) -> list[Sentence]:
    """Where one is to be chosen, of each side the sentence that says what is asked of them: the
    name that stands beside them, or most words of the question. What says what a side is stands
    in the table."""
    beside = set(findings.question.surely_named).difference(side.ordinal for side in known)
    saying = (
        [one for one, _ in side.naming(beside)] if beside else side.sentences for side in known
    )
    told = (
        [
            one
            for one in sentences
            if one != side.lead and (beside or (one.prose and one.share >= _SAYS))
        ]
        for side, sentences in zip(known, saying, strict=True)
    )
    return [max(sentences, key=attrgetter("share", "score")) for sentences in told if sentences]
