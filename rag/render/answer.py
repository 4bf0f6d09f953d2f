"""The answer that callers get: its values, and each way to show them.

    str(answer)    answer.to_markdown()    answer as the last line of a notebook's cell

The values are those of rag/answer.py, which is below every stage, since all of them pass on parts
of an answer. What shows an answer is above most stages: were these methods there, imports would run
in a circle.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from entrywise.rag.answer import AnswerValues, Part
from entrywise.rag.compose.context import ON_ITS_SUBJECT
from entrywise.rag.render.visitor import plain_text

# A renderer is imported when it is used: a question needs one of them at most.


class Answer(AnswerValues):
    """The answer to one question, which can show itself.

    >>> print(assistant.ask("difference between GQA and MLA"))         # doctest: +SKIP
    """

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The answer in the shape of the JSON contract: quotes that are Markdown have `plain`, what
        they say without markup, and parts with tables of documents `blocks`, their cells."""
        record = super().to_dict()
        if any(one.is_markdown for one in self.citations):
            from entrywise.rag.render.documents.plain_text import blocks_of, plain_of

            for part, shown in zip(self.parts, record["parts"], strict=True):
                if blocks := blocks_of(part, self.citations):
                    shown["blocks"] = blocks
            said = plain_of(self.parts, self.citations)
            for citation in record["citations"]:
                if citation["number"] in said:
                    citation["plain"] = said[citation["number"]]
        return record

    def __str__(self) -> str:
        """The answer as a terminal of 80 columns without colours shows it."""
        from entrywise.rag.render.text import render_text

        return render_text(self).removesuffix("\n")

    def brief(self) -> Answer:
        """The answer with only the passage that answers: the table if there is one, below what is
        said above it, else the first excerpt of a document, else the first quote, and the next one
        where that answers; and what is missing. What is withheld, or was written by an LLM, stays
        as it is.

        >>> assistant.ask("what is MLA?").brief().text                     # doctest: +SKIP
        'Multi-head Latent Attention compresses key-value representations … [1]'
        """
        quotes = [part for part in self.parts if part.kind == "quote"]
        # A table of names that are only mentioned has nothing in it.
        tables = [part for part in self.parts if part.kind == "table" and part.citations]
        if not (quotes or tables) or any(part.written for part in self.parts):
            return self
        passage = first = (tables or quotes)[0]
        leads = [part for part in self.parts[: self.parts.index(first)] if part.kind == "quote"]
        cited = self.citations[: max(first.citations)]
        if first.kind == "quote" and not any(one.is_markdown for one in cited):
            numbers = first.citations[: 2 if self._answers_second(first) else 1]
            cited = self.citations[: numbers[-1]]
            said = " ".join(self.citations[number - 1].quote for number in numbers)
            passage = replace(first, text=said, citations=numbers)
        entries = {citation.entry for citation in cited}
        shown = tuple(
            passage if part is first else part
            for part in self.parts
            if part is first or part.kind == "notice" or part in leads
        )
        return replace(
            self,
            parts=shown,
            citations=cited,
            text=plain_text(shown, cited),
            references=tuple(one for one in self.references if one.entry in entries),
            suggestions=(),
        )

    def _answers_second(self, part: Part) -> bool:
        """Whether a part says what something is only so that the next quote is understood, which
        answers: "GQA is … It is used in …"."""
        second = [self.citations[number - 1].quote for number in part.citations[1:2]]
        return part.aspect != "definition" and any(map(ON_ITS_SUBJECT.match, second))

    def to_markdown(self) -> str:
        """The answer as Markdown (GitHub's flavour), ending in a line break."""
        from entrywise.rag.render.markdown import render_markdown

        return render_markdown(self)

    def _repr_html_(self) -> str:
        """The answer as a notebook shows it."""
        from entrywise.rag.render.html import render_html

        return render_html(self)
