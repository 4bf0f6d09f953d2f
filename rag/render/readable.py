"""Answers for readers that cannot typeset: formulas in their texts become Unicode, and Markdown of
documents what it says.

No format, but a map from answers to answers of the same shape: whoever asks for JSON renders them.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import replace

from entrywise.rag.answer import Cell, Citation, Part, Row, Step
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.visitor import is_excerpt


def readable_steps(
    steps: Generator[Step | Answer, None, None],
) -> Generator[Step | Answer, None, None]:
    """Steps towards an answer, with readable texts; closing them closes the steps given."""
    with closing(steps):
        for step in steps:
            if isinstance(step, Answer):
                yield readable_answer(step)
            else:
                part = step.part and readable_part(step.part, step.citations)
                yield replace(step, part=part)


def readable_answer(answer: Answer) -> Answer:
    """An answer whose texts are readable without typesetting; its citations stay verbatim."""
    parts = tuple(readable_part(part, answer.citations) for part in answer.parts)
    return replace(answer, text=readable(answer.text), parts=parts)


def readable_part(part: Part, citations: Sequence[Citation]) -> Part:
    """A part, with heading, table and all, in Unicode; an excerpt without its markup."""
    return replace(
        part,
        text=_readable_text(part, citations),
        heading=part.heading and readable(part.heading),
        columns=tuple(map(readable, part.columns)),
        rows=tuple(map(_readable_row, part.rows)),
    )


def _readable_text(part: Part, citations: Sequence[Citation]) -> str:
    if not is_excerpt(part, citations):
        return readable(part.text)
    from entrywise.rag.render.documents.plain_text import plain_excerpt

    return plain_excerpt([citations[number - 1] for number in part.citations])


def _readable_row(row: Row) -> Row:
    cells = (cell and Cell(readable(cell.text), cell.citations) for cell in row.cells)
    return Row(readable(row.aspect), tuple(cells), row.parts)
