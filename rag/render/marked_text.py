"""An answer as text for a chat, with the place of each of its marks: Markdown, part by part.

Formulas are Unicode: a chat that typesets is the exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from entrywise.rag.answer import ABSENT, UNSUPPORTED, Citation, Part
from entrywise.rag.render.documents.markdown import Lead, markdown_pieces, nowhere
from entrywise.rag.render.escape import cell, label, one_line
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.markdown import table_head
from entrywise.rag.render.safe_markdown import safe_addition
from entrywise.rag.render.visitor import Rows, quote_text, visit

Link = Callable[[Citation], str]
"""The address of the page that shows a quote where it stands."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark such as [1]: where it stands in the text (characters, end exclusive), what it cites,
    and the address of the page that shows that."""

    start: int
    end: int
    citation: Citation
    url: str


class MarkedText:
    """A text that grows by the parts of an answer.

    >>> text = MarkedText(lambda citation: f"https://example.org/{citation.entry}")
    >>> text.add(Part("quote", "A quote.", (1,)), [Citation(1, "a", "A", "text", 0, 8, "A quote.")])
    >>> text.text, text.marks[0].start, text.marks[0].url
    ('A quote. [1]', 9, 'https://example.org/a')
    """

    def __init__(self, link: Link, lead: Lead = nowhere) -> None:
        """An empty text.

        Args:
            link: where its marks and its list of sources lead.
            lead: where links of documents do.
        """
        self._link = link
        self._chat = _Chat(lead)
        self.text = ""
        self.marks: list[Mark] = []

    def add(self, part: Part, citations: Sequence[Citation]) -> None:
        """Add a part of an answer; `citations` are those of the answer so far."""
        self._paragraph()
        for piece in visit(part, citations, self._chat):
            if isinstance(piece, Citation):
                self._mark(piece)
            else:
                self.text += safe_addition(self.text, piece)

    def add_sources_of(self, citations: Sequence[Citation]) -> None:
        """Add the list of what the marks cite: for clients that drop what they do not know."""
        if citations:
            self._paragraph()
            lines = (
                f"- [{one.number}] [{label(one.title)}]({self._link(one)})" for one in citations
            )
            self.text += safe_addition(self.text, "\n".join(["Sources:", *lines]))

    def _paragraph(self) -> None:
        if self.text:
            self.text += "\n\n"

    def _mark(self, citation: Citation) -> None:
        start = len(self.text)
        self.text += f"[{citation.number}]"
        self.marks.append(Mark(start, len(self.text), citation, self._link(citation)))


_Pieces = Sequence[str | Citation]
"""Text, and in the place of each mark what it cites: only whoever joins them knows where it is."""


class _Chat:
    """Markdown in pieces, with formulas as Unicode."""

    def __init__(self, lead: Lead) -> None:
        self._lead = lead

    def quotes(self, cited: Sequence[Citation], /) -> _Pieces:
        pieces: list[str | Citation] = []
        for one in cited:
            pieces += [" "] if pieces else []
            pieces += [readable(quote_text(one)), *_marks([one])]
        return pieces

    def excerpt(self, heading: str | None, cited: Sequence[Citation], /) -> _Pieces:
        return self.paragraph(heading, list(markdown_pieces(cited, self._lead)))

    def words(self, text: str, cited: Sequence[Citation], /, *, doubted: bool) -> _Pieces:
        return [readable(text), *_marks(cited), f" ({UNSUPPORTED})" if doubted else ""]

    def absent(self) -> _Pieces:
        return [f"*{ABSENT}*"]

    def paragraph(self, heading: str | None, said: _Pieces, /) -> _Pieces:
        return [f"**{one_line(readable(heading))}**\n\n", *said] if heading else said

    def table(self, heading: str | None, columns: Sequence[str], rows: Rows[_Pieces], /) -> _Pieces:
        pieces: list[str | Citation] = [table_head([readable(column) for column in columns])]
        for aspect, cells in rows:
            pieces.append(f"\n| {cell(readable(aspect))} |")
            for said in cells:
                pieces += [" ", *_in_cell(said), " |"]
        return self.paragraph(heading, pieces)


def _marks(citations: Iterable[Citation]) -> Iterator[str | Citation]:
    for citation in citations:
        yield from (" ", citation)


def _in_cell(pieces: _Pieces) -> Iterator[str | Citation]:
    for piece in pieces:
        yield cell(piece) if isinstance(piece, str) else piece
