"""Labelled questions: what people asked, and what a good answer holds. JSON Lines, one a line.

    {"id": "1", "question": "…", "type": "why", "scope": "in", "relevant": {"gqa": 2, "mqa": 1}}
    {"id": "2", "question": "…", "scope": "in", "pages": ["billing/renewal"], "shown": ["each May"]}

A row has `id`, `question` and `scope`; `type` (`other` where it is missing), `relevant` or `pages`,
`must`, `answer_spans`, `shown` and `source` as far as they are known; the rest is ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.questions.across_entries import read_grades
from entrywise.data.readers.fields import Record, as_record, nearest, show
from entrywise.data.readers.files import json_lines

IN, NEAR, FAR = SCOPES = ("in", "near", "far")
"""Answered by the knowledge base; of its field, but not answered by it; of another field."""

COMPARISON = "comparison"
_OTHER = "other"
TYPES = (
    "definition", COMPARISON, "descriptive", "howto", "why", "numeric", "decode", _OTHER,
)  # fmt: skip
_ANSWERS = 2


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """One question and its labels.

    `relevant` grades entries: 2 answers the question or a part of it, as each of `pages` does, 1 is
    useful context. `must` are the entries that a complete answer cites. `answer_spans` has, for an
    entry, a sentence of it whose content a good answer conveys. `shown` are texts, one of which who
    asks has to see. `source` says where the question was asked.
    """

    id: str
    question: str
    type: str
    scope: str
    relevant: Mapping[str, int]
    must: tuple[str, ...]
    answer_spans: Mapping[str, str]
    source: str
    shown: tuple[str, ...] = ()


def read_questions(path: Path) -> tuple[LabelledQuestion, ...]:
    """The labelled questions of a JSON Lines file; blank lines are skipped.

    Raises:
        KnowledgeBaseError: the file cannot be read or is empty, a line is no valid row, or an id
            is there twice.
    """
    questions: dict[str, LabelledQuestion] = {}
    for record in json_lines(path):
        question = _question(record)
        if question.id in questions:
            what = f"{show(question.id)} was there on an earlier line; rename one of them"
            raise record.problem("id", what)
        questions[question.id] = question
    if not questions:
        raise KnowledgeBaseError(f"{path}: holds no question; write one JSON object a line")
    return tuple(questions.values())


def _question(record: Record) -> LabelledQuestion:
    scope = choice(record, "scope", SCOPES)
    relevant = dict.fromkeys(record.texts("pages"), _ANSWERS) | read_grades(record)
    if (scope == IN) != bool(relevant):
        what = "are needed where the scope is 'in', and only there; correct one of the two"
        raise record.problem("relevant", f"labels {what}")
    return LabelledQuestion(
        id=record.text("id"),
        question=record.text("question"),
        type=choice(record, "type", TYPES) if "type" in record.values else _OTHER,
        scope=scope,
        relevant=MappingProxyType(relevant),
        must=_must(record, relevant),
        answer_spans=MappingProxyType(_spans(record, relevant)),
        source=record.note("source"),
        shown=record.texts("shown"),
    )


def choice(record: Record, field: str, choices: tuple[str, ...]) -> str:
    """The value of a field, which is one of some.

    Raises:
        KnowledgeBaseError: it is missing, or none of them.
    """
    value = record.text(field)
    if value not in choices:
        what = f"{show(value)} is none of {', '.join(choices)}; choose one"
        raise record.problem(field, f"{what}{nearest(value, choices)}")
    return value


def _labels(record: Record, field: str) -> Record:
    """An object with one value for each entry id; empty when it is missing."""
    return as_record(record.values.get(field, {}), f"{record.where}, field {field!r}")


def _must(record: Record, relevant: Mapping[str, int]) -> tuple[str, ...]:
    must = record.texts("must")
    for entry in must:
        if entry not in relevant:
            raise record.problem("must", f"{show(entry)} is not in 'relevant'; grade it there")
    return must


def _spans(record: Record, relevant: Mapping[str, int]) -> dict[str, str]:
    labels = _labels(record, "answer_spans")
    for entry in labels.values:
        if entry not in relevant:
            raise labels.problem(entry, "is not in 'relevant'; grade the entry there")
    return {entry: labels.text(entry) for entry in labels.values}
