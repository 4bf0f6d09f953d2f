"""A compound name as a strip of its parts, in the order they are written in."""

from __future__ import annotations

from dataclasses import dataclass

from entrywise.rag.answer import Citation, Part, Step
from entrywise.rag.domains.base import Decoder
from entrywise.rag.render.answer import Answer


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a name: what kind of part it is, and the first quote on it, if there is."""

    text: str
    kind: str
    citation: Citation | None


def strip(answer: Answer | Step, table: Part, decoder: Decoder | None) -> list[Piece]:
    """The pieces of the names in a question, explained or not.

    A follow-up ("and what does it mean?") repeats no name: the explained parts stand alone then.
    """
    explained = {
        text: answer.citations[cell.citations[0] - 1]
        for row in table.rows
        for cell in row.cells[:1]
        if cell is not None
        for text in row.parts
    }
    quoted = {text.lower(): citation for text, citation in explained.items()}
    names = decoder.find(answer.question) if decoder else ()
    named = [
        Piece(part.text, decoder.label(part.kind), quoted.get(part.text.lower()))
        for name in names
        for part in name.parts
        if decoder
    ]
    if any(piece.citation for piece in named):
        return named
    return [Piece(text, "", citation) for text, citation in explained.items()]
