"""Entries on disk: one JSON line each, read when they are asked for."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from entrywise.data.entries import Entry, Paper, Resource, Section
from entrywise.index.memo import memo

_REMEMBERED = 1_024
"""Parsed entries: a conversation comes back to the same ones."""


class EntryTable:
    """A read-only sequence of entries, memory-mapped. Safe to share between threads."""

    def __init__(self, lines: Path, offsets: Path) -> None:
        """Open files written by `write`."""
        self._offsets = np.load(offsets, mmap_mode="r", allow_pickle=False)
        with lines.open("rb") as stream:
            self._lines = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._parsed = memo(self._parse, _REMEMBERED)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, ordinal: int) -> Entry:
        """The entry with this ordinal, from 0."""
        if not 0 <= ordinal < len(self):
            raise IndexError(ordinal)
        return self._parsed(ordinal)

    def __iter__(self) -> Iterator[Entry]:
        return (self[ordinal] for ordinal in range(len(self)))

    def _parse(self, ordinal: int) -> Entry:
        start, end = self._offsets[ordinal], self._offsets[ordinal + 1]
        return _from_record(json.loads(self._lines[start:end]))


def write(lines: Path, offsets: Path, entries: Sequence[Entry]) -> None:
    """Write entries, and where each begins."""
    encoded = [json.dumps(asdict(e), ensure_ascii=False).encode() + b"\n" for e in entries]
    lines.write_bytes(b"".join(encoded))
    np.save(offsets, np.cumsum([0, *map(len, encoded)], dtype=np.int64))


def _from_record(record: dict[str, Any]) -> Entry:
    """The inverse of `dataclasses.asdict`."""
    nested = {"sections": Section, "papers": Paper, "resources": Resource}
    values: dict[str, Any] = {
        key: tuple(nested[key](**item) for item in value)
        if key in nested
        else tuple(value)
        if isinstance(value, list)
        else value
        for key, value in record.items()
    }
    return Entry(**values)
