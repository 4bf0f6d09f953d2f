"""An answer as Markdown with footnotes: a note that keeps where each quote is from.

    Heads share their keys. [^1]

    [^1]: [GQA, Explanation](<https://kb.example/entry/gqa?…>)

Answers that are put into one file have labels that differ: those of the second are `[^2-1]`.
"""

from __future__ import annotations

from collections.abc import Callable

from entrywise.rag.answer import AnswerValues, Citation
from entrywise.rag.render.escape import heading, label
from entrywise.rag.render.formulas import with_plain_signs
from entrywise.rag.render.markdown import MarkdownFormat
from entrywise.rag.render.safe_markdown import safe_markdown
from entrywise.rag.render.visitor import visit
from entrywise.web.copies.sources import by_section

Name = Callable[[Citation], str]


def copied_markdown(answer: AnswerValues, turn: int, name: Name, address: Name) -> str:
    """The Markdown of an answer, ending in a line break; formulas stay LaTeX, unless they are of
    signs alone.

    Args:
        turn: the place of the answer in its conversation, from 1.
        name: what the place of a quote is called.
        address: where it is.
    """
    form = _Footnotes(turn)
    blocks = [f"# {heading(answer.question)}"]
    blocks += [visit(part, answer.citations, form) for part in by_section(answer)]
    said = safe_markdown("\n\n".join(filter(None, blocks)))
    notes = (
        f"{form.label(one.number)}: [{label(_harmless(name(one)))}](<{_harmless(address(one))}>)"
        for one in answer.citations
    )
    return "\n".join([said, "", *notes]).rstrip("\n") + "\n"


def _harmless(text: str) -> str:
    """A text in which nothing is a tag, and no address ends early."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


class _Footnotes(MarkdownFormat):
    """Markdown whose marks lead to footnotes."""

    def __init__(self, turn: int) -> None:
        self._prefix = "" if turn == 1 else f"{turn}-"

    def label(self, number: int) -> str:
        """The label of a footnote."""
        return f"[^{self._prefix}{number}]"

    def quoted(self, text: str) -> str:
        return with_plain_signs(text)

    def mark(self, number: int) -> str:
        return f" {self.label(number)}"
