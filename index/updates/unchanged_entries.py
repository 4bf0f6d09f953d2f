"""The entries that an index has as they are: how they were cut, what tells their chunks from
others, how they are called, what is told of their sentences. That depends on nothing but the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from itertools import chain
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration
from entrywise.index.editions.translations import written_in
from entrywise.index.entry_table import Stretch, encoded, stretch_of
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.index.names.forms import Name, names_of
from entrywise.index.names.lookup import HeldNames
from entrywise.index.names.names import NameIndex
from entrywise.index.names.tables import NameTables
from entrywise.index.passages.annotation import Annotator, Features, annotate, mentions
from entrywise.index.passages.carryover import carried, carried_mentions
from entrywise.index.passages.chunks import as_spans, chunks, sentences
from entrywise.index.passages.digests import DIGEST, Digests, entry_digests, rows_of
from entrywise.index.passages.rows import UNKNOWN, Ordinals, Spans, inverse, runs, save_parts
from entrywise.index.passages.title_mentions import FoundTitles, found_titles, own_titles
from entrywise.index.passages.units import Units
from entrywise.index.updates.mentions import renamed_from, still_named
from entrywise.index.words.database import SqliteFile

_FEW = 0.05
"""A share of the entries: where more of them changed, a table had better be written anew."""
_MANY = 0.5
"""A share of the entries: where more of them changed, the old ones are not read."""
_AT_ONCE = 1_024
"""Entries whose lines are written together: a megabyte."""


class Unchanged:
    """The entries of a knowledge base that an index has as they are."""

    def __init__(
        self,
        entries: Sequence[Entry],
        language: str,
        vocabulary: Mapping[str, int],
        libraries: Mapping[str, str],
        index: Index | None,
    ) -> None:
        """Compare the entries with those of an index, where there is one in the same language.

        Args:
            language: that of the entries; empty: it is found out.
            vocabulary: see `names_of`.
            libraries: those of `Manifest.libraries`.
        """
        self._entries = entries
        self._vocabulary = vocabulary
        self.digests = entry_digests(entries)
        """What tells the entries."""
        path = index.file(Layout.entry_digests) if index else None
        self.index = index if path else None
        """The index, where it is in the same language."""
        self.before: Ordinals
        """Where the unchanged entries are in the index."""
        self.before = rows_of(self.digests, np.load(path) if path else self.digests[:0])
        self.language = language or self._spoken()
        """That of the entries."""
        if index and index.manifest.identity.language != self.language:
            self.index, self.before = None, np.full(len(entries), UNKNOWN)
        index = self.index
        self.is_by_same_programs = index is not None and index.manifest.libraries == libraries
        """Whether the programs are those that wrote the index."""
        self.sentences: Spans
        """The spans of all sentences, in reading order."""
        self.chunks: Spans
        """Those of all chunks."""
        old = as_spans(())
        self.sentences, self._rows = carried(
            self.before, index.sentences[:] if index else old, self._new_sentences()
        )
        new = chunks(self.sentences[self._rows == UNKNOWN])
        self.chunk_rows: NDArray[np.int64]
        """The row of each there, `UNKNOWN` of one of an entry that is other."""
        self.chunks, self.chunk_rows = carried(self.before, index.chunks[:] if index else old, new)

    @property
    def drift(self) -> float:
        """The share of entries, in [0, 1], that are new, other or gone."""
        of = max(len(self._entries), len(self.index.entries) if self.index else 0)
        return (of - np.count_nonzero(self.before != UNKNOWN)) / of

    def calibration(self, features: Sequence[str]) -> Calibration:
        """The calibration of the index, as long as little is other than when it was made, by the
        same programs; the one that nobody made otherwise."""
        index = self.index
        if not index or not self.is_by_same_programs or index.manifest.features != features:
            return UNCALIBRATED
        return index.calibration.after(self.drift)

    def _spoken(self) -> str:
        """The language that the entries are in: to tell it takes 0.3 s, so that a few new ones are
        taken to be in that of the index."""
        before = self.index.manifest.identity.language if self.index else None
        if before and self.drift <= _FEW:
            return before
        return written_in(self._entries)

    def _new_sentences(self) -> Spans:
        new = np.flatnonzero(self.before == UNKNOWN)
        spans = sentences([self._entries[ordinal] for ordinal in new.tolist()], self.language)
        spans[:, 0] = new[spans[:, 0]]
        return spans

    def lines(self) -> Iterator[Stretch]:
        """The lines of all entries; see `encoded`."""
        for first, last, before in runs(self.before):
            for start in range(first, last, _AT_ONCE):
                end = min(start + _AT_ONCE, last)
                if self.index and before != UNKNOWN:
                    yield self.index.entries.stretch(before + start - first, before + end - first)
                else:
                    yield stretch_of(map(encoded, self._entries[start:end]))

    def chunk_digests(self) -> tuple[Digests, NDArray[np.int64]]:
        """The digests of chunks, those of other entries still to be told; and the rows of these,
        int64 (n,), ascending."""
        marks = np.zeros((len(self.chunks), DIGEST), np.uint8)
        is_new = self.chunk_rows == UNKNOWN
        if self.index and (path := self.index.file(Layout.chunk_digests)):
            marks[~is_new] = np.load(path, allow_pickle=False)[self.chunk_rows[~is_new]]
        return marks, np.flatnonzero(is_new)

    @cached_property
    def other(self) -> list[int]:
        """The ordinals of entries that are other or new."""
        return np.flatnonzero(self.before == UNKNOWN).tolist()

    @cached_property
    def stay(self) -> Ordinals:
        """Where each entry of the index is now that is as it was, int64 (entries of the index,),
        `UNKNOWN` of one that is other or gone."""
        return inverse(self.before, len(self.index.entries) if self.index else 0)

    @cached_property
    def others_before(self) -> Mapping[int, Entry]:
        """Those of the index that are other or gone, by their ordinals there."""
        if not self.index:
            return {}
        gone = np.flatnonzero(self.stay == UNKNOWN).tolist()
        return dict(zip(gone, self.index.entries.of(gone), strict=True))

    @cached_property
    def moved(self) -> Ordinals | None:
        """Where each entry of the index is now, by its id, int64 (entries of the index,), `UNKNOWN`
        where it is gone; None where many are other, or they are in another order."""
        if not self.index or self.drift > _MANY:
            return None
        moved = self.stay.copy()
        places = {self._entries[now].id: now for now in self.other}
        for before, one in self.others_before.items():
            moved[before] = places.get(one.id, UNKNOWN)
        return moved if (np.diff(moved[moved != UNKNOWN]) > 0).all() else None

    @property
    def changed_little(self) -> Index | None:
        """The index, where it was written by the same programs, few entries are other, and those
        that are still there are in their order."""
        is_little = self.is_by_same_programs and self.drift <= _FEW and self.moved is not None
        return self.index if is_little else None

    @cached_property
    def rewritten(self) -> Mapping[int, Entry] | None:
        """How those entries were that are other, by ordinal, where the index changed little, and
        each of its entries is still there, at its place; else None."""
        moved = self.moved if self.changed_little else None
        is_in_place = moved is not None and np.array_equal(moved, np.arange(len(self._entries)))
        return self.others_before if is_in_place else None

    def alike(self, told: Callable[[Entry], object]) -> Index | None:
        """The index, where it changed little, each of its entries is still there, at its place, and
        what is told of those that are other is as it was."""
        before = self.rewritten
        if before is None:
            return None
        is_same = all(told(self._entries[number]) == told(one) for number, one in before.items())
        return self.index if is_same else None

    @cached_property
    def called_alike(self) -> Index | None:
        """The index, where its entries are, at their places, and called as they were."""
        return self.alike(
            lambda one: (one.name, one.is_document, names_of(one, 0, self._vocabulary))
        )

    @cached_property
    def other_names(self) -> list[Name]:
        """All forms of the names of entries that are other or new; see `names_of`."""
        found = (names_of(self._entries[one], one, self._vocabulary) for one in self.other)
        return [*chain.from_iterable(found)]

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Those of all entries."""
        if self.called_alike:
            return self.called_alike.catalog.names
        stay, known = self.stay.tolist(), self.index.catalog.names if self.index else ()
        kept = [
            Name(form, stay[entry], ordinary, key)
            for form, entry, ordinary, key in known
            if stay[entry] != UNKNOWN
        ]
        return tuple(sorted((*kept, *self.other_names), key=attrgetter("entry")))

    def rows_of(self, units: Units) -> NDArray[np.int64] | None:
        """Which unit of the index each is, int64 (units,), `UNKNOWN` of those of entries that are
        other; None where they are in another order, or entries have other units."""
        index = self.index
        if not index:
            return None
        new = units[self.before[units[:, 0]] == UNKNOWN]
        carried_units, rows = carried(self.before, index.units[:], new)
        is_same = np.array_equal(carried_units, units)
        return rows if is_same and (np.diff(rows[rows != UNKNOWN]) > 0).all() else None

    def features(self, annotator: Annotator) -> Features:
        """The features of all sentences; see `annotate`."""
        if self.index is None or self.index.manifest.features != annotator.names:
            return annotate(self._entries, self.sentences, annotator)
        is_new = self._rows == UNKNOWN
        told = np.empty((len(self._rows), len(annotator.names)), np.uint8)
        told[is_new] = annotate(self._entries, self.sentences[is_new], annotator)
        told[~is_new] = self.index.sentence_features[self._rows[~is_new]]
        return told

    def write_mentions(self, path: Path, written: Path) -> None:
        """Write the names of entries in all sentences; see `mentions`.

        Args:
            written: the names, in their tables.
        """
        old = self.index.sentence_mentions[:] if self.index else np.empty((0, 4), np.int32)
        rows = self._still_named(*self._renamed(), old)
        if rows is None:
            of_all = NameIndex(HeldNames(self.names))
            return np.save(path, mentions(self._entries, self.sentences, of_all))
        # Few sentences are read, which takes less time than to read all names.
        with closing(NameTables(SqliteFile(written))) as names:
            found = mentions(self._entries, self.sentences[rows == UNKNOWN], NameIndex(names))
        assert self.moved is not None
        count, parts = carried_mentions(rows, old, found, self.moved)
        save_parts(path, parts, (count, old.shape[1]), np.int32)

    def _renamed(self) -> tuple[Sequence[Name], Sequence[Name]]:
        """The names that entries had that are other or gone, and those that are other or new: of
        entries that are as they were no name is other."""
        if not self.index or self.called_alike:
            return (), ()
        tables = self.index.name_tables
        return [*chain.from_iterable(map(tables.of, self.others_before))], self.other_names

    def found_titles(self) -> FoundTitles:
        """The titles of documents in all sentences; see `found_titles`."""
        titles = own_titles(self._entries)
        if not titles:
            return found_titles(self._entries, titles, self.sentences)
        path = self.index.file(Layout.found_titles) if self.index else None
        old, rows = np.empty((0, 5), np.int32), None
        if path:
            before = titles if self.called_alike else own_titles(self._entries_before())
            old = np.load(path, allow_pickle=False)
            rows = self._still_named(before, titles, old)
        if rows is None:
            return found_titles(self._entries, titles, self.sentences)
        found = found_titles(self._entries, titles, self.sentences[rows == UNKNOWN])
        assert self.moved is not None
        _, parts = carried_mentions(rows, old, found, self.moved)
        return np.concatenate([found[:0], *parts])

    def _still_named(
        self, before: Sequence[Name], names: Sequence[Name], table: NDArray[np.int32]
    ) -> NDArray[np.int64] | None:
        """What is still true of what sentences name; see `still_named`."""
        if self.moved is None:
            return None
        renamed = renamed_from(before, names, self.moved)
        return renamed and still_named(self._entries, self.sentences, self._rows, table, renamed)

    def _entries_before(self) -> list[Entry]:
        """All entries of the index; those that are as they were need not be read."""
        assert self.index
        kept = dict(zip(self.before.tolist(), self._entries, strict=True))
        numbers = range(len(self.index.entries))
        return [kept.get(number) or self.index.entries[number] for number in numbers]
