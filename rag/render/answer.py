"""The answer that callers get: its values, and each way to show them.

    str(answer)    answer.to_markdown()    answer as the last line of a notebook's cell

The values are those of rag/answer.py, which is below every stage, since all of them pass on parts
of an answer. What shows an answer is above most stages: were these methods there, imports would run
in a circle.
"""

from __future__ import annotations

from entrywise.rag.answer import AnswerValues

# A renderer is imported when it is used: a question needs one of them at most.


class Answer(AnswerValues):
    """The answer to one question, which can show itself.

    >>> print(assistant.ask("difference between GQA and MLA"))         # doctest: +SKIP
    """

    __slots__ = ()

    def __str__(self) -> str:
        """The answer as a terminal of 80 columns without colours shows it."""
        from entrywise.rag.render.text import render_text

        return render_text(self).removesuffix("\n")

    def to_markdown(self) -> str:
        """The answer as Markdown (GitHub's flavour), ending in a line break."""
        from entrywise.rag.render.markdown import render_markdown

        return render_markdown(self)

    def _repr_html_(self) -> str:
        """The answer as a notebook shows it."""
        from entrywise.rag.render.html import render_html

        return render_html(self)
