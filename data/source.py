"""Reads a knowledge base, whatever it is: the reader is chosen by what the source is.

    entries.json    one JSON file of categories and entries      (glossary.py)
    a folder        Markdown files, one entry each               (documents.py)
    *.jsonl, *.csv  one row for each entry                       (tables.py)

Ways of asking, kept in files of their own, are merged in: those of one entry (ways.py), and those
of several entries or of none (asked.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from entrywise.data.entries import Category, Entry, KnowledgeBase
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.glossary.files import SHIPPED
from entrywise.data.questions.across_entries import add_asked
from entrywise.data.questions.by_entry import add_ways
from entrywise.data.readers.glossary import read_glossary
from entrywise.data.readers.identity import read_identity
from entrywise.data.readers.markdown import read_documents
from entrywise.data.readers.rows import read_csv, read_jsonl


def read_knowledge_base(
    source: Path, ways: Path | None = None, asked: Iterable[Path] = ()
) -> KnowledgeBase:
    """Read a knowledge base, with the ways of asking of other files merged in.

    Raises:
        KnowledgeBaseError: the source is missing, unknown, empty, or wrong somewhere.
    """
    knowledge_base = replace(_read(source), identity=read_identity(source))
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
    if source.is_dir():
        return _grouped(read_documents(source))
    match source.suffix.lower():
        case ".json":
            return read_glossary(source)
        case ".jsonl":
            return _grouped(read_jsonl(source))
        case ".csv":
            return _grouped(read_csv(source))
    raise KnowledgeBaseError(_unknown(source))


def _unknown(source: Path) -> str:
    if not source.exists():
        return f"{source}: does not exist; check the path"
    return (
        f"{source}: {source.suffix or 'a file without suffix'} cannot be read; "
        "name a .json glossary, a folder of Markdown, a .jsonl or a .csv file"
    )


def _grouped(entries: tuple[Entry, ...]) -> KnowledgeBase:
    """Entries with a category for each name they give, in the order of appearance."""
    names = dict.fromkeys(entry.category for entry in entries)
    categories = tuple(Category(name, name, order) for order, name in enumerate(names))
    return KnowledgeBase(entries, categories)
