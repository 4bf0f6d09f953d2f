"""The shape of entries over HTTP, for OpenAPI; a test holds it together with `Entry`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from entrywise.data.entries import BlockKind, Entry
from entrywise.index.listing.listing import Summary
from entrywise.web.schemas.base import Body, described


class BlockBody(Body):
    """A stretch of a document's section that is shown whole: `text[start:end]`."""

    kind: BlockKind = described("What it is.", "paragraph")
    start: int = described("Where it begins in the section's text, in characters.", 0)
    end: int = described("Where it ends, exclusive.", 41)
    plain: str = described("What it says, without markup.", "{quote}")
    lead: int = described(
        "The place in the list of the block that it cannot be read without, or -1.", -1
    )


class ToldBody(Body):
    """What a term's text tells from a place on."""

    start: int = described("Where it begins to, in characters.", 41)
    aspect: str = described("The id of an aspect, or words of the author's.", "use")


class LabelBody(Body):
    """A label of links, `[the guide][setup]`, and the address that the document gives it."""

    label: str = described("What stands in brackets.", "setup")
    address: str = described("Where it leads, as the document has it.", "../setup.md")


class SectionBody(Body):
    """A named stretch of an entry's text."""

    name: str = described("Its name.", "{section}")
    text: str = described("Its text, which citations count characters of.", "{quote}")
    path: list[str] = described("Of a document, the headings above it, the outermost first.", [])
    anchor: str = described("Where it is on the document's page on the web.", "")
    blocks: list[BlockBody] = described("Of a document, its blocks in reading order.", [])
    is_markdown: bool = described("Whether the text of a document is Markdown.", False)
    is_mdx: bool = described("Whether it is MDX.", False)
    tells: list[ToldBody] = described("Of a term, what it tells from where on.", [])
    links: list[LabelBody] = described("Of a document, the labels of links in it.", [])


class PaperBody(Body):
    """A paper: a reference, never a quote."""

    title: str = described("Its title.", "A title")
    authors: str = described("Who wrote it.", "An author et al.")
    venue: str = described("Where it appeared.", "A journal, 2023")
    arxiv: str | None = described("Its number on arXiv, if it has one.", "2301.00001")


class ResourceBody(Body):
    """A link for further reading."""

    label: str = described("What it is called.", "Its home page")
    url: str = described("Where it is.", "https://example.org")


class EntryBody(Body):
    """An entry, with all its fields."""

    id: str = described("Its id.", "{entry}")
    name: str = described("Its name.", "{name}")
    category: str = described("The id of its category.", "{category}")
    sections: list[SectionBody] = described("Its text, in reading order.")
    expansion: str = described("Its name in full.", "{expansion}")
    aliases: list[str] = described("Other names of it.", ["{expansion}"])
    questions: list[str] = described("How people ask for it.", ["{question}"])
    parts: list[str] = described("The kinds of parts of names that it explains.", ["size"])
    related: list[str] = described("The ids of related entries.", ["{another_entry}"])
    seen_in: list[str] = described("Where one comes across it.", ["A handbook"])
    papers: list[PaperBody] = described("The papers on it.")
    sources: list[str] = described("Where it was written up from.", ["https://example.org"])
    resources: list[ResourceBody] = described("Further reading.")
    confidence: str = described("How sure its editors are.", "high")
    verified_date: str = described("When they last checked it, as ISO 8601.", "2026-04-10")
    url: str | None = described("Where it comes from, if that is on the web.", None)
    edit_url: str | None = described("Where the file of a document can be changed.", None)


def entry_record(entry: Entry) -> dict[str, Any]:
    """An entry in the shape of an `EntryBody`."""
    record = asdict(entry)
    for section in record["sections"]:
        section["blocks"] = [block._asdict() for block in section["blocks"]]
        section["tells"] = [{"start": start, "aspect": one} for start, one in section["tells"]]
        section["links"] = [{"label": one, "address": to} for one, to in section["links"]]
    return record


class EntrySummary(Body):
    """An entry in a list."""

    id: str = described("Its id.", "{entry}")
    name: str = described("Its name.", "{name}")
    expansion: str = described("Its name in full.", "{expansion}")
    category: str = described("The id of its category.", "{category}")
    oneliner: str = described("What it is, in one line.", "{oneliner}")

    @classmethod
    def of(cls, entry: Summary) -> EntrySummary:
        """An entry for a list."""
        return cls(
            id=entry.id,
            name=entry.name,
            expansion=entry.expansion,
            category=entry.category,
            oneliner=entry.oneliner,
        )


class EntriesBody(Body):
    """Entries, in the order of the knowledge base."""

    entries: list[EntrySummary] = described("The entries.")
    total: int = described("How many there are in all.", 1)
    next: str | None = described("What to give as `after` for those that follow, or null.", None)
