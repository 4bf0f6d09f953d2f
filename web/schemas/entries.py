"""The shape of entries over HTTP, for OpenAPI; a test holds it together with `Entry`."""

from __future__ import annotations

from entrywise.data.entries import Entry
from entrywise.web.schemas.base import Body, described


class SectionBody(Body):
    """A named stretch of an entry's text."""

    name: str = described("Its name.", "oneliner")
    text: str = described(
        "Its text, which citations count characters of.",
        "Several query heads share one key head and one value head.",
    )


class PaperBody(Body):
    """A paper: a reference, never a quote."""

    title: str = described("Its title.", "GQA: Training Generalized Multi-Query Transformer Models")
    authors: str = described("Who wrote it.", "Ainslie et al.")
    venue: str = described("Where it appeared.", "EMNLP 2023")
    arxiv: str | None = described("Its number on arXiv, if it has one.", "2305.13245")


class ResourceBody(Body):
    """A link for further reading."""

    label: str = described("What it is called.", "The paper's code")
    url: str = described("Where it is.", "https://example.org/gqa")


class EntryBody(Body):
    """An entry, with all its fields."""

    id: str = described("Its id.", "gqa")
    name: str = described("Its name.", "GQA")
    category: str = described("The id of its category.", "attention")
    sections: list[SectionBody] = described("Its text, in reading order.")
    expansion: str = described("Its name in full.", "Grouped-Query Attention")
    aliases: list[str] = described("Other names of it.", ["grouped query attention"])
    questions: list[str] = described("How people ask for it.", ["why share key heads?"])
    parts: list[str] = described("The parts of model names that it explains.", ["quantization"])
    related: list[str] = described("The ids of related entries.", ["mla"])
    seen_in: list[str] = described("Where one comes across it.", ["Llama 3 70B"])
    papers: list[PaperBody] = described("The papers on it.")
    sources: list[str] = described("Where it was written up from.", ["https://example.org"])
    resources: list[ResourceBody] = described("Further reading.")
    confidence: str = described("How sure its editors are.", "high")
    verified_date: str = described("When they last checked it, as ISO 8601.", "2026-04-10")
    url: str | None = described("Where it comes from, if that is on the web.", None)


class EntrySummary(Body):
    """An entry in a list."""

    id: str = described("Its id.", "gqa")
    name: str = described("Its name.", "GQA")
    expansion: str = described("Its name in full.", "Grouped-Query Attention")
    category: str = described("The id of its category.", "attention")
    oneliner: str = described(
        "What it is, in one line.", "Several query heads share one key head and one value head."
    )

    @classmethod
    def of(cls, entry: Entry) -> EntrySummary:
        """An entry for a list."""
        return cls(
            id=entry.id,
            name=entry.name,
            expansion=entry.expansion,
            category=entry.category,
            oneliner=entry.oneliner,
        )


class EntriesBody(Body):
    """All entries, in the order of the knowledge base."""

    entries: list[EntrySummary] = described("The entries.")
