"""A model name as a strip of its parts, in the order they are written in."""

from __future__ import annotations

from dataclasses import dataclass

from entrywise.rag.answer import Answer, Citation, Part, Step
from entrywise.rag.domains.language_models.model_names import find_model_names
from entrywise.rag.domains.language_models.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a model name: what kind of part it is, and the first quote on it, if there is."""

    text: str
    kind: str
    citation: Citation | None


def strip(answer: Answer | Step, table: Part) -> list[Piece]:
    """The pieces of the names in a question, explained or not.

    A follow-up ("and what does it mean?") repeats no name: the explained parts stand alone then.
    """
    explained = {
        text: answer.citations[cell.citations[0] - 1]
        for row in table.rows
        for cell in row.cells[:1]
        if cell is not None
        for text in row.aspect.split(", ")
    }
    quoted = {text.lower(): citation for text, citation in explained.items()}
    named = [
        Piece(part.text, in_words(part.kind), quoted.get(part.text.lower()))
        for name in find_model_names(answer.question)
        for part in name.parts
    ]
    if any(piece.citation for piece in named):
        return named
    return [Piece(text, "", citation) for text, citation in explained.items()]


def in_words(kind: Kind) -> str:
    """A kind of part as readers call it: how finely the grammar tells parts apart is its own.

    >>> in_words("k-quant"), in_words("tuning-instruct"), in_words("active-size")
    ('quantization', 'tuning', 'active size')
    """
    if kind.endswith("-quant") or kind == "quant-method":
        return "quantization"
    if kind.startswith(("tuning-", "variant-")):
        return kind.partition("-")[0]
    return "bits per weight" if kind == "bpw" else kind.replace("-", " ")
