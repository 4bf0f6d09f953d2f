"""Follow-ups: a question that leans on the ones before it is completed from them.

    what is GQA?           and MLA?                     what is MLA?
    what is GQA?           how does it compare to MQA?  how does GQA compare to MQA?
    what is GQA?           why?                         why GQA?
    what is GQA?           and is it faster?            and is GQA faster?
    compare GQA and MLA    and MQA?                     compare GQA and MLA and MQA

A question that names its subject and has no pronoun before it stands on its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.index.index import Index
from entrywise.index.names.names import ORDINARY
from entrywise.rag.domains.base import Domain
from entrywise.rag.understand.wording import COMPARING, compiled

# Compiled, and remembered, by `re` where a question has others before it.
_PRONOUN = (
    # The end of "do-it" is no pronoun.
    r"(?i)(?<![\w-])(?:its?|they|them|their|both|the two|"
    r"(?:this|that|these|those)(?=\s*[?.!]*$|\s+(?:is|are|does|do|work|mean|compare|differ)\b))"
    r"(?![\w-])"
    r"(?!\s+(?:possible|worth|ok|okay|necessary|true|better to|good to|safe to)\b)"
)
_ADDITION = r"(?i)\s*(?:(?:and|or)(?:\s+what about|\s+how about)?|what about|how about)\s+"

# "why?", "how much memory?", "an example": too short to open a new subject.
_ELLIPTIC_WORDS = 4

# Of an earlier question so many characters are read for its names: fifty long ones would take as
# long as fifty answers.
_READ_OF_EARLIER = 1_000

_Place = tuple[int, int]


def resolve(question: str, history: Sequence[str], index: Index, domain: Domain) -> str:
    """The question, complete in itself.

    Args:
        history: the questions before it as they were asked, oldest first.
    """
    complete = ""
    for asked in history:
        complete = _completed(asked[:_READ_OF_EARLIER], complete, index, domain)
    return _completed(question, complete, index, domain)


def _completed(question: str, previous: str, index: Index, domain: Domain) -> str:
    """A question completed from the complete one before it."""
    if index.holds_documents:
        return _continued(question, previous)
    subjects = _names(previous, index, domain) if previous else []
    if not subjects:
        return question
    names = _names(question, index, domain)
    subject = " and ".join(dict.fromkeys(previous[start:end] for start, end in subjects))
    addition = re.match(_ADDITION, question)
    pronoun = re.search(_PRONOUN, question)
    if pronoun and _refers_back(pronoun, names, adds=addition is not None):
        return f"{question[: pronoun.start()]}{subject}{question[pronoun.end() :]}"
    if addition and not compiled(COMPARING).search(question):
        added = question[addition.end() :].rstrip(" ?!.")
        if names or _is_name(added):
            return _asked_of(added, previous, subjects)
        return f"{added} {subject}?"
    if not names and len(question.split()) <= _ELLIPTIC_WORDS and not _is_name(question):
        return f"{question.rstrip(' ?!.')} {subject}?"
    return question


def _continued(question: str, previous: str) -> str:
    """Where things have no names, both questions: "how many days do I get, and in Germany?"."""
    leans = (
        re.match(_ADDITION, question)
        or re.search(_PRONOUN, question)
        or len(question.split()) <= _ELLIPTIC_WORDS
    )
    if not previous or not leans:
        return question
    return f"{previous.rstrip(' ?!.')}, {question[:1].lower()}{question[1:]}"


def _refers_back(pronoun: re.Match[str], names: Sequence[_Place], *, adds: bool) -> bool:
    """Whether a pronoun stands for the subject of before, not for a name in its own question:
    "does MLA need its cache?", but "what about quantizing it?"."""
    own = any(start < pronoun.start() for start, _ in names)
    return not own or (adds and pronoun.group().lower() not in ("its", "their"))


def _asked_of(added: str, previous: str, subjects: Sequence[_Place]) -> str:
    """The previous question, asked of something else; a comparison gets one more side."""
    start, end = subjects[0][0], subjects[-1][1]
    if len(subjects) > 1 or compiled(COMPARING).search(previous):
        return f"{previous[:end]} and {added}{previous[end:]}"
    return f"{previous[:start]}{added}{previous[end:]}"


def _names(text: str, index: Index, domain: Domain) -> list[_Place]:
    """Where a text has compound names or names entries for sure, in its order."""
    compound = domain.decoder.find(text) if domain.decoder else ()
    places = {(name.start, name.end) for name in compound}
    for match in index.names.find(text):
        inside = any(start <= match.start < end for start, end in places)
        if match.strength > ORDINARY and not inside:
            places.add((match.start, match.end))
    return sorted(places)


def _is_name(text: str) -> bool:
    """Whether a text of few words is written like a name: a capital or digit after its start."""
    return bool(re.search(r"[A-Z0-9]", text[1:])) and len(text.split()) <= _ELLIPTIC_WORDS
