"""The results of tools: the shapes of structured content, described for agents."""

from __future__ import annotations

from entrywise.rag.answer import Status
from entrywise.web.schemas.base import Body, described

_QUOTE = "{quote}"
_URL = "https://example.org{entry_path}"


class Source(Body):
    """A verbatim quote, and where it stands."""

    number: int = described("What the marks in the answer say.", 1)
    entry: str = described("The id of the entry.", "{entry}")
    title: str = described("The name of the entry.", "{name}")
    section: str = described("The section of the entry.", "{section}")
    start: int = described("Where the quote begins in the section, in characters.", "{start}")
    end: int = described("Where it ends, exclusive.", "{end}")
    quote: str = described("The text, letter by letter.", _QUOTE)
    url: str = described("Where it can be read.", _URL)


class AskResult(Body):
    """An answer made of quotes."""

    status: Status = described("`abstained`: it is not in the knowledge base.", "answered")
    confidence: float = described("How likely it is that the knowledge base answers it.", 0.93)
    answer: str = described("Quotes with marks, as Markdown.", f"{_QUOTE} [1]")
    sources: list[Source] = described("What the marks cite.")
    unknown: list[str] = described("Names in the question that no entry has.", ["Foobar"])
    suggestions: list[str] = described("Questions to ask next.", ["{another_question}"])


class FoundEntry(Body):
    """An entry that fits a query."""

    entry: str = described("Its id.", "{entry}")
    title: str = described("Its name.", "{name}")
    oneliner: str = described("What it is, in one line.", "{oneliner}")
    score: float = described("How well it fits, in [0, 1]; higher is better.", 0.97)
    url: str = described("Where it can be read.", _URL)


class SearchResult(Body):
    """Entries, best first."""

    entries: list[FoundEntry] = described("The entries.")


class NamePart(Body):
    """A part of a name."""

    text: str = described("How it is written.")
    kind: str = described("What kind of part it is.")
    meaning: str | None = described("A quote that explains it; null where no entry does.")
    entry: str | None = described("The id of the entry that explains it.")


class DecodeResult(Body):
    """A name, part by part."""

    parts: list[NamePart] = described("The parts, in their order.")
    sources: list[Source] = described("The quotes that explain them.")


class ConnectorHit(Body):
    """A document, as connectors list it."""

    id: str = described("What `fetch` takes.", "{entry}")
    title: str = described("Its name.", "{name}")
    url: str = described("Where it can be read.", _URL)


class ConnectorHits(Body):
    """Documents, best first."""

    results: list[ConnectorHit] = described("The documents.")


class Document(Body):
    """A document, as connectors read it."""

    id: str = described("Its id.", "{entry}")
    title: str = described("Its name.", "{name}")
    text: str = described("All of it, as Markdown.", "# {name}\n\n{quote}")
    url: str = described("Where it can be read.", _URL)
    metadata: dict[str, str] = described("What else is known of it.", {"category": "{category}"})
