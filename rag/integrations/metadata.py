"""What every framework is told of a passage: where it stands. Its text goes beside it, verbatim."""

from __future__ import annotations

from typing import Any

from entrywise.rag.find.passages import Passage


def section_id(passage: Passage) -> str:
    """The text that a passage's offsets count in, e.g. "gqa:explanation"."""
    return f"{passage.entry}:{passage.section}"


def passage_id(passage: Passage) -> str:
    """An id that depends on the place alone, not on the question: "gqa:explanation:0-131"."""
    return f"{section_id(passage)}:{passage.start}-{passage.end}"


def place(passage: Passage) -> dict[str, Any]:
    """The fields of a citation, as in an answer's JSON, without number and quote."""
    return {
        "entry": passage.entry,
        "title": passage.title,
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "url": passage.url,
    }
