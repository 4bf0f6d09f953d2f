"""Reads questions that people ask of a knowledge base as a whole, and adds them to it.

    {"topic": "sampling", "questions": ["…", "…"], "relevant": {"top-k": 2, "temperature": 1}}
    {"question": "…", "relevant": {}}

A way of asking (by_entry.py) is asked of one entry; these span several, or none: where no entry
is relevant, the question is known to be beyond the knowledge base. A file of labelled questions, as
`entrywise eval` reads it, is such a file as well: its other fields are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from entrywise.data.entries import Asked, KnowledgeBase
from entrywise.data.readers.fields import Record, as_record, nearest, show
from entrywise.data.readers.files import json_lines

GRADES = (1, 2)
_FIELDS = ("topic", "question", "questions", "relevant")
_LABELS = ("id", "type", "scope", "must", "answer_spans", "source")


def add_asked(knowledge_base: KnowledgeBase, path: Path) -> KnowledgeBase:
    """The same knowledge base with the asked questions of a JSON Lines file added.

    Raises:
        KnowledgeBaseError: the file cannot be read, a line is no valid row, or it names an entry
            that does not exist.
    """
    asked = tuple(_asked(path, knowledge_base))
    return replace(knowledge_base, asked=knowledge_base.asked + asked)


def _asked(path: Path, knowledge_base: KnowledgeBase) -> Iterator[Asked]:
    for record in json_lines(path):
        record.allow((*_FIELDS, *_LABELS))
        grades = MappingProxyType(read_grades(record))
        for entry in grades:
            if entry not in knowledge_base:
                ids = [known.id for known in knowledge_base]
                what = f"{show(entry)} is no entry id; remove it or correct it"
                raise record.problem("relevant", what + nearest(entry, ids))
        for question in _questions(record):
            yield Asked(question, grades)


def _questions(record: Record) -> tuple[str, ...]:
    if ("question" in record.values) == ("questions" in record.values):
        raise record.problem("questions", "write 'question' or 'questions', one of the two")
    if "question" in record.values:
        return (record.text("question"),)
    return record.texts("questions")


def read_grades(record: Record) -> dict[str, int]:
    """The field `relevant` of a record: {entry id: 2 (answers) or 1 (context)}, empty if missing.

    Raises:
        KnowledgeBaseError: it is something else.
    """
    labels = as_record(record.values.get("relevant", {}), f"{record.where}, field 'relevant'")
    grades = {entry: labels.whole_number(entry) for entry in labels.values}
    for entry, grade in grades.items():
        if grade not in GRADES:
            raise labels.problem(entry, f"{grade} is no grade; write 2 (answers) or 1 (context)")
    return grades
