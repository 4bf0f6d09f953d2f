"""An answer as plain text with [1] marks, which is what `Answer.text` is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from entrywise.rag.answer import Citation, Part, table_lines
from entrywise.rag.render.visitor import Rows, StringFormat, continues, visit


def plain_text(parts: Iterable[Part], citations: Sequence[Citation]) -> str:
    """A paragraph for each part; sentences that an LLM wrote are one together."""
    text, before = "", None
    for part in parts:
        separator = " " if continues(part, before) else "\n\n" if before else ""
        text += separator + visit(part, citations, _PLAIN)
        before = part
    return text


class _Plain(StringFormat):
    """Plain text: verbatim, with a table as its lines."""

    def paragraph(self, heading: str | None, said: str, /) -> str:
        return f"{heading}\n{said}" if heading else said

    def table(self, heading: str | None, columns: Sequence[str], rows: Rows[str], /) -> str:
        return self.paragraph(heading, "\n".join(table_lines(columns, rows)))


_PLAIN = _Plain()
