"""An answer as plain text to be pasted anywhere: formulas are Unicode, a table is indented lines.

Heads share their keys. [1]

Sources
[1] GQA: https://kb.example/entry/gqa
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from entrywise.rag.answer import AnswerValues
from entrywise.rag.render.escape import printable
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.visitor import PlainTextFormat, Rows, by_section, plain_text
from entrywise.web.copies.sources import Source


def copied_text(
    answer: AnswerValues, sources: Sequence[Source], heading: str, called: Mapping[str, str]
) -> str:
    """The text of an answer.

    Args:
        sources: what its marks lead to.
        heading: what stands above them.
        called: what stands above the quotes of some sections.
    """
    parts = by_section(answer.parts, answer.citations, called)
    text = plain_text(parts, answer.citations, _TEXT)
    below = "\n".join([heading, *_lines(sources)])
    return printable(f"{text}\n\n{below}" if sources else text)


def _lines(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        marks = "".join(f"[{number}]" for number in source.numbers)
        yield f"{marks} {source.title}: {source.address}"


class _Text(PlainTextFormat):
    """Plain text whose formulas can be read, with tables by their rows."""

    def quoted(self, text: str) -> str:
        return readable(text)

    def worded(self, text: str) -> str:
        return readable(text)

    def paragraph(self, heading: str | None, said: str, /) -> str:
        return super().paragraph(heading and readable(heading), said)

    def table(self, heading: str | None, columns: Sequence[str], rows: Rows[str], /) -> str:
        return self.paragraph(heading, "\n".join(_rows(columns, rows)))


_TEXT = _Text()


def _rows(columns: Sequence[str], rows: Rows[str]) -> Iterator[str]:
    for aspect, cells in rows:
        if not any(columns):
            said = readable(aspect)
            # "7B: 7 billion parameters" has its colon.
            yield " ".join([f"{said}\n " if ":" in said else f"{said}:", *cells])
            continue
        yield readable(aspect)
        yield from (f"  {readable(c)}: {cell}" for c, cell in zip(columns, cells, strict=True))
