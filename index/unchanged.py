"""What an update takes over from the index that is replaced: its encoder, files that would be the
same, and of entries that are what they were how they were cut, what tells their chunks from others,
how they are called, what is told of their sentences. That is most of the time of an update, and
depends on nothing but the entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.errors import IndexUnusable
from entrywise.data.languages import spoken
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration
from entrywise.index.embedding import DIGEST, Digests
from entrywise.index.encoders.base import EncoderConfig
from entrywise.index.encoders.registry import ENCODER_FILES, EncoderSource
from entrywise.index.generations.publication import share
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.index.names.forms import Name, names_of
from entrywise.index.names.lookup import HeldNames
from entrywise.index.names.names import NameIndex
from entrywise.index.passages.annotation import Annotator, Features, Mentions, annotate, mentions
from entrywise.index.passages.chunks import Spans, as_spans, sentences
from entrywise.index.passages.title_mentions import FoundTitles, found_titles, own_titles
from entrywise.index.stores.base import Store

_NEW = -1
_FEW = 0.05
"""Of entries, as a share."""


@contextmanager
def replaced(store: Store) -> Iterator[Index | None]:
    """The index that is being replaced, if it is what was written: what is taken from it is."""
    try:
        store.verify()
        index = Index(store)
    except IndexUnusable:
        yield None
        return
    with closing(index):
        yield index


def embedded_alike(source: EncoderSource, old: Index | None, folder: Path) -> Index | None:
    """Put the encoder into a new folder; give the index that has the same one, if the replaced one
    does.

    A model that has to be exported is taken from there where it is called alike and is the same.
    """
    if old and source.is_that_of(old.manifest.encoder, old.manifest.weights_sha256):
        for name in ENCODER_FILES:
            if kept := old.file(name):
                share(kept, folder / name)
        return old
    source.make(folder)
    same = old and EncoderConfig.read(folder).sha256 == old.manifest.weights_sha256
    return old if same else None


def taken_over(layout: Layout, old: Index | None, *names: str) -> bool:
    """Whether a replaced index has these files, which then are taken over as they are."""
    if not all(files := [old.file(name) if old else None for name in names]):
        return False
    for path in filter(None, files):
        share(path, layout.root / path.name)
    return True


class Unchanged:
    """The entries of a knowledge base that an index has as they are."""

    def __init__(
        self, entries: Sequence[Entry], lines: Path, language: str, index: Index | None
    ) -> None:
        """Compare the entries with those of an index, where there is one in the same language.

        Args:
            lines: what `write_entries` wrote of them.
            language: that of the entries; empty: it is found out.
        """
        self._entries = entries
        self._index = index
        self._before = _before(entries, lines, index) if index else {}
        """The ordinal of each unchanged entry in the index."""
        self.language = language or self._spoken()
        """That of the entries."""
        if index and index.manifest.identity.language != self.language:
            self._index, self._before = None, {}
        self.sentences: Spans
        """The spans of all sentences, in reading order."""
        self.sentences, self._rows = self._cut()

    @property
    def drift(self) -> float:
        """The share of entries, in [0, 1], that are new, other or gone."""
        of = max(len(self._entries), len(self._index.entries) if self._index else 0)
        return (of - len(self._before)) / of

    def calibration(self, libraries: Mapping[str, str], features: Sequence[str]) -> Calibration:
        """The calibration of the index, as long as little is other than when it was made, by the
        same programs; the one that nobody made otherwise."""
        index = self._index
        if not index or (index.manifest.libraries, index.manifest.features) != (
            libraries,
            features,
        ):
            return UNCALIBRATED
        return index.calibration.after(self.drift)

    def _spoken(self) -> str:
        """The language that the entries are in: to tell it takes 0.3 s, so that a few new ones are
        taken to be in that of the index."""
        before = self._index.manifest.identity.language if self._index else None
        if before and self.drift <= _FEW:
            return before
        return spoken(section.text for entry in self._entries for section in entry.sections)

    def _cut(self) -> tuple[Spans, NDArray[np.int64]]:
        """The spans of all sentences, and the row of each in the index, int64 (sentences,)."""
        tables, rows = [as_spans(())], [np.empty(0, np.int64)]
        for ordinal, entry in enumerate(self._entries):
            before = self._before.get(ordinal)
            if self._index is None or before is None:
                spans = sentences([entry], self.language)
                rows.append(np.full(len(spans), _NEW))
            else:
                kept = self._index.sentence_rows(before)
                spans = self._index.sentences[kept.start : kept.stop].copy()
                rows.append(np.arange(kept.start, kept.stop))
            spans[:, 0] = ordinal
            tables.append(spans)
        return np.concatenate(tables), np.concatenate(rows)

    def digests(self, chunk_table: Spans) -> tuple[Digests, NDArray[np.int64]]:
        """The digests of chunks, those of other entries still to be told; and the rows of these,
        int64 (n,), ascending."""
        marks = np.zeros((len(chunk_table), DIGEST), np.uint8)
        rows = np.full(len(chunk_table), _NEW)
        if self._index and (path := self._index.file(Layout.chunk_digests)):
            ours = _starts(chunk_table, len(self._entries))
            theirs = _starts(self._index.chunks[:], len(self._index.entries))
            for ordinal, old in self._before.items():
                rows[ours[ordinal] : ours[ordinal + 1]] = np.arange(theirs[old], theirs[old + 1])
            kept = np.load(path, allow_pickle=False)
            marks[rows != _NEW] = kept[rows[rows != _NEW]]
        return marks, np.flatnonzero(rows == _NEW)

    def names(self, vocabulary: Mapping[str, int]) -> Iterator[Name]:
        """All forms of the entries' names; see `names_of`."""
        known: dict[int, list[Name]] = {}
        for name in self._index.catalog.names if self._index else ():
            known.setdefault(name.entry, []).append(name)
        for ordinal, entry in enumerate(self._entries):
            before = self._before.get(ordinal)
            if before is None:
                yield from names_of(entry, ordinal, vocabulary)
            else:
                yield from (name._replace(entry=ordinal) for name in known.get(before, ()))

    def features(self, annotator: Annotator) -> Features:
        """The features of all sentences; see `annotate`."""
        if self._index is None or self._index.manifest.features != annotator.names:
            return annotate(self._entries, self.sentences, annotator)
        is_new = self._rows == _NEW
        told = np.empty((len(self._rows), len(annotator.names)), np.uint8)
        told[is_new] = annotate(self._entries, self.sentences[is_new], annotator)
        told[~is_new] = self._index.sentence_features[self._rows[~is_new]]
        return told

    def mentions(self, names: Sequence[Name]) -> Mentions:
        """The names of entries in all sentences; see `mentions`. Another name anywhere may be in
        any sentence."""
        if self._index is None or tuple(names) != self._index.catalog.names:
            return mentions(self._entries, self.sentences, NameIndex(HeldNames(names)))
        found = mentions(self._entries, self.sentences[self._rows == _NEW], self._index.names)
        return self._with_kept(found, self._index.sentence_mentions[:])

    def found_titles(self) -> FoundTitles:
        """The titles of documents in all sentences; see `found_titles`. Another title anywhere may
        be in any sentence."""
        titles = own_titles(self._entries)
        path = self._index.file(Layout.found_titles) if self._index else None
        if not self._index or not path or titles != own_titles(self._entries_before()):
            return found_titles(self._entries, titles, self.sentences)
        found = found_titles(self._entries, titles, self.sentences[self._rows == _NEW])
        return self._with_kept(found, np.load(path, allow_pickle=False))

    def _entries_before(self) -> list[Entry]:
        """All entries of the index; those that are as they were need not be read."""
        assert self._index
        kept = {before: self._entries[ordinal] for ordinal, before in self._before.items()}
        numbers = range(len(self._index.entries))
        return [kept.get(number) or self._index.entries[number] for number in numbers]

    def _with_kept(self, found: NDArray[np.int32], before: NDArray[np.int32]) -> NDArray[np.int32]:
        """What was found in the new sentences, and before in the others, by the rows of all."""
        assert self._index
        is_new, kept = np.flatnonzero(self._rows == _NEW), np.flatnonzero(self._rows != _NEW)
        rows = np.full(len(self._index.sentences), _NEW)
        rows[self._rows[kept]] = kept
        found[:, 0] = is_new[found[:, 0]]
        before = before[rows[before[:, 0]] != _NEW]
        before[:, 0] = rows[before[:, 0]]
        both = np.concatenate([found, before])
        return both[np.argsort(both[:, 0], kind="stable")]


def _before(entries: Sequence[Entry], lines: Path, index: Index) -> dict[int, int]:
    """{ordinal of an entry: its ordinal in an index, which has it as it is}."""
    ordinals = {entry_id: ordinal for ordinal, entry_id in enumerate(index.catalog.ids)}
    found: dict[int, int] = {}
    with lines.open("rb") as written:
        for ordinal, (entry, line) in enumerate(zip(entries, written, strict=True)):
            before = ordinals.get(entry.id)
            if before is not None and index.entries.line(before) == line:
                found[ordinal] = before
    return found


def _starts(table: Spans, entries: int) -> list[int]:
    """The first row of each entry, and how many rows there are."""
    starts: list[int] = np.searchsorted(table[:, 0], np.arange(entries + 1)).tolist()
    return starts
