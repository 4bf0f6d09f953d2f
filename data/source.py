"""Reads a knowledge base, whatever it is: the reader is chosen by what the source is.

    source ─ readers/registry.py ─▶ Reader ─ read ─▶ Contents ─▶ KnowledgeBase

Ways of asking, kept in files of their own, are merged in: those of one entry
(questions/by_entry.py), and those of several entries or of none (questions/across_entries.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from entrywise.data.entries import Category, Entry, KnowledgeBase
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.glossary.files import SHIPPED
from entrywise.data.questions.across_entries import add_asked
from entrywise.data.questions.by_entry import add_ways
from entrywise.data.readers.identity import read_identity
from entrywise.data.readers.registry import find_reader


def read_knowledge_base(
    source: Path, ways: Path | None = None, asked: Iterable[Path] = ()
) -> KnowledgeBase:
    """Read a knowledge base, with the ways of asking of other files merged in.

    Raises:
        KnowledgeBaseError: the source is missing, unknown, empty, or wrong somewhere.
    """
    knowledge_base = _read(source)
    if not knowledge_base.entries:
        raise KnowledgeBaseError(f"{source}: holds no entry; add one, or name another source")
    if ways is not None:
        knowledge_base = add_ways(knowledge_base, ways)
    for path in asked:
        knowledge_base = add_asked(knowledge_base, path)
    return knowledge_base


def shipped() -> KnowledgeBase:
    """The glossary that comes with Entrywise.

    Raises:
        KnowledgeBaseError: the installation is incomplete.
    """
    return read_knowledge_base(SHIPPED.entries, SHIPPED.ways, SHIPPED.asked)


def _read(source: Path) -> KnowledgeBase:
    contents = find_reader(source).read(source)
    categories = contents.categories or _categories(contents.entries)
    return KnowledgeBase(contents.entries, categories, read_identity(source))


def _categories(entries: tuple[Entry, ...]) -> tuple[Category, ...]:
    """A category for each name that entries give, in the order of appearance."""
    names = dict.fromkeys(entry.category for entry in entries)
    return tuple(Category(name, name, order) for order, name in enumerate(names))
