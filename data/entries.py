"""The schema of a knowledge base: entries with ordered sections of text, in categories.

All values are frozen. A place in the text is always `(entry, section, start, end)`, with
character offsets into the section's text, end exclusive: `entry.text(section)[start:end]`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from entrywise.data.errors import EntryUnknown
from entrywise.data.identity import ANONYMOUS, Identity

NAME = "name"
EXPANSION = "expansion"
DETAILS = "details"
"""The section of what a table says of a row beside its text: `Price: 12.99; Stock: 140`."""

BlockKind = Literal["paragraph", "title", "item", "step", "header", "row", "code", "image", "note"]


class Block(NamedTuple):
    """A stretch of a document's section, `text[start:end]`, that is shown whole: a paragraph, a
    title within the text, an item of a list (a step where it is numbered), the header or a row of
    a table, code, a picture, a footnote.

    `plain` is what it says, without markup: what is embedded and searched. `lead` is the number of
    the block that it cannot be read without: the header of a row, what a list or code is announced
    by, the item that an item is below, the title above a paragraph, what refers to a footnote; -1
    where there is none.
    """

    kind: BlockKind
    start: int
    end: int
    plain: str
    lead: int = -1


@dataclass(frozen=True, slots=True)
class Section:
    """One named stretch of an entry's text, e.g. `oneliner` or `explanation`.

    A section of a document has `blocks`, in reading order, whose text is Markdown where
    `is_markdown` says so, and MDX where `is_mdx` does, too. `path` are the headings above it, the
    outermost first, without the title of the document; `anchor` is where it is on the document's
    page on the web. `links` has labels of links in it, each with its address. `tells` says of a
    term's text what it tells from which character on: the id of an aspect
    (`rag/domains/base.py`), or words of the author's.
    """

    name: str
    text: str
    path: tuple[str, ...] = ()
    anchor: str = ""
    blocks: tuple[Block, ...] = ()
    is_markdown: bool = False
    is_mdx: bool = False
    tells: tuple[tuple[int, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    def told_at(self, places: Iterable[int]) -> list[str]:
        """What the text tells at some characters, as far as `tells` says; else nothing.

        >>> Section("text", "Heads share keys. Llama does.", tells=((18, "use"),)).told_at([0, 20])
        ['', 'use']
        """
        starts = [start for start, _ in self.tells]
        told = ["", *(what for _, what in self.tells)]
        return [told[bisect_right(starts, place)] for place in places]


@dataclass(frozen=True, slots=True)
class Paper:
    """A foundational paper: a reference, never a quote."""

    title: str
    authors: str = ""
    venue: str = ""
    arxiv: str | None = None

    @property
    def url(self) -> str | None:
        """Its page at arXiv, or None."""
        return f"https://arxiv.org/abs/{self.arxiv}" if self.arxiv else None

    @property
    def label(self) -> str:
        """The title, with the authors and the venue where they are known.

        >>> Paper("LoRA", "Hu et al.", "ICLR 2022").label
        'LoRA (Hu et al., ICLR 2022)'
        """
        by = ", ".join(filter(None, (self.authors, self.venue)))
        return f"{self.title} ({by})" if by else self.title


@dataclass(frozen=True, slots=True)
class Resource:
    """A link for further reading: a reference, never a quote."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Category:
    """A group of entries; `order` sorts the groups for people."""

    id: str
    label: str
    order: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One term of the knowledge base.

    `sections` hold the text that is quoted, in reading order. `aliases` are other names of the
    same thing, `questions` are ways in which people ask for it, and `parts` are the kinds of parts
    of names that it explains, as its subject's decoder calls them (see `rag/domains/base.py`); they
    help to find the entry and are never quoted. `confidence` and `verified_date` (ISO 8601) are the
    editors'; `url` is where it comes from, `edit_url` where its file can be changed.
    """

    id: str
    name: str
    category: str
    sections: tuple[Section, ...]
    expansion: str = ""
    aliases: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    seen_in: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    sources: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = ()
    confidence: str = ""
    verified_date: str = ""
    url: str | None = None
    edit_url: str | None = None

    @property
    def is_document(self) -> bool:
        """Whether it is a document, whose sections are found and quoted by themselves, rather than
        a term that all its sections are about."""
        # No generator: it is asked of all entries several times in a build.
        for section in self.sections:  # noqa: SIM110
            if section.blocks:
                return True
        return False

    @property
    def short_name(self) -> str:
        """The name as people say it."""
        return short_name(self.name)

    @property
    def oneliner(self) -> str:
        """What it is in one line: the text of the first section, empty when there is none; of a
        document its first paragraph, without markup."""
        if not self.is_document:
            return self.sections[0].text if self.sections else ""
        blocks = [block for section in self.sections for block in section.blocks]
        return next((one.plain for one in blocks if one.kind == "paragraph"), blocks[0].plain)

    def text(self, section: str) -> str:
        """The text of a section; `name` and `expansion` count as sections.

        Raises:
            EntryUnknown: the entry has no such section; it is a KeyError.
        """
        if section == NAME:
            return self.name
        if section == EXPANSION:
            return self.expansion
        for candidate in self.sections:
            if candidate.name == section:
                return candidate.text
        raise EntryUnknown(f"the entry {self.id!r} has no section {section!r}; correct it")


def short_name(name: str) -> str:
    """A name as people say it.

    >>> short_name("Flash Attention (FA / FA2 / FA3)"), short_name("fp16 / float16")
    ('Flash Attention', 'fp16')
    """
    if "(" not in name and "/" not in name:
        return name
    short = name.partition(" (")[0].rstrip("/")
    if not short.startswith("-"):
        short = short.partition(" / ")[0]
    return short if len(short) > 2 else name


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that people ask of a knowledge base as a whole.

    `grades` {entry id: 2 answers it or a part of it, 1 is useful context} is empty where it is
    known that no entry answers the question.
    """

    question: str
    grades: Mapping[str, int]


