"""An answer as HTML for the clipboard: what a mail or a document takes when one pastes.

It has no style of its own, so that it looks like what it is pasted into, and no sign that is not
escaped. Its addresses are the program's own, or of the web.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from entrywise.rag.answer import AnswerValues, Citation
from entrywise.rag.render.html import HtmlFormat
from entrywise.rag.render.visitor import by_section, visit
from entrywise.web.copies.sources import Source

Address = Callable[[Citation], str]


def copied_html(
    answer: AnswerValues,
    sources: Sequence[Source],
    heading: str,
    called: Mapping[str, str],
    address: Address,
) -> str:
    """The HTML of an answer.

    Args:
        sources: what its marks lead to, for who prints it.
        heading: what stands above them.
        called: what stands above the quotes of some sections.
        address: where a mark leads.
    """
    form = _Linked({one.number: address(one) for one in answer.citations})
    parts = "".join(
        visit(part, answer.citations, form)
        for part in by_section(answer.parts, answer.citations, called)
    )
    if not sources:
        return parts
    lines = "<br>".join(_line(source) for source in sources)
    return f"{parts}<p>{escape(heading)}<br>{lines}</p>"


def _line(source: Source) -> str:
    return f"{_marks(source.numbers)} {_link(source.address, source.title)}"


def _marks(numbers: Iterable[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'


class _Linked(HtmlFormat):
    """Elements whose marks are links."""

    def __init__(self, addresses: dict[int, str]) -> None:
        self._addresses = addresses

    def mark(self, number: int) -> str:
        return f" {_link(self._addresses[number], f'[{number}]')}"
