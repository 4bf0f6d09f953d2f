"""The opened index: everything that retrieval reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.errors import EntryUnknown
from entrywise.data.languages import DEFAULT, primary
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.catalog import Ordinals
from entrywise.index.editions.pages import Unwanted
from entrywise.index.editions.translations import Translations
from entrywise.index.editions.versions import Versions
from entrywise.index.layout import Layout, damaged
from entrywise.index.listing.titles import Titles
from entrywise.index.map.map import Map
from entrywise.index.names.completion import Completer
from entrywise.index.names.names import NameIndex
from entrywise.index.names.spelling import Spelling
from entrywise.index.passages.rows import Mentions, Rows, stretch
from entrywise.index.sample_questions import Labels
from entrywise.index.stores.base import Store
from entrywise.index.stores.registry import folder_store
from entrywise.index.words.index import WordIndex

# So many for each entry, on average, tell how people ask.
_QUESTIONS_AN_ENTRY = 3


class SampleQuestions:
    """The entries that answer the sample questions, by row of the questions' vectors."""

    def __init__(self, labels: Labels, entries: int) -> None:
        """Labels of an index with this number of entries, those that answer nothing among them."""
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


class Index:
    """An opened index. Safe to share between threads; nothing in it changes."""

    def __init__(self, home: Path | Store) -> None:
        """Open the index of a store: its current generation.

        Args:
            home: the folder of an index, or of one generation; or a store.

        Raises:
            IndexMissing: there is no index.
            IndexDamaged: it is truncated, altered, or of another format version.
        """
        self.store: Store = folder_store(home) if isinstance(home, Path) else home
        """Where newer generations of it come to be."""
        self.generation = opened = self.store.open()
        """What is read; it stays until this is closed."""
        self.left_out: tuple[int, ...] = ()
        """Units that nothing finds (`calibration/leave_out.py`)."""
        self.manifest = opened.manifest
        self.entries = opened.entries
        self.chunks = opened.chunks
        self.sentences = opened.sentences
        self.sentence_vectors = opened.sentence_vectors
        self.sentence_features = opened.sentence_features
        self.sentence_mentions = opened.sentence_mentions
        self.sample_questions = SampleQuestions(opened.labels, len(opened.entries))
        self.units = opened.units
        self.chunk_vectors = opened.chunk_vectors
        self.question_vectors = opened.question_vectors
        self.unanswered_vectors = opened.unanswered_vectors
        self.remark_vectors = opened.remark_vectors
        self.encoder = opened.encoder
        self.language = primary(self.manifest.identity.language or DEFAULT)
        """The language of its texts, `de` of `de-AT`."""
        self.words = WordIndex(opened.words, self.language)
        self.listing = opened.listing
        self.name_tables = opened.name_tables
        self.catalog = opened.catalog
        self.ordinals = Ordinals(self.listing)
        """The ordinal of each entry id."""

    def close(self) -> None:
        """Release the generation; the index cannot be used afterwards."""
        self.words.close()
        self.generation.close()

    @property
    def titles(self) -> Titles:
        """Finds headings, and questions that are answered, as one types."""
        return self.generation.titles

    @property
    def completer(self) -> Completer:
        """Completes what is typed of names."""
        return self.generation.completer

    @property
    def map(self) -> Map:
        """What is drawn of its entries."""
        return self.generation.map

    def file(self, name: str) -> Path | None:
        """A file that comes with the index, such as `Layout.logo`; None where it has none."""
        return self.generation.file(name)

    def sample_texts(self, kind: str) -> list[str]:
        """The sample questions, by row of their vectors; `kind`: "answered" or "unanswered"."""
        path = self.file(Layout.question_texts)
        assert path
        record: dict[str, list[str]] = json.loads(path.read_text("utf-8"))
        return record[kind]

    @cached_property
    def names(self) -> NameIndex:
        """Finds the names of entries in texts."""
        return NameIndex(self.name_tables)

    @cached_property
    def translations(self) -> Translations | None:
        """Its pages that are there in several languages; None where none are."""
        path = self.file(Layout.translations)
        if not path:
            return None
        own = self.manifest.identity.language or DEFAULT
        return Translations(np.load(path), self.manifest.languages, own, self.units)

    @cached_property
    def versions(self) -> Versions | None:
        """Its pages that are there in several versions; None where none are."""
        path = self.file(Layout.versions)
        if not path:
            return None
        subject = self.manifest.subject or self.manifest.title
        return Versions(np.load(path), self.manifest.versions, subject, self.units)

    def unwanted(self, question: str) -> Unwanted:
        """What a question is not about: what is left out, and what is in other languages or of
        other versions."""
        found = [Unwanted(np.array(self.left_out, np.int64), np.empty(0, np.int32))]
        if self.translations:
            said = self.words.likeness(question)
            found.append(self.translations.unwanted(question, said))
        if self.versions:
            found.append(self.versions.unwanted(question))
        units, entries = zip(*found, strict=True)
        return Unwanted(np.concatenate(units), np.concatenate(entries))

    @cached_property
    def spelling(self) -> Spelling:
        """Puts misspelt names right, and where texts are in English, as the words of the encoder
        are, ordinary words."""
        is_english = self.language == DEFAULT
        ordinary = self.encoder.vocabulary if is_english else dict[str, int]
        return Spelling(self.name_tables, self.names, ordinary, self.words.known)

    @property
    def calibration(self) -> Calibration:
        """The calibration of its confidences."""
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
        return range(*self.sentences.stretch(ordinal, ordinal + 1))

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
        return self._of_rows(self.sentence_mentions, sentences)

    def named_titles(self, sentences: range) -> Mentions:
        """The titles of documents in some sentences, as `mentions` gives names."""
        return self._of_rows(self.generation.title_mentions, sentences)

    def _of_rows(self, mentions: Rows, sentences: range) -> Mentions:
        # There are more mentions than anything else: they are checked as they are read.
        first, last = mentions.stretch(sentences.start, sentences.stop)
        found = mentions[first:last]
        places = found[:, :2] - (sentences.start, 0)
        entries = self.manifest.counts["entries"]
        if (places < 0).any() or (places >= (len(sentences), entries)).any():
            raise damaged(self.store, "a mention is beyond its table")
        return found