Severity = Literal["error", "warning"]
"""An error breaks or loses something; a warning is for people to judge."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, a row or a page that was not read, and why; a warning where nothing that can be
    quoted seems to be lost: pictures, or a text whose encoding was guessed."""

    place: str
    reason: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True)
class KnowledgeBase:
    """All entries, in the order of their source, the categories they belong to, what the whole says
    of itself, what is asked of it, and what of its source was not read.

    `pictures` are the files that documents show, {path from the folder that was read: file}.
    """

    entries: tuple[Entry, ...]
    categories: tuple[Category, ...] = ()
    identity: Identity = ANONYMOUS
    asked: tuple[Asked, ...] = ()
    unread: tuple[Unread, ...] = ()
    pictures: Mapping[str, Path] = field(default_factory=dict[str, Path], compare=False)
    _by_id: Mapping[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id = {entry.id: entry for entry in self.entries}
        object.__setattr__(self, "_by_id", MappingProxyType(by_id))

    @property
    def title(self) -> str:
        """What it is called."""
        return self.identity.title

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._by_id

    def __getitem__(self, entry_id: str) -> Entry:
        """The entry with this id.

        Raises:
            EntryUnknown: there is none; it is a KeyError.
        """
        try:
            return self._by_id[entry_id]
        except KeyError:
            raise EntryUnknown(f"no entry has the id {entry_id!r}; correct it") from None

    @cached_property
    def grouped(self) -> tuple[tuple[Category, tuple[Entry, ...]], ...]:
        """The entries by category, in the order of the categories; no group is empty. A category
        that is not declared comes after all others, under its own name."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.category, []).append(entry)
        declared = {category.id: category for category in self.categories}
        last = len(self.categories)
        found = (
            (declared.get(name) or Category(name, name or "Entries", last), tuple(entries))
            for name, entries in groups.items()
        )
        return tuple(sorted(found, key=lambda group: group[0].order))


def told_apart(entries: Sequence[Entry]) -> list[str]:
    """The names of entries; of those with one name, each with its id."""
    names = [entry.short_name for entry in entries]
    return [
        f"{name} ({entry.id})" if names.count(name) > 1 else name
        for name, entry in zip(names, entries, strict=True)
    ]
