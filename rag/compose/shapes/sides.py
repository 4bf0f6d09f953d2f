"""What a question compares: its sides in the order of the text, without the context around them.

    LoRA vs full fine-tuning for a 7B on one GPU    LoRA, full fine-tuning
    tensor vs pipeline parallelism                  tensor parallelism, pipeline parallelism
    GQA vs Foobarizer                               GQA, Foobarizer (no entry owns it)

Names are chained where "vs", "or", "than", "and" and the like stand between them, and the longest
chain is compared. A name after "for", "in", "on", "with" and the like is context.
"""

from __future__ import annotations

import re

from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.findings import Findings
from entrywise.rag.understand.comparison import NEARBY, chains, comparable, versus
from entrywise.rag.understand.mention import Mention

_CONTEXT = re.compile(
    r"\b(?:for|in|on|with|under|when|at|inside|during|while|using|within|given)\s+"
    r"(?:(?!(?:between|is|are|was|do|does|did|can|should|would|will)\b)[\w.-]+\s+){0,3}$",
    re.IGNORECASE,
)


def sides(findings: Findings, evidence: Evidence) -> list[Mention]:
    """The sides of a comparison; all names when fewer than two are chained."""
    text = findings.question.text
    named = comparable(text, findings.question.mentions)
    around = zip([None, *named], named, [*named[1:], None], strict=False)
    kept = [
        side
        for before, side, after in around
        if not _is_context(before, side, text) or _is_pair(side, after, findings, evidence)
    ]
    longest = max(chains(kept, text), key=len, default=[])
    return next((choice for choice in (longest, kept) if len(choice) > 1), named)


def _is_context(before: Mention | None, side: Mention, text: str) -> bool:
    """Whether a name stands after a preposition that no comparing word follows."""
    start = 0 if before is None else versus(before, side, text) or before.end
    return _CONTEXT.search(text[max(start, side.start - NEARBY) : side.start]) is not None


def _is_pair(side: Mention, after: Mention | None, findings: Findings, evidence: Evidence) -> bool:
    """Whether a name is compared with the next, of its own category: "data for KTO vs DPO"."""
    if after is None or versus(side, after, findings.question.text) is None:
        return False
    one, other = findings.owner(side), findings.owner(after)
    if one is None or other is None:
        return False
    return evidence.entries[one].category == evidence.entries[other].category
