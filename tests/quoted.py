"""Citations of documents, and what answers quote."""

from __future__ import annotations

from entrywise.rag.answer import AnswerValues, Citation

FENCE = "`" * 3


def quoted(source: str, number: int = 1, section: str = "s") -> Citation:
    """A citation of Markdown that stands by itself."""
    return Citation(
        number, "a/b", "Page", section, 0, len(source), source, is_markdown=True, source=source
    )


def quoted_characters(answer: AnswerValues) -> set[tuple[str, str, int]]:
    """(entry, section, place) of each character that an answer quotes."""
    return {
        (one.entry, one.section, place)
        for one in answer.citations
        for place in range(one.start, one.end)
    }
