"""What the tools return: the shapes of structured content, described for agents."""

from __future__ import annotations

from entrywise.rag.answer import Status
from entrywise.web.schemas.base import Body, described

_QUOTE = "Several query heads share one key head and one value head."
_URL = "https://example.org/entry/gqa"


class Source(Body):
    """A verbatim quote, and where it stands."""

    number: int = described("What the marks in the answer say.", 1)
    entry: str = described("The id of the entry.", "gqa")
    title: str = described("The name of the entry.", "GQA")
    section: str = described("The section of the entry.", "oneliner")
    start: int = described("Where the quote begins in the section, in characters.", 0)
    end: int = described("Where it ends, exclusive.", 58)
    quote: str = described("The text, letter by letter.", _QUOTE)
    url: str = described("Where it can be read.", _URL)


class AskResult(Body):
    """An answer made of quotes."""

    status: Status = described("`abstained`: it is not in the knowledge base.", "answered")
    confidence: float = described("How likely it is that the knowledge base answers it.", 0.93)
    answer: str = described("Quotes with marks, as Markdown.", f"{_QUOTE} [1]")
    sources: list[Source] = described("What the marks cite.")
    unknown: list[str] = described("Names in the question that no entry has.", ["FooBarNet"])
    suggestions: list[str] = described("Questions to ask next.", ["what is MLA?"])


class FoundEntry(Body):
    """An entry that fits a query."""

    entry: str = described("Its id.", "gqa")
    title: str = described("Its name.", "GQA")
    oneliner: str = described("What it is, in one line.", _QUOTE)
    score: float = described("How well it fits, in [0, 1]; higher is better.", 0.97)
    url: str = described("Where it can be read.", _URL)


class SearchResult(Body):
    """Entries, best first."""

    entries: list[FoundEntry] = described("The entries.")


class NamePart(Body):
    """A part of a model's name."""

    text: str = described("How it is written.", "Q4_K_M")
    kind: str = described("What kind of part it is.", "quantization")
    meaning: str | None = described("A quote that explains it; null where no entry does.", _QUOTE)
    entry: str | None = described("The id of the entry that explains it.", "q4-k-m")


class DecodeResult(Body):
    """A model's name, part by part."""

    parts: list[NamePart] = described("The parts, in their order.")
    sources: list[Source] = described("The quotes that explain them.")


class ConnectorHit(Body):
    """A document, as connectors list it."""

    id: str = described("What `fetch` takes.", "gqa")
    title: str = described("Its name.", "GQA")
    url: str = described("Where it can be read.", _URL)


class ConnectorHits(Body):
    """Documents, best first."""

    results: list[ConnectorHit] = described("The documents.")


class Document(Body):
    """A document, as connectors read it."""

    id: str = described("Its id.", "gqa")
    title: str = described("Its name.", "GQA")
    text: str = described("All of it, as Markdown.", f"# GQA\n\n{_QUOTE}")
    url: str = described("Where it can be read.", _URL)
    metadata: dict[str, str] = described("What else is known of it.", {"category": "attention"})
