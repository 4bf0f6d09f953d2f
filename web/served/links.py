"""The addresses of pages: paths, and whole addresses for what is read apart from the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import quote, urlencode

from fastapi import Request

from entrywise.rag.answer import Citation


def entry_path(entry_id: str) -> str:
    """The path of an entry's page.

    >>> entry_path("notes/what is C#?")
    '/entry/notes/what%20is%20C%23%3F'
    """
    return f"/entry/{quote(entry_id)}"


MARKDOWN = ".md"
"""What the path of an entry's Markdown ends in."""


def markdown_address(base: str, entry_id: str) -> str:
    """The whole address of an entry's Markdown on a server."""
    return f"{base}{entry_path(entry_id)}{MARKDOWN}"


def conversation_path(questions: Sequence[str], *, fragment: bool = True) -> str:
    """The path of the page with the answers to these questions, the last one in sight if it has
    its `fragment`.

    >>> conversation_path(["what is GQA?", "and MLA?"])
    '/?q=and+MLA%3F&history=what+is+GQA%3F#t2'
    """
    *earlier, question = questions
    query = urlencode([("q", question), *(("history", asked) for asked in earlier)])
    return f"/?{query}#t{len(questions)}" if fragment else f"/?{query}"


def quote_path(citation: Citation) -> str:
    """The path of the page that shows a quote where it stands, marked."""
    return place_path(citation.entry, citation.section, citation.start, citation.end)


def place_path(entry_id: str, section: str, start: int, end: int) -> str:
    """The path of the page that shows a stretch of a section, marked; characters, end exclusive."""
    place = {"section": section, "start": start, "end": end}
    return f"{entry_path(entry_id)}?{urlencode(place)}#quote"


def section_anchor(name: str) -> str:
    """The id of a section's heading on its page."""
    return f"section-{name}"


def ask_path(question: str) -> str:
    """The path of the page that answers a question."""
    return f"/?{urlencode({'q': question})}"


class Links:
    """Whole addresses on one server."""

    def __init__(self, base: str) -> None:
        """Addresses below that of a server."""
        self._base = base.rstrip("/")

    def at(self, path: str) -> str:
        """What is at a path."""
        return f"{self._base}{path}"

    def entry(self, entry_id: str) -> str:
        """The page of an entry."""
        return self.at(entry_path(entry_id))

    def whole(self, path: Callable[[str, str], str | None]) -> Callable[[str, str], str | None]:
        """What gives the whole address of a link of an entry, of what gives its path."""

        def lead(entry: str, link: str) -> str | None:
            found = path(entry, link)
            return self.at(found) if found else None

        return lead

    def section(self, citation: Citation) -> str:
        """The page of what is cited, at its section; what opens a document has no heading."""
        is_headed = citation.heading or not citation.is_markdown
        anchor = f"#{quote(section_anchor(citation.section))}" if is_headed else ""
        return f"{self.entry(citation.entry)}{anchor}"

    def quote(self, citation: Citation) -> str:
        """The page that shows a quote where it stands."""
        return self.at(quote_path(citation))


def base_url(request: Request) -> str:
    """The address of the server without a slash at its end: the setting `public_url`, or the one
    that was asked."""
    public: str = request.app.state.settings.public_url
    return (public or str(request.base_url)).rstrip("/")
