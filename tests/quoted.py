"""Citations of documents."""

from __future__ import annotations

from entrywise.rag.answer import Citation

FENCE = "`" * 3


def quoted(source: str, number: int = 1, section: str = "s") -> Citation:
    """A citation of Markdown that stands by itself."""
    return Citation(
        number, "a/b", "Page", section, 0, len(source), source, is_markdown=True, source=source
    )
