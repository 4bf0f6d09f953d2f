"""What the sides of a comparison say before the table: of each other, and of what is asked where
one of them is to be chosen.

on_each_other   "Like BPE but merges by maximum likelihood", of WordPiece
chosen          "… including Llama 2 70B, Llama 3 and Mistral", for "Which does Mistral use, …?"
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from entrywise.rag.judge.aspects import CONTRAST
from entrywise.rag.judge.evidence import EntryEvidence, Sentence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.comparison import asked_choice

# Of the rarity of a question's words beside its names.
_SAYS = 0.5


def on_each_other(known: Sequence[EntryEvidence]) -> list[Sentence]:
    """The best sentence of each side that names others: prose first, then those that name most,
    that set it against them, and that are nearest to the question. The only sentence of a side is
    left to say what it is."""
    ordinals = {side.ordinal for side in known}
    several = [side for side in known if len(side.sentences) > 1]
    best = [max(pairs, key=contrast) for side in several if (pairs := side.naming(ordinals))]
    return [sentence for sentence, _ in sorted(best, key=contrast, reverse=True)]


def chosen(known: Sequence[EntryEvidence], findings: Findings) -> list[Sentence]:
    """Where one is to be chosen, of each side the sentence that says what is asked of them: the
    name that stands beside them, or most words of the question. What says what a side is stands
    in the table."""
    if not asked_choice(findings.question.text):
        return []
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


def contrast(pair: tuple[Sentence, int]) -> tuple[bool, int, bool, float]:
    """How well a sentence that names so many others sets a side against them; to be compared."""
    sentence, count = pair
    return sentence.prose, count, CONTRAST.id in sentence.fits, sentence.score
