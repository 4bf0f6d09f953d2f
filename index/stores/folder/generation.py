"""A generation in a folder, opened: verified, and memory-mapped."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from entrywise.data.errors import IndexDamaged
from entrywise.index.catalog import Catalog
from entrywise.index.encoders.base import Encoder, Vectors
from entrywise.index.encoders.registry import open_encoder
from entrywise.index.entry_table import EntryTable, FileLines
from entrywise.index.generations.lease import Lease
from entrywise.index.generations.structure import check_labels, check_structure
from entrywise.index.generations.verification import verify
from entrywise.index.layout import Layout, Manifest, read_manifest
from entrywise.index.listing.listing import Listing
from entrywise.index.listing.titles import Titles
from entrywise.index.map.map import Map
from entrywise.index.names.completion import Completer
from entrywise.index.names.tables import NameTables
from entrywise.index.passages.rows import ArrayRows, Rows
from entrywise.index.passages.units import Units
from entrywise.index.sample_questions import Labels
from entrywise.index.stores.base import Store
from entrywise.index.vectors.base import CompactRows, VectorStore
from entrywise.index.vectors.compact import CompactVectors
from entrywise.index.vectors.faiss import VectorIndex
from entrywise.index.words.base import WordStore
from entrywise.index.words.database import SqliteFile
from entrywise.index.words.fts5 import Fts5Words

_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    sqlite3.Error,
)
"""What reading a broken file may raise."""


class FolderGeneration:
    """A `Generation` of files."""

    expect = None

    def __init__(self, lease: Lease, store: Store) -> None:
        """Open what a lease holds, which is released where that fails.

        Args:
            store: reads this generation alone.
        """
        self.folder = lease.folder
        """The files; they stay until this is closed."""
        self.store = store
        with ExitStack() as opened:
            opened.callback(lease.release)
            try:
                self._open(opened)
            except _BROKEN as error:
                raise IndexDamaged(
                    f"the index in {str(self.folder)!r} cannot be opened ({error}); build it again"
                ) from error
            self._opened = opened.pop_all()

    def _open(self, opened: ExitStack) -> None:
        layout = Layout(self.folder)
        self.manifest: Manifest = read_manifest(self.folder)
        verify(self.folder, self.manifest)
        self.entries = EntryTable(FileLines(layout.entries, layout.entry_offsets))
        self.chunks: Rows = _mapped(layout.chunks)
        self.sentences: Rows = _mapped(layout.sentences)
        self.sentence_vectors: CompactRows = CompactVectors(layout.sentence_vectors)
        self.sentence_features: Rows = _mapped(layout.sentence_features)
        self.sentence_mentions: Rows = _mapped(layout.sentence_mentions)
        self.title_mentions: Rows = _mapped(layout.title_mentions)
        self.labels: Labels = np.load(layout.questions, allow_pickle=False)
        check_labels(self.labels, self.manifest.counts["questions"], len(self.entries))
        self.units: Units = _mapped(layout.units)
        self.chunk_vectors: VectorStore = VectorIndex(layout.chunk_vectors)
        self.question_vectors: VectorStore = VectorIndex(layout.question_vectors)
        self.unanswered_vectors: VectorStore = VectorIndex(layout.unanswered_vectors)
        self.remark_vectors: Vectors = _mapped(layout.remark_vectors)
        self.encoder: Encoder = open_encoder(self.folder)
        self.completer = Completer.open(layout.completion_texts, layout.completions)
        self.map = Map.read(layout.map, layout.map_links, len(self.entries))
        # Last of what is opened: they must be closed.
        self.words: WordStore = Fts5Words(layout.words)
        opened.callback(self.words.close)
        self.listing = Listing(SqliteFile(layout.listing))
        opened.callback(self.listing.close)
        self.titles = Titles(SqliteFile(layout.titles))
        opened.callback(self.titles.close)
        self.name_tables = NameTables(SqliteFile(layout.names))
        opened.callback(self.name_tables.close)
        self.catalog = Catalog.read(layout.catalog, self.listing, self.name_tables)
        check_structure(self)

    @property
    def name(self) -> str:
        """What its folder is called."""
        return self.folder.name

    @property
    def made(self) -> float:
        """When its manifest was written."""
        return Layout(self.folder).manifest.stat().st_mtime

    def file(self, name: str) -> Path | None:
        """A file of it."""
        return self.folder / name if name in self.manifest.files else None

    def close(self) -> None:
        """Release the files."""
        self._opened.close()


def _mapped(path: Path) -> ArrayRows:
    """The array of a file, mapped into memory; slices of NumPy's own kind would cost more."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False)).view(ArrayRows)
