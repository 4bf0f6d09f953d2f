"""Labelled questions for the six entries of the small index."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SENTENCE = "Keys and values are kept as one small latent vector per token."


def row(question_id: str, **changes: object) -> dict[str, object]:
    """A valid row of a question file, with some fields changed."""
    return {
        "id": question_id,
        "question": "What is MLA?",
        "type": "definition",
        "scope": "in",
        "relevant": {"mla": 2},
    } | changes


def outside(question_id: str, scope: str, question: str) -> dict[str, object]:
    """A row of a question that no entry answers."""
    return row(question_id, scope=scope, question=question, type="other", relevant={})


ROWS = [
    row("d1", answer_spans={"mla": SENTENCE}, source="a forum"),
    row("d2", question="What is LoRA?", relevant={"lora": 2}),
    row(
        "c1",
        question="GQA vs MLA",
        type="comparison",
        relevant={"gqa": 2, "mla": 2},
        must=["gqa", "mla"],
    ),
    outside("n1", "near", "How does a Kalman filter smooth a loss curve?"),
    outside("f1", "far", "How long should spaghetti boil?"),
]


def write_questions(path: Path, rows: list[Any]) -> Path:
    """Write rows to a question file; a text is written as it is."""
    lines = [line if isinstance(line, str) else json.dumps(line) for line in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
