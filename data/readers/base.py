"""What a reader has to be able to do: tell its sources, and read one. Another is one class.

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

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from entrywise.data.entries import Category, Entry


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, a row or a page that was not read, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a source holds, in its order, and what of it was not read.

    Entry ids are unique. Without `categories` there is one for each name that entries give as
    theirs, in the order of appearance.
    """

    entries: tuple[Entry, ...]
    categories: tuple[Category, ...] = ()
    unread: tuple[Unread, ...] = ()


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


def has_suffix(source: Path, suffix: str) -> bool:
    """Whether a source is named like a file of a kind, in capitals or not, and is no folder.

    >>> has_suffix(Path("Notes.CSV"), ".csv")
    True
    """
    return source.suffix.lower() == suffix and not source.is_dir()
