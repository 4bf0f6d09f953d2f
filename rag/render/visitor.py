"""The visitor of an answer's parts: the one place that knows which kinds of parts there are.

    Part ─ visit ─▶ quotes · words · absent ─▶ paragraph · table        (methods of a Format)
                  ─▶ excerpt

A quote has its mark behind it; so have words that an LLM wrote, and a remark where no quote
supports them. Quotes of documents, most of which are Markdown, are an excerpt: blocks rather than a
paragraph. A format says how each of these looks, and never asks what kind of part it is in. Plain
text, which is what `Answer.text` is, is the format that most others vary.
The templates and the widget are written in languages of their own: tests/test_formats.py holds
that they show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import Protocol, TypeVar

from entrywise.rag.answer import ABSENT, UNSUPPORTED, Citation, Part
from entrywise.rag.compose.draft import table_lines
from entrywise.rag.compose.shapes.excerpts import EXCERPT

# What shows documents is imported when it is used: whoever asks for terms does not wait for it
# (10 ms, and 50 ms for the parser).

T = TypeVar("T")

Rows = Sequence[tuple[str, Sequence[T]]]
"""The rows of a table: what each is about, and its cells."""


class Format(Protocol[T]):
    """What a format makes of each piece of a part; `T` is what it makes, mostly a string."""

    def quotes(self, cited: Sequence[Citation], /) -> T:
        """Quotes, each with its mark."""
        ...

    def excerpt(self, heading: str | None, cited: Sequence[Citation], /) -> T:
        """Quotes of documents, each with its mark, under their heading if there is one."""
        ...

    def words(self, text: str, cited: Sequence[Citation], /, *, doubted: bool) -> T:
        """Words that are no quote: an LLM's, with the marks of what they cite, or the program's
        own. Those that are `doubted` have a remark that their quotes do not support them."""
        ...

    def absent(self) -> T:
        """A cell of which the knowledge base says nothing."""
        ...

    def paragraph(self, heading: str | None, said: T, /) -> T:
        """Quotes or words, under their heading if there is one."""
        ...

    def table(self, heading: str | None, columns: Sequence[str], rows: Rows[T], /) -> T:
        """A table; where all is about one subject, there is one column, whose title is empty."""
        ...


def visit(part: Part, citations: Sequence[Citation], form: Format[T]) -> T:
    """A part of an answer in a format.

    Args:
        citations: those of the answer, in the order of their numbers, which count from 1; while it
            is on its way, those that it has so far.
    """

    def quotes(numbers: Sequence[int]) -> T:
        return form.quotes([citations[number - 1] for number in numbers])

    if part.kind == "table":
        rows = [
            (row.aspect, [quotes(cell.citations) if cell else form.absent() for cell in row.cells])
            for row in part.rows
        ]
        return form.table(part.heading, part.columns, rows)
    cited = [citations[number - 1] for number in part.citations]
    if is_excerpt(part, citations):
        return form.excerpt(part.heading, cited)
    if part.kind == "quote":
        return form.paragraph(part.heading, form.quotes(cited))
    words = form.words(part.text, cited, doubted=part.supported is False)
    return form.paragraph(part.heading, words)


def by_section(
    parts: Iterable[Part],
    citations: Sequence[Citation],
    called: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Part]:
    """The parts of an answer, those that quote several sections of terms as one for each: what is
    read has paragraphs.

    Args:
        called: what stands above the quotes of some sections, where others come before them, behind
            the heading of these: no format has headings below headings.
    """

    def section(number: int) -> tuple[str, str]:
        one = citations[number - 1]
        return one.entry, one.section

    for part in parts:
        if part.kind != "quote" or is_excerpt(part, citations):
            yield part
            continue
        for place, ((_, name), numbers) in enumerate(groupby(part.citations, section)):
            heading = called.get(name) if place else part.heading
            if place and heading and part.heading:
                heading = f"{part.heading}: {heading}"
            yield replace(part, citations=tuple(numbers), heading=heading)


def is_excerpt(part: Part, citations: Sequence[Citation]) -> bool:
    """Whether a part is quotes of documents; its citations are among those given."""
    if part.kind != "quote":
        return False
    return part.aspect == EXCERPT or any(citations[n - 1].is_markdown for n in part.citations)


def continues(part: Part, before: Part | None) -> bool:
    """Whether a part goes on with the paragraph before it: what an LLM writes is one."""
    both = [one is not None and one.supported is not None for one in (part, before)]
    return all(both)


class StringFormat:
    """A format whose pieces are strings: texts as they stand, with [1] marks.

    A subclass says what is different in it, and how its paragraphs and tables look.
    """

    def quoted(self, text: str) -> str:
        """The text of a quote."""
        return text

    def worded(self, text: str) -> str:
        """The text of words that are no quote."""
        return text

    def mark(self, number: int) -> str:
        """What stands behind a text that cites, with the space between them."""
        return f" [{number}]"

    def remark(self) -> str:
        """What stands behind words that their quotes do not support."""
        return f" ({UNSUPPORTED})"

    def absent(self) -> str:
        """A cell of which the knowledge base says nothing."""
        return ABSENT

    def quotes(self, cited: Sequence[Citation], /) -> str:
        """Quotes, each with its mark."""
        return " ".join(self.quoted(quote_text(one)) + self.mark(one.number) for one in cited)

    def words(self, text: str, cited: Sequence[Citation], /, *, doubted: bool) -> str:
        """Words with their marks, and with a remark where they are doubted."""
        marks = "".join(self.mark(one.number) for one in cited)
        return f"{self.worded(text)}{marks}{self.remark() if doubted else ''}"


def quote_text(citation: Citation) -> str:
    """A quote among others, in a paragraph or in a cell."""
    if not citation.is_markdown:
        return citation.quote
    from entrywise.rag.render.documents.plain_text import plain_line

    return plain_line(citation)


class PlainTextFormat(StringFormat):
    """Plain text: verbatim, with a table as its lines."""

    def paragraph(self, heading: str | None, said: str, /) -> str:
        return f"{heading}\n{said}" if heading else said

    def excerpt(self, heading: str | None, cited: Sequence[Citation], /) -> str:
        from entrywise.rag.render.documents.plain_text import plain_excerpt

        return self.paragraph(heading, plain_excerpt(cited, self.mark))

    def table(self, heading: str | None, columns: Sequence[str], rows: Rows[str], /) -> str:
        return self.paragraph(heading, "\n".join(table_lines(columns, rows)))


_PLAIN_TEXT = PlainTextFormat()


def plain_text(
    parts: Iterable[Part], citations: Sequence[Citation], form: Format[str] = _PLAIN_TEXT
) -> str:
    """An answer as plain text with [1] marks: a paragraph for each part; sentences that an LLM
    wrote are one together.

    Args:
        form: what each of them looks like.
    """
    text, before = "", None
    for part in parts:
        separator = " " if continues(part, before) else "\n\n" if before else ""
        text += separator + visit(part, citations, form)
        before = part
    return text
