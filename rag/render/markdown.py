"""An answer as Markdown: quotes with footnote-like marks, tables as tables. It brings no HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from entrywise.rag.answer import ABSENT, NEXT, AnswerValues, Citation
from entrywise.rag.render.documents.markdown import Lead, markdown_pieces, nowhere
from entrywise.rag.render.escape import cell, heading, one_line
from entrywise.rag.render.safe_markdown import safe_markdown
from entrywise.rag.render.visitor import Rows, StringFormat, by_section, visit


def render_markdown(answer: AnswerValues) -> str:
    """The answer as Markdown (GitHub's flavour), ending in a line break; formulas stay LaTeX."""
    blocks = [f"# {heading(answer.question)}"]
    parts = by_section(answer.parts, answer.citations)
    blocks += [visit(part, answer.citations, _MARKDOWN) for part in parts]
    blocks += [_list("Sources", _sources(answer)), _list(NEXT, answer.suggestions)]
    return safe_markdown("\n\n".join(filter(None, blocks)) + "\n")


class MarkdownFormat(StringFormat):
    """Quotes and words as they stand, since they may be Markdown themselves.

    `lead` tells where links of documents lead.
    """

    def __init__(self, lead: Lead = nowhere) -> None:
        self._lead = lead

    def absent(self) -> str:
        return f"*{ABSENT}*"

    def paragraph(self, title: str | None, said: str, /) -> str:
        return f"## {heading(title)}\n\n{said}" if title else said

    def excerpt(self, title: str | None, cited: Sequence[Citation], /) -> str:
        pieces = markdown_pieces(cited, self._lead)
        marked = (one if isinstance(one, str) else self.mark(one.number).strip() for one in pieces)
        return self.paragraph(title, "".join(marked))

    def table(self, title: str | None, columns: Sequence[str], rows: Rows[str], /) -> str:
        lines = (f"| {' | '.join(map(cell, (about, *cells)))} |" for about, cells in rows)
        return self.paragraph(title, "\n".join([table_head(columns), *lines]))


_MARKDOWN = MarkdownFormat()


def table_head(columns: Sequence[str]) -> str:
    """The first two lines of a table, whose rows begin with what they are about."""
    return f"| | {' | '.join(map(cell, columns))} |\n|---|{'---|' * len(columns)}"


def _sources(answer: AnswerValues) -> Iterator[str]:
    for citation in answer.citations:
        link = f": <{citation.url}>" if citation.is_markdown and citation.url else ""
        yield (
            f"[{citation.number}] {citation.title}: `{citation.entry}`, {citation.section}, "
            f"characters {citation.start} to {citation.end}{link}"
        )
    for reference in answer.references:
        link = f": <{reference.url}>" if reference.url else ""
        yield f"{reference.kind}: {reference.title}{link}"


def _list(title: str, items: Iterable[str]) -> str:
    lines = [f"- {one_line(item)}" for item in items]
    return "\n".join([f"## {title}\n", *lines]) if lines else ""
