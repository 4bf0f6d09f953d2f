"""Follow-ups: a question that leans on the ones before it is completed from them.

    what is GQA?           and MLA?                     what is MLA?
    what is GQA?           how does it compare to MQA?  how does GQA compare to MQA?
    what is GQA?           why?                         why GQA?
    compare GQA and MLA    and MQA?                     compare GQA and MLA and MQA

A question that names its subject and has no pronoun before it stands on its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.index.names import ORDINARY
from entrywise.index.store import Index

_PRONOUN = re.compile(
    r"\b(?:its?|they|them|their|both|the two|"
    r"(?:this|that|these|those)(?=\s*[?.!]*$|\s+(?:is|are|does|do|work|mean|compare|differ)\b))\b"
    r"(?!\s+(?:possible|worth|ok|okay|necessary|true|better to|good to|safe to)\b)",
    re.IGNORECASE,
)
_ADDITION = re.compile(
    r"^\s*(?:(?:and|or)(?:\s+what about|\s+how about)?|what about|how about)\s+", re.I
)
_COMPARING = re.compile(r"\b(?:differen\w+|differs?|vs|versus|compar\w+)\b", re.IGNORECASE)

# "why?", "how much memory?", "an example": too short to open a new subject.
_ELLIPTIC_WORDS = 4

_Place = tuple[int, int]


def resolve(question: str, history: Sequence[str], index: Index) -> str:
    """The question, complete in itself.

    Args:
        history: the questions before it as they were asked, oldest first.
    """
    complete = ""
    for asked in (*history, question):
        complete = _completed(asked, complete, index)
    return complete


def _completed(question: str, previous: str, index: Index) -> str:
    """A question completed from the complete one before it."""
    subjects = _names(previous, index)
    if not subjects:
        return question
    names = _names(question, index)
    subject = " and ".join(dict.fromkeys(previous[start:end] for start, end in subjects))
    addition = _ADDITION.match(question)
    if addition and not _COMPARING.search(question):
        added = question[addition.end() :].rstrip(" ?!.")
        return (
            _asked_of(added, previous, subjects)
            if names or _is_name(added)
            else (f"{added} {subject}?")
        )
    pronoun = _PRONOUN.search(question)
    if pronoun and not any(start < pronoun.start() for start, _ in names):
        return f"{question[: pronoun.start()]}{subject}{question[pronoun.end() :]}"
    if not names and len(question.split()) <= _ELLIPTIC_WORDS and not _is_name(question):
        return f"{question.rstrip(' ?!.')} {subject}?"
    return question


def _asked_of(added: str, previous: str, subjects: Sequence[_Place]) -> str:
    """The previous question, asked of something else; a comparison gets one more side."""
    start, end = subjects[0][0], subjects[-1][1]
    if len(subjects) > 1 or _COMPARING.search(previous):
        return f"{previous[:end]} and {added}{previous[end:]}"
    return f"{previous[:start]}{added}{previous[end:]}"


def _names(text: str, index: Index) -> list[_Place]:
    """Where a text names entries for sure, in its order."""
    found = {(m.start, m.end) for m in index.names.find(text) if m.strength > ORDINARY}
    return sorted(found)


def _is_name(text: str) -> bool:
    """Whether a text of few words is written like a name: a capital or digit after its start."""
    return bool(re.search(r"[A-Z0-9]", text[1:])) and len(text.split()) <= _ELLIPTIC_WORDS
