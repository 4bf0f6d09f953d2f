"""The templates, and what they need to show text from a knowledge base safely."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from entrywise.rag.answer import ABSENT, Citation
from entrywise.rag.assistant import MAX_CHARACTERS
from entrywise.rag.formulas import readable
from entrywise.web.schema import oneliner


def open_templates() -> Jinja2Templates:
    """The templates: every value is escaped, and one that is missing is an error."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "ask_path": ask_path,
        "entry_path": entry_path,
        "oneliner": oneliner,
        "quote_path": quote_path,
        "readable": readable,
    }
    environment.tests["web_link"] = is_web_link
    environment.globals |= {"ABSENT": ABSENT, "MAX_CHARACTERS": MAX_CHARACTERS}
    return Jinja2Templates(env=environment)


def entry_path(entry_id: str) -> str:
    """The path of an entry's page.

    >>> entry_path("notes/what is C#?")
    '/entry/notes/what%20is%20C%23%3F'
    """
    return f"/entry/{quote(entry_id)}"


def quote_path(citation: Citation) -> str:
    """The path of the page that shows a quote where it stands, marked."""
    place = {"section": citation.section, "start": citation.start, "end": citation.end}
    return f"{entry_path(citation.entry)}?{urlencode(place)}#quote"


def ask_path(question: str) -> str:
    """The path of the page that answers a question."""
    return f"/?{urlencode({'q': question})}"


def is_web_link(url: str | None) -> bool:
    """Whether an address may become a link: `javascript:` and `data:` addresses may not."""
    return url is not None and url.lower().startswith(("https://", "http://"))
