"""An index, opened: everything that the retriever reads, checked and memory-mapped."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.errors import EntryUnknown, IndexDamaged
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.catalog import Catalog, Ordinals
from entrywise.index.encoders.base import Encoder, Vectors
from entrywise.index.encoders.registry import open_encoder
from entrywise.index.entry_table import EntryTable
from entrywise.index.generations.lease import hold
from entrywise.index.generations.structure import check_labels, check_structure
from entrywise.index.generations.verification import verify
from entrywise.index.layout import Layout, Manifest, read_manifest
from entrywise.index.listing.listing import Listing
from entrywise.index.names.completion import Completer
from entrywise.index.names.names import NameIndex
from entrywise.index.names.spelling import Spelling
from entrywise.index.names.tables import NameTables
from entrywise.index.passages.annotation import Features, Mentions
from entrywise.index.passages.chunks import Spans
from entrywise.index.passages.rows import stretch
from entrywise.index.passages.units import Units
from entrywise.index.sample_questions import Labels
from entrywise.index.vectors.compact import CompactVectors
from entrywise.index.vectors.faiss import VectorIndex
from entrywise.index.words.fts5 import WordIndex

# So many for each entry, on average, tell how people ask.
_QUESTIONS_AN_ENTRY = 3


class SampleQuestions:
    """The entries that answer the sample questions, by row of the questions' vectors."""

    def __init__(self, labels: Labels, entries: int) -> None:
        """Of an index of so many entries; those that answer nothing count, too."""
        self._entries = labels[:, 1]
        count = int(labels[-1, 0]) + 1 if len(labels) else 0
        self._starts = np.searchsorted(labels[:, 0], np.arange(count + 1))
        self.counts: NDArray[np.int64] = np.bincount(labels[:, 1], minlength=entries)
        """How many questions each entry answers, or a part of them, by ordinal."""

    @property
    def are_known(self) -> bool:
        """Whether it is known how people ask for the entries: by three questions and more for each,
        on average. Where it is not, the text alone has to decide."""
        return int(self.counts.sum()) >= _QUESTIONS_AN_ENTRY * len(self.counts)

    def rows(self, entry: int) -> list[int]:
        """The rows of the questions that an entry answers, or a part of them."""
        labels = np.flatnonzero(self._entries == entry)
        rows: list[int] = (np.searchsorted(self._starts, labels, "right") - 1).tolist()
        return rows

    def answering(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The entries that answer the questions of some rows, or a part of them.

        Returns:
            of each pair, in the order of the rows, the place of its row among them, int64 (n,), and
            the ordinal of an entry, int32 (n,).
        """
        starts = self._starts[rows]
        counts = self._starts[rows + 1] - starts
        places = np.repeat(np.arange(len(rows)), counts)
        # What a pair's number has to be moved by, so that those of a row begin at its start.
        moved = np.repeat(starts - (np.cumsum(counts) - counts), counts)
        return places, self._entries[np.arange(len(places)) + moved]


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


class Index:
    """An opened index. Safe to share between threads; nothing in it changes."""

    def __init__(self, home: Path) -> None:
        """Open the index in a folder: its current generation, verified, and mapped.

        Args:
            home: the folder of an index, or of one generation.

        Raises:
            IndexMissing: there is no index.
            IndexDamaged: it is truncated, altered, or of another format version.
        """
        self.home = home
        self._lease = hold(home)
        try:
            self._open()
        except _BROKEN as error:
            self._lease.release()
            raise IndexDamaged(
                f"the index in {str(self.root)!r} cannot be opened ({error}); build it again"
            ) from error
        except BaseException:
            self._lease.release()
            raise

    def _open(self) -> None:
        self.root = self._lease.folder
        """The generation that is open; it stays until this is closed."""
        self.left_out: tuple[int, ...] = ()
        """Units that nothing finds (`calibration/leave_out.py`)."""
        self.layout = Layout(self.root)
        self.manifest: Manifest = read_manifest(self.root)
        verify(self.root, self.manifest)
        self.entries = EntryTable(self.layout.entries, self.layout.entry_offsets)
        self.chunks: Spans = _mapped(self.layout.chunks)
        self.sentences: Spans = _mapped(self.layout.sentences)
        self.sentence_vectors = CompactVectors(self.layout.sentence_vectors)
        self.sentence_features: Features = _mapped(self.layout.sentence_features)
        self.sentence_mentions: Mentions = _mapped(self.layout.sentence_mentions)
        self.title_mentions: Mentions = _mapped(self.layout.title_mentions)
        labels = np.load(self.layout.questions, allow_pickle=False)
        check_labels(labels, self.manifest.counts["questions"], len(self.entries))
        self.asked = SampleQuestions(labels, len(self.entries))
        self.units: Units = _mapped(self.layout.units)
        self.chunk_vectors = VectorIndex(self.layout.chunk_vectors)
        self.question_vectors = VectorIndex(self.layout.question_vectors)
        self.unanswered_vectors = VectorIndex(self.layout.unanswered_vectors)
        self.remark_vectors: Vectors = _mapped(self.layout.remark_vectors)
        self.encoder: Encoder = open_encoder(self.root)
        self.completer = Completer.open(self.layout.completion_texts, self.layout.completions)
        # Last of what is opened: they must be closed.
        self.words = WordIndex(self.layout.words)
        self.listing = Listing(self.layout.listing)
        self.name_tables = NameTables(self.layout.names)
        self.catalog = Catalog.read(self.layout.catalog, self.listing, self.name_tables)
        self.ordinals = Ordinals(self.listing)
        """The ordinal of each entry id."""
        check_structure(self)

    def close(self) -> None:
        """Release the files; the index cannot be used afterwards."""
        self.words.close()
        self.listing.close()
        self.name_tables.close()
        self._lease.release()

    @cached_property
    def names(self) -> NameIndex:
        """Finds the names of entries in texts."""
        return NameIndex(self.name_tables)

    @cached_property
    def spelling(self) -> Spelling:
        """Puts misspelt names right."""
        return Spelling(self.name_tables, self.names, self.encoder.vocabulary, self.words.known)

    @property
    def calibration(self) -> Calibration:
        """What its confidences are worth."""
        return self.manifest.calibration

    @property
    def part_owners(self) -> Mapping[str, int]:
        """The entry that explains each kind of part of a name."""
        return self.catalog.parts

    def entry(self, entry_id: str) -> Entry:
        """The entry with this id.

        Raises:
            EntryUnknown: there is none; it is a KeyError.
        """
        try:
            return self.entries[self.ordinals[entry_id]]
        except (KeyError, TypeError):
            raise EntryUnknown(
                f"no entry has the id {entry_id!r}; index.catalog.ids lists them"
            ) from None

    def sentence_rows(self, ordinal: int) -> range:
        """The rows of `sentences` (and of `sentence_vectors`) that belong to an entry."""
        return range(*stretch(self.sentences[:, 0], ordinal, ordinal + 1))

    def section_rows(self, ordinal: int, section: int) -> range:
        """The rows of `sentences` that belong to a section of an entry."""
        rows = self.sentence_rows(ordinal)
        own = self.sentences[rows.start : rows.stop, 1]
        first, last = stretch(own, section, section + 1)
        return range(rows.start + first, rows.start + last)

    @cached_property
    def holds_documents(self) -> bool:
        """Whether what is found are sections of documents rather than terms."""
        return len(self.units) > 0 and bool(np.mean(self.units[:, 1] >= 0) > 0.5)

    def mentions(self, sentences: range) -> Mentions:
        """The names of entries in some sentences, int32 (n, 4): row, entry, start, end."""
        return _of_rows(self.sentence_mentions, sentences)

    def titles(self, sentences: range) -> Mentions:
        """The same for titles of documents that are names."""
        return _of_rows(self.title_mentions, sentences)


def _of_rows(mentions: Mentions, sentences: range) -> Mentions:
    first, last = stretch(mentions[:, 0], sentences.start, sentences.stop)
    return mentions[first:last]


def _mapped(path: Path) -> NDArray[Any]:
    """The array of a file, mapped into memory; as a plain one, whose slices cost less."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
