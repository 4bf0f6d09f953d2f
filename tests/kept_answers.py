"""Answers as they were, to see whether a change moves any: run with PYTHONPATH=src:tests.

    python -m kept_answers        keeps those of today in tests/answers.json

Of each question, by its id, the status and the places that are quoted are kept; and the checksums
of the vectors that they came from, which another machine may round otherwise. The dev questions are
no part of this repository; their ids are.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from entrywise import Assistant

HERE = Path(__file__).parent
KEPT = HERE / "answers.json"
VECTORS = ("chunks.faiss", "questions.faiss", "sentences.vectors.npy")
QUESTIONS = {
    "own": HERE / "questions.jsonl",
    "dev": HERE.parents[1] / "shared" / "evaluation" / "glossary-dev.jsonl",
}


def answers(assistant: Assistant, questions: Path) -> dict[str, Any]:
    """{id of a question: its status, then each quote as entry, section, start, end}."""
    found: dict[str, Any] = {}
    for line in questions.read_text("utf-8").splitlines():
        row = json.loads(line)
        answer = assistant.ask(row["question"])
        quotes = [[c.entry, c.section, c.start, c.end] for c in answer.citations]
        found[str(row["id"])] = [answer.status, *quotes]
    return found


def vectors(assistant: Assistant) -> list[str]:
    """The checksums of the vectors of an index."""
    files = assistant.index.manifest.files
    return [files[name].sha256 for name in VECTORS]


if __name__ == "__main__":
    with Assistant.open() as today:
        kept = {name: answers(today, path) for name, path in QUESTIONS.items()}
        record = {"vectors": vectors(today), **kept}
    KEPT.write_text(json.dumps(record, separators=(",", ":")) + "\n", "utf-8")
