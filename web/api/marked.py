"""An answer as text for a chat, with the place of each of its marks: Markdown, part by part.

Formulas are Unicode: a chat that typesets is the exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from entrywise.rag.answer import ABSENT, UNSUPPORTED, Cell, Citation, Part
from entrywise.rag.render.formulas import readable
from entrywise.web.served.markdown import label

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
    """A text that grows by the parts of an answer."""

    def __init__(self, link: Link) -> None:
        """An empty text.

        Args:
            link: where its marks and its list of sources lead.
        """
        self._link = link
        self.text = ""
        self.marks: list[Mark] = []

    def add(self, part: Part, citations: Sequence[Citation]) -> None:
        """Add a part of an answer; `citations` are those of the answer so far."""
        self._paragraph()
        if part.heading:
            self._say(f"**{readable(part.heading)}**\n\n")
        match part.kind:
            case "quote":
                self._quote(part.citations, citations)
            case "table":
                self._table(part, citations)
            case _:
                self._say(readable(part.text))
                self._mark(citations[number - 1] for number in part.citations)
                if part.supported is False:
                    self._say(f" ({UNSUPPORTED})")

    def add_sources_of(self, citations: Sequence[Citation]) -> None:
        """Add the list of what the marks cite: for clients that drop what they do not know."""
        if citations:
            self._paragraph()
            self._say("Sources:")
            for one in citations:
                self._say(f"\n- [{one.number}] [{label(one.title)}]({self._link(one)})")

    def _paragraph(self) -> None:
        if self.text:
            self._say("\n\n")

    def _quote(self, numbers: Iterable[int], citations: Sequence[Citation]) -> None:
        for place, number in enumerate(numbers):
            citation = citations[number - 1]
            self._say(" " * (place > 0) + readable(citation.quote))
            self._mark([citation])

    def _mark(self, citations: Iterable[Citation]) -> None:
        for citation in citations:
            self._say(" ")
            start = len(self.text)
            self._say(f"[{citation.number}]")
            self.marks.append(Mark(start, len(self.text), citation, self._link(citation)))

    def _table(self, part: Part, citations: Sequence[Citation]) -> None:
        columns = part.columns or ("",)
        self._say(f"| | {' | '.join(map(_in_cell, columns))} |\n|---|{'---|' * len(columns)}")
        for row in part.rows:
            self._say(f"\n| {_in_cell(row.aspect)} |")
            for cell in row.cells:
                self._cell(cell, citations)

    def _cell(self, cell: Cell | None, citations: Sequence[Citation]) -> None:
        if cell is None:
            self._say(f" *{ABSENT}* |")
            return
        for number in cell.citations:
            citation = citations[number - 1]
            self._say(f" {_in_cell(citation.quote)}")
            self._mark([citation])
        self._say(" |")

    def _say(self, text: str) -> None:
        self.text += text


def _in_cell(text: str) -> str:
    escaped = readable(text).replace("\\", "\\\\")
    return escaped.replace("|", "\\|").replace("\n", " ")
