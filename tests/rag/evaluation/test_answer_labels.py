from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.rag.evaluation.answer_labels import read_labels


def test_a_label_is_a_scope_or_whether_it_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(
        '{"question": "a", "answered": true}\n\n{"question": "b", "answered": false}\n'
        '{"id": "1", "question": "c", "scope": "far", "type": "other"}\n'
    )
    assert [*read_labels(path)] == [("a", "in"), ("b", "near"), ("c", "far")]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"question": "a"}', "write true or false, or a 'scope'"),
        ('{"question": "a", "answered": "yes"}', "write true or false"),
        ('{"question": "a", "scope": "ner"}', "'ner' is none of in, near, far"),
        ('{"answered": true}', "question"),
        ("", "holds no label"),
    ],
)
def test_what_is_no_label_is_refused(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(KnowledgeBaseError, match=message):
        read_labels(path)
