"""A generation in a database, opened: tables that are read by need, and a few files."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from entrywise.index.catalog import Catalog
from entrywise.index.encoders.base import Encoder, Vectors
from entrywise.index.encoders.registry import ENCODER_FILES, open_encoder
from entrywise.index.entry_table import EntryTable
from entrywise.index.layout import Layout, Manifest
from entrywise.index.listing.listing import Listing
from entrywise.index.listing.titles import Titles
from entrywise.index.map.map import Map
from entrywise.index.names.completion import Completer
from entrywise.index.names.tables import NameTables
from entrywise.index.passages.rows import ArrayRows, Rows
from entrywise.index.passages.units import Units
from entrywise.index.sample_questions import Labels
from entrywise.index.stores.base import Store
from entrywise.index.stores.postgres.connections import Connections
from entrywise.index.stores.postgres.files import Files
from entrywise.index.stores.postgres.tables.entries import PostgresLines
from entrywise.index.stores.postgres.tables.names import PostgresNames
from entrywise.index.stores.postgres.tables.sentences import Sentences
from entrywise.index.stores.postgres.tables.vectors import (
    QUESTIONS,
    UNANSWERED,
    ChunkTable,
    VectorTable,
)
from entrywise.index.stores.postgres.tables.words import PostgresWords
from entrywise.index.vectors.base import CompactRows, VectorStore
from entrywise.index.words.base import WordStore
from entrywise.index.words.database import SqliteFile


class Held(NamedTuple):
    """What is known of a generation before it is opened."""

    number: int
    manifest: Manifest
    made: float


class PostgresGeneration:
    """A `Generation` of tables."""

    def __init__(self, held: Held, connections: Connections, files: Files, store: Store) -> None:
        """
        Args:
            connections: each holds the generation, and finds its tables by their names.
            store: reads this generation alone.
        """
        self.manifest = held.manifest
        self.made = held.made
        """When it was published."""
        self.store = store
        self.close = connections.close
        """Let go of it."""
        self.connections = connections
        """Counts how often the server is asked."""
        self._files = files
        self.name = str(held.number)
        """Its number."""
        counts = held.manifest.counts
        lines = PostgresLines(connections, counts["entries"])
        sentences = Sentences(connections, lines)
        self._expect = sentences.expect
        self.entries = EntryTable(lines)
        self.sentences: Rows = sentences.spans
        self.sentence_vectors: CompactRows = sentences.vectors
        self.sentence_features: Rows = sentences.features
        self.sentence_mentions: Rows = sentences.mentions
        dimension = counts["dimension"]
        questions = VectorTable(connections, QUESTIONS, dimension)
        unanswered = VectorTable(connections, UNANSWERED, dimension)
        beside = (questions, unanswered)
        chunks = ChunkTable(connections, dimension, sentences.chunk_starts, beside)
        self.chunks: Rows = chunks
        self.chunk_vectors: VectorStore = chunks
        self.question_vectors: VectorStore = questions
        self.unanswered_vectors: VectorStore = unanswered
        small = (Layout.questions, Layout.remark_vectors, Layout.units, Layout.catalog)
        layout = Layout(files.folder(small))
        self.labels: Labels = np.load(layout.questions, allow_pickle=False)
        self.remark_vectors: Vectors = np.load(layout.remark_vectors, allow_pickle=False)
        self.units: Units = np.load(layout.units, allow_pickle=False)
        self.words: WordStore = PostgresWords(connections)
        self.listing = Listing(connections)
        self.name_tables: NameTables = PostgresNames(connections)
        self.catalog = Catalog.read(layout.catalog, self.listing, self.name_tables)

    @property
    def encoder(self) -> Encoder:
        """What embedded it."""
        return self._encoder

    @property
    def completer(self) -> Completer:
        """What completes names."""
        return self._completer

    @property
    def titles(self) -> Titles:
        """What finds headings and questions."""
        return self._titles

    @property
    def title_mentions(self) -> Rows:
        """Where sentences name documents."""
        return self._title_mentions

    @property
    def map(self) -> Map:
        """What is drawn of the entries."""
        return self._map

    @cached_property
    def _encoder(self) -> Encoder:
        return open_encoder(self._files.folder(ENCODER_FILES))

    @cached_property
    def _completer(self) -> Completer:
        layout = Layout(self._files.folder((Layout.completion_texts, Layout.completions)))
        return Completer.open(layout.completion_texts, layout.completions)

    @cached_property
    def _titles(self) -> Titles:
        return Titles(SqliteFile(self._files.folder([Layout.titles]) / Layout.titles))

    @cached_property
    def _title_mentions(self) -> Rows:
        layout = Layout(self._files.folder([Layout.title_mentions]))
        rows: Rows = np.load(layout.title_mentions, allow_pickle=False).view(ArrayRows)
        return rows

    @cached_property
    def _map(self) -> Map:
        layout = Layout(self._files.folder((Layout.map, Layout.map_links)))
        return Map.read(layout.map, layout.map_links, len(self.entries))

    def file(self, name: str) -> Path | None:
        """A file of it."""
        return self._files.folder([name]) / name if name in self._files else None

    def check_files(self) -> int:
        """Compare its files with their hashes, or raise IndexDamaged; how many there are."""
        return self._files.check()

    def expect(self, entries: list[int]) -> None:
        """Read what these entries say at once."""
        self._expect(entries)
