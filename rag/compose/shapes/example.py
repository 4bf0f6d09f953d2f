"""The answer to "give me an example of …": the sentences that give one, then what it is."""

from __future__ import annotations

import re

from entrywise.index.similarity import ranked
from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.aspects import EXAMPLE, OCCASION
from entrywise.rag.judge.evidence import EntryEvidence, Evidence, Sentence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.question import Question

# "Examples of" asks for a list. Compiled, and remembered, by `re` where a question has one of the
# words.
_WORDS = ("example", "instance")
_ASKS = (
    r"\b(?:an?|another|one|any|some|the)(?: \w+)? examples? (?:of|for)\b|"
    r"\bfor (?:example|instance)\b"
)
_GIVES = (
    r"(?i)\b(?:e\.g\.|for (?:example|instance)|such as|includ(?:e|ing)\b)|"
    r"\blike (?-i:[A-Z'\"“])"
)
_EXAMPLE = r"(?i)\b(?<!for )examples?\b"
# "A 7B model needs about 614K", "For H=8 heads: …", "LLaMA 7B: …": from one number to another.
_CASE = (
    r"(?:For|With|At|In|On|If|An?) [^:,]{0,100}\d[^:]{0,100}?\D\d|"
    r"(?!\(?\d+\))[^:,]{1,40}\d[^:,]{0,20}(?::| =) .{0,100}?\d"
)
_EXAMPLES = 4


def asks_for_example(question: Question) -> bool:
    """Whether a question asks for an example of what it names."""
    text = question.text.lower()
    may_ask = any(word in text for word in _WORDS) and question.surely_named
    return bool(may_ask and re.search(_ASKS, text))


def example(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """What is given as an example, or is a case with numbers; then what each thing is."""
    named = [entry for entry in findings.question.surely_named if entry in findings.quoted]
    sides = evidence.of_all(named or findings.quoted[:1])
    for side in sides:
        heading = side.entry.short_name if len(sides) > 1 else None
        given = _given(side)
        if given:
            draft.quote(given, heading=heading, aspect=EXAMPLE)
        else:
            draft.absent(draft.texts("missing.example", title=side.entry.short_name))
        draft.quote([side.lead], heading=heading, aspect="definition")


def _given(side: EntryEvidence) -> list[Sentence]:
    """The best sentences that give an example, in reading order: what the knowledge base says to be
    one, or the wording, else cases. The word itself gives none where it says what the thing is, as
    few-shot prompting is about examples, nor does a case there."""
    signs = [_GIVES] if re.search(_EXAMPLE, side.lead.text) else [_GIVES, _EXAMPLE]
    found = [
        one
        for one in side.sentences
        if one.told == EXAMPLE
        or (one.told != OCCASION.id and any(re.search(sign, one.text) for sign in signs))
    ]
    others = (one for one in side.sentences if one not in side.openings)
    found = found or [one for one in others if re.match(_CASE, one.text)]
    best = ranked(found, lambda one: one.score)[:_EXAMPLES]
    return sorted(best, key=lambda one: one.row)
