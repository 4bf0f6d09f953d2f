"""An answer as Markdown: quotes verbatim with footnote-like marks, tables as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from entrywise.rag.answer import ABSENT, Answer, Cell, Part


def render_markdown(answer: Answer) -> str:
    """The answer as Markdown (GitHub's flavour), ending in a line break; formulas stay LaTeX."""
    blocks = [f"# {_escaped(answer.question)}"]
    blocks += ["\n".join(_part(part, answer)) for part in answer.parts]
    blocks += [_list("Sources", _sources(answer)), _list("Ask next", answer.suggestions)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _part(part: Part, answer: Answer) -> Iterator[str]:
    if part.heading:
        yield f"## {_escaped(part.heading)}\n"
    if part.kind == "quote":
        yield _marked(part.citations, answer)
    elif part.kind == "table":
        yield f"| | {' | '.join(map(_in_cell, part.columns))} |"
        yield f"|---|{'---|' * len(part.columns)}"
        for row in part.rows:
            cells = " | ".join(_in_cell(_cell(cell, answer)) for cell in row.cells)
            yield f"| {_in_cell(row.aspect)} | {cells} |"
    else:
        yield part.text


def _marked(numbers: Iterable[int], answer: Answer) -> str:
    return " ".join(f"{answer.citations[number - 1].quote} [{number}]" for number in numbers)


def _cell(cell: Cell | None, answer: Answer) -> str:
    return _marked(cell.citations, answer) if cell else f"*{ABSENT}*"


def _sources(answer: Answer) -> Iterator[str]:
    for citation in answer.citations:
        yield (
            f"[{citation.number}] {citation.title}: `{citation.entry}`, {citation.section}, "
            f"characters {citation.start} to {citation.end}"
        )
    for reference in answer.references:
        link = f": <{reference.url}>" if reference.url else ""
        yield f"{reference.kind}: {reference.title}{link}"


def _list(heading: str, items: Iterable[str]) -> str:
    lines = [f"- {item}" for item in items]
    return "\n".join([f"## {heading}\n", *lines]) if lines else ""


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _escaped(text: str) -> str:
    return text.replace("#", "\\#").replace("<", "&lt;")
