"""Labels for calibration: questions, and whether the knowledge base answers them. JSON Lines.

    {"question": "how do I renew?", "answered": true}
    {"question": "who founded the company?", "scope": "near"}

A file of labelled questions, as `entrywise eval` reads it, is such a file; other fields are passed
over. `scope` is `in`, `near` or `far`; "answered": false is a near miss.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.fields import Record
from entrywise.data.readers.files import json_lines
from entrywise.rag.evaluation.questions import SCOPES, choice
from entrywise.rag.judge.calibration.labels import Label, Scope

_SCOPES: dict[str, Scope] = {"in": "in", "near": "near", "far": "far"}


def read_labels(path: Path) -> Sequence[Label]:
    """The labels of a file; blank lines are skipped.

    Raises:
        KnowledgeBaseError: the file cannot be read or is empty, or a line is no label.
    """
    labels = [Label(record.text("question"), _scope(record)) for record in json_lines(path)]
    if not labels:
        raise KnowledgeBaseError(f"{path}: holds no label; write one JSON object a line")
    return labels


def _scope(record: Record) -> Scope:
    if "scope" in record.values:
        return _SCOPES[choice(record, "scope", SCOPES)]
    answered = record.values.get("answered")
    if not isinstance(answered, bool):
        raise record.problem("answered", "write true or false, or a 'scope'")
    return "in" if answered else "near"
