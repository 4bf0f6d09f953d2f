"""How tests get indexes of their own knowledge bases."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import numpy as np

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.index import build
from entrywise.index.generations.pointer import POINTER
from entrywise.index.generations.publication import LOCK
from entrywise.index.index import Index
from entrywise.index.layout import CHECKED, MANIFEST, Layout
from entrywise.index.stores.folder.generation import FolderGeneration
from entrywise.index.stores.folder.store import FolderStore
from entrywise.rag.domains.registry import open_domain
from entrywise.rag.judge.features import WordingFeatures

Indexed = Callable[[KnowledgeBase], Path]
"""Gives the folder of a knowledge base's index."""


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files, by their paths in a folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def documents(texts: Mapping[str, str]) -> list[Entry]:
    """Entries with a section each, by their ids."""
    return [
        Entry(id=page, name=page, category="pages", sections=(Section("text", text),))
        for page, text in texts.items()
    ]


def home_of(index: Index) -> Path:
    """The folder that an index was opened in."""
    assert isinstance(index.store, FolderStore)
    return index.store.home


def files_of(index: Index) -> Layout:
    """The files of the generation that an index reads."""
    assert isinstance(index.generation, FolderGeneration)
    return Layout(index.generation.folder)


def copy_index(source: Path, target: Path) -> Path:
    """A copy of an index whose large files are the same on disk; each copy has its own readers."""
    return shutil.copytree(source, target, copy_function=_linked)


def _linked(source: str, target: str) -> None:
    # Locks belong to files, not to their names; and these are written to.
    if Path(source).name in (MANIFEST, CHECKED, LOCK, POINTER):
        shutil.copy2(source, target)
    else:
        os.link(source, target)


def index_over(small: Path, knowledge_base: KnowledgeBase, root: Path) -> Path:
    """Build an index in a new folder, as an update of a copy of a small one: that needs no PyTorch,
    and takes a tenth of the time."""
    copy_index(small, root)
    domain = open_domain(knowledge_base.identity.domain)
    build.build_index(knowledge_base, root, annotator=WordingFeatures(domain))
    return root


def words_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a file of words says: where each is, how long rows are, and common words."""
    statements = {
        "words": "SELECT term, doc, col, offset FROM temp.words ORDER BY term, doc, col, offset",
        "rows": "SELECT * FROM temp.rows ORDER BY term",
        "lengths": "SELECT sz FROM entries_docsize ORDER BY id",
        "sums": "SELECT block FROM entries_data WHERE id = 1",
        "common": "SELECT * FROM common ORDER BY term",
        "places": "SELECT term, places FROM places ORDER BY term",
    }
    with closing(sqlite3.connect(path)) as connection:
        for table, kind in (("words", "instance"), ("rows", "row")):
            connection.execute(
                f"CREATE VIRTUAL TABLE temp.{table} USING fts5vocab(main, entries, {kind})"
            )
        told = {name: connection.execute(one).fetchall() for name, one in statements.items()}
        numbers = connection.execute("SELECT id FROM entries_docsize ORDER BY id").fetchall()
    # By rows: their numbers tell what was there before.
    rows = {number: row for row, (number,) in enumerate(numbers)}
    told["words"] = [(term, rows[number], *place) for term, number, *place in told["words"]]
    told["places"] = [
        (
            term,
            *(
                (rows[number], count)
                for number, count in np.frombuffer(kept, np.int32).reshape(-1, 2).tolist()
            ),
        )
        for term, kept in told["places"]
    ]
    return told
