"""The protocol of a reader: it tells its sources, and reads one. A new reader is one class.

    class RecipeReader:
        reads = "a .recipe file"

        def accepts(self, source: Path) -> bool:
            return has_suffix(source, ".recipe")

        def read(self, source: Path) -> Contents:
            return Contents(tuple(_entries(read_text(source))))

A package registers its own with an entry point; what it accepts can then be read wherever a
knowledge base can be named:

    [project.entry-points."entrywise.readers"]
    recipe = "my_package:RecipeReader"         # () -> Reader
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from entrywise.data.documents.anchors import Slugs
from entrywise.data.documents.conversion.titles import NO_TITLES, Titles
from entrywise.data.entries import Category, Entry, Unread
from entrywise.data.readers.page_cache import NO_PAGES, PageCache


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read: what the folder around a file says, and who reads it.

    `root` is the folder that is read, where a file is one of many, and what includes stay in;
    `titles` are those of its documents; `slugs` is whose rule makes anchors of headings, `is_mdx`
    whether all Markdown is read as MDX, `address_field` what their front matter calls the address
    of a page, `is_described` whether its `description` is shown below the title; `definitions` are
    what settings of Sphinx substitute for names, `variables` what those of Jekyll make of Liquid's,
    where it makes pages; `snippets` are the folders in which snippets of MkDocs are looked for
    first; `columns` are names of columns by what they hold, where people give them, e.g. `{"title":
    "Frage", "text": "Antwort"}`; `cache` is the folder in which pages of a site are kept, the
    user's without one; `pages` are those that were read before.
    """

    root: Path | None = None
    titles: Titles = NO_TITLES
    slugs: Slugs = "github"
    is_mdx: bool = False
    address_field: str = "url"
    is_described: bool = False
    definitions: Mapping[str, str] = field(default_factory=dict[str, str])
    variables: Mapping[str, str] | None = None
    snippets: tuple[Path, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    cache: Path | None = None
    pages: PageCache = NO_PAGES


ALONE = Reading()
"""A source of its own, with usual names of columns."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a source holds, in its order, and what of it was not read.

    Entry ids are unique. Without `categories` there is one for each name that entries give as
    theirs, in the order of appearance. The place of what was not read begins with the source.
    `pictures` are the files that documents show, {path from the source: file}; `included` are those
    whose whole text they take in, links resolved.
    """

    entries: tuple[Entry, ...]
    categories: tuple[Category, ...] = ()
    unread: tuple[Unread, ...] = ()
    pictures: Mapping[str, Path] = field(default_factory=dict[str, Path])
    included: frozenset[Path] = frozenset()


class Reader(Protocol):
    """Reads one kind of source. It holds nothing of what it reads, and imports what is heavy only
    when it reads."""

    @property
    def reads(self) -> str:
        """What it reads, as help and messages list it: "a folder of Markdown"."""
        ...

    def accepts(self, source: Path) -> bool:
        """Whether a source, which need not exist, is for this reader to read; the first that
        accepts one reads it."""
        ...

    def read(self, source: Path) -> Contents:
        """The entries of a source that it accepts, and their categories.

        Raises:
            KnowledgeBaseError: the source is missing, or something in it is wrong.
        """
        ...


def has_suffix(source: Path, *suffixes: str) -> bool:
    """Whether a source is named like a file of some kinds, in capitals or not, and is no folder.

    >>> has_suffix(Path("Notes.CSV"), ".csv", ".tsv")
    True
    """
    return source.suffix.lower() in suffixes and not source.is_dir()


class FileReader:
    """What the readers of files that come with Entrywise share: they are told by suffixes."""

    suffixes: tuple[str, ...]

    def __init__(self, reading: Reading = ALONE) -> None:
        self._reading = reading

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return has_suffix(source, *self.suffixes)


def address_of(source: Path) -> str | None:
    """The address on the web that a source is, though it is given as a path; None of a file.

    >>> address_of(Path("https://a.b/sitemap.xml")), address_of(Path("docs"))
    ('https://a.b/sitemap.xml', None)
    """
    scheme, *rest = source.parts or ("",)
    return f"{scheme}//{'/'.join(rest)}" if scheme in ("https:", "http:") and rest else None
