"""An answer as Markdown with footnotes: a note that keeps where each quote is from.

    Heads share their keys. [^1]

    [^1]: [GQA, Explanation](<https://kb.example/entry/gqa?…>)

Answers that are put into one file have labels that differ: those of the second are `[^2-1]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from entrywise.rag.answer import AnswerValues, Citation
from entrywise.rag.render.documents.markdown import Lead
from entrywise.rag.render.escape import heading, label
from entrywise.rag.render.formulas import with_plain_signs
from entrywise.rag.render.markdown import MarkdownFormat
from entrywise.rag.render.safe_markdown import outside_code, safe_markdown
from entrywise.rag.render.visitor import by_section, visit

Name = Callable[[Citation], str]

_EMPTY_LINES = re.compile(r"\n{3,}")


def copied_markdown(
    answer: AnswerValues,
    turn: int,
    called: Mapping[str, str],
    name: Name,
    address: Name,
    lead: Lead,
) -> str:
    """The Markdown of an answer, ending in a line break; formulas stay LaTeX, unless they are of
    signs alone.

    Args:
        turn: the place of the answer in its conversation, from 1.
        called: what stands above the quotes of some sections.
        name: what the place of a quote is called.
        address: where it is.
        lead: where a link of an entry leads, as a whole address; None for all that is none of the
            knowledge base.
    """
    form = _Footnotes(turn, lead)
    blocks = [f"# {heading(answer.question)}"]
    blocks += [
        visit(part, answer.citations, form)
        for part in by_section(answer.parts, answer.citations, called)
    ]
    said = safe_markdown("\n\n".join(filter(None, blocks)))
    notes = (
        f"{form.label(one.number)}: [{_harmless(label(name(one)))}](<{_quoted(address(one))}>)"
        for one in answer.citations
    )
    return "\n".join([said, "", *notes]).rstrip("\n") + "\n"


def _harmless(text: str) -> str:
    """A text in which nothing is a tag."""
    return text.replace("<", "&lt;")


def _quoted(address: str) -> str:
    """An address that does not end early."""
    return address.replace("<", "%3C").replace(">", "%3E")


class _Footnotes(MarkdownFormat):
    """Markdown whose marks lead to footnotes."""

    def __init__(self, turn: int, lead: Lead) -> None:
        super().__init__(lead)
        self._prefix = "" if turn == 1 else f"{turn}-"

    def label(self, number: int) -> str:
        """The label of a footnote."""
        return f"[^{self._prefix}{number}]"

    def quoted(self, text: str) -> str:
        return with_plain_signs(text)

    def excerpt(self, title: str | None, cited: Sequence[Citation], /) -> str:
        def tidy(text: str) -> str:
            return _EMPTY_LINES.sub("\n\n", text)

        return outside_code(super().excerpt(title, cited), tidy)

    def mark(self, number: int) -> str:
        return f" {self.label(number)}"
