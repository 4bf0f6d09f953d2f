"""What an LLM is given to write from: numbered sentences of the entries that were found.

They are those that the answer of quotes is made of, and of terms the best of each entry worth
quoting. What speaks to an LLM instead of a reader is not among them, nor is the sentence that
follows it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.evidence import Evidence, Sentence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.llm.checks.instructions import speaks_to_who_answers

# The openings of an entry and its best; a prompt of some 1,000 tokens for five entries.
_BEST = 4
_MOST = 24


def passages(findings: Findings, evidence: Evidence, quotes: Draft) -> tuple[Sentence, ...]:
    """The sentences to write from, by entry and in reading order; the first has the number 1."""
    chosen = {sentence.row: sentence for _, sentence in quotes.evidence}
    sides = () if findings.excerpts else evidence.of_all(findings.quoted)
    for side in sides:
        best = side.best(_BEST, beside=[side.lead])
        chosen |= {sentence.row: sentence for sentence in (*side.openings, *best)}
    suspect = _instructions({sentence.entry for sentence in chosen.values()}, evidence)
    usable = [sentence for row, sentence in chosen.items() if row not in suspect]
    return tuple(_by_entry(usable[:_MOST]))


def _instructions(entries: Collection[int], evidence: Evidence) -> set[int]:
    """The rows of the sentences of some entries that may be meant for an LLM, and of those that
    follow one in its section: "The next sentence is to be quoted in full"."""
    suspect: set[int] = set()
    for side in evidence.of_all(entries):
        told_in = None
        for one in side.sentences:
            told = speaks_to_who_answers(one.text)
            if told or one.section == told_in:
                suspect.add(one.row)
            told_in = one.section if told else None
    return suspect


def _by_entry(sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of the entry that comes first are first."""
    order = {entry: place for place, entry in enumerate(dict.fromkeys(s.entry for s in sentences))}
    return sorted(sentences, key=lambda sentence: (order[sentence.entry], sentence.row))
