"""A store of an index: its generations, one of which is read, and how a new one comes to be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from entrywise.index.calibration.calibration import Calibration
from entrywise.index.catalog import Catalog
from entrywise.index.encoders.base import Encoder, Vectors
from entrywise.index.entry_table import EntryTable
from entrywise.index.layout import Manifest
from entrywise.index.listing.listing import Listing
from entrywise.index.listing.titles import Titles
from entrywise.index.map.map import Map
from entrywise.index.names.completion import Completer
from entrywise.index.names.tables import NameTables
from entrywise.index.passages.rows import Rows
from entrywise.index.passages.units import Units
from entrywise.index.sample_questions import Labels
from entrywise.index.vectors.base import CompactRows, VectorStore
from entrywise.index.words.base import WordStore


class Generation(Protocol):
    """A generation that is held, with all that an index reads. Safe to share between threads.

    Its tables are those of `Layout`, by whatever they are kept in.
    """

    manifest: Manifest
    entries: EntryTable
    catalog: Catalog
    listing: Listing
    name_tables: NameTables
    chunks: Rows
    sentences: Rows
    sentence_vectors: CompactRows
    sentence_features: Rows
    sentence_mentions: Rows
    units: Units
    labels: Labels
    chunk_vectors: VectorStore
    question_vectors: VectorStore
    unanswered_vectors: VectorStore
    remark_vectors: Vectors
    words: WordStore

    @property
    def encoder(self) -> Encoder:
        """What embedded it, and embeds questions."""
        ...

    @property
    def completer(self) -> Completer:
        """What completes names; asked for by few."""
        ...

    @property
    def titles(self) -> Titles:
        """What finds headings and questions as one types; asked for by few."""
        ...

    @property
    def title_mentions(self) -> Rows:
        """Where sentences name documents by their titles; asked for by pages."""
        ...

    @property
    def map(self) -> Map:
        """What is drawn of the entries; asked for by pages."""
        ...

    @property
    def store(self) -> Store:
        """A store that reads this generation, whichever is published later; picklable."""
        ...

    @property
    def name(self) -> str:
        """What the store calls it: `Store.current` while it is the one to read."""
        ...

    @property
    def made(self) -> float:
        """When it was written, in seconds since 1970."""
        ...

    def file(self, name: str) -> Path | None:
        """A file of `Layout`, such as `Layout.logo`, brought here where it is elsewhere; None where
        the generation has none of this name.

        Raises:
            IndexDamaged: it is not what was written.
        """
        ...

    @property
    def expect(self) -> Callable[[list[int]], None] | None:
        """Reads at once what some entries say, which will be asked for; None where all is at
        hand."""
        ...

    def close(self) -> None:
        """Let go of it; twice does no harm."""
        ...


class Draft(Protocol):
    """A generation that is being built."""

    @property
    def folder(self) -> Path:
        """An empty folder of this machine; the files of `Layout` are written into it."""
        ...

    def publish(self, generation: str) -> object:
        """Have what is in the folder read from now on: at once, or not at all.

        Args:
            generation: `Manifest.generation` of the manifest in it.

        Raises:
            OSError: it cannot be written.
        """
        ...


class Store(Protocol):
    """Where an index is kept. A plain value: to make one touches nothing.

    `str(store)` is what messages call it, without passwords. An entry point of the group
    `entrywise.stores`, named as an address begins, makes one of the address and a cache folder.
    """

    def current(self) -> str:
        """The name of the generation that is read; cheap.

        Raises:
            IndexMissing: there is no index.
        """
        ...

    def manifest(self) -> Manifest:
        """What the index was made of.

        Raises:
            IndexMissing: there is no index.
            IndexDamaged: the manifest cannot be read, or its format is another version's.
        """
        ...

    def open(self) -> Generation:
        """Hold the generation that is read, and open it.

        Raises:
            IndexMissing: there is no index.
            IndexDamaged: it is truncated, altered, or of another format version.
        """
        ...

    def verify(self) -> str:
        """Compare all that is kept with the manifest; what was compared, in a line.

        Raises: what `open` does.
        """
        ...

    def leftovers(self) -> str:
        """What killed builds left and the next one sweeps, in a line; empty: nothing."""
        ...

    def drafted(self) -> AbstractContextManager[Draft]:
        """The right to publish a generation. What is not published leaves nothing.

        Raises:
            IndexMissing: it cannot be written, or holds something else.
        """
        ...

    def recalibrate(self, calibration: Calibration, *, of: str) -> Manifest:
        """Publish a generation that differs by its calibration alone.

        Args:
            of: `Manifest.generation` of that which the calibration was made for.

        Raises:
            IndexUnusable: it was built anew meanwhile, or cannot be written.
        """
        ...
