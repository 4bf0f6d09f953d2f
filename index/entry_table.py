"""The entries of an index: a line of JSON each, read where they are needed.

Each line is compared with its checksum when it is read first, so that no quote is of rot.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Block, Entry, KnowledgeBase, Paper, Resource, Section
from entrywise.data.errors import IndexDamaged
from entrywise.index.memo import memo

_REMEMBERED = 1_024
"""Parsed entries: a conversation comes back to the same ones."""


class Stretch(NamedTuple):
    """Lines that follow each other, as they are kept."""

    content: bytes
    sizes: NDArray[np.int64]
    """Bytes of each, int64 (lines,)."""
    checksums: NDArray[np.int64]
    """The CRC-32 of each, int64 (lines,)."""


class Lines(Protocol):
    """What is kept of entries, by ordinal. Safe to share between threads."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def line(self, ordinal: int) -> bytes:
        """What `encoded` made of an entry.

        Raises:
            IndexDamaged: it is not what was written.
        """
        ...

    def stretch(self, first: int, last: int) -> Stretch:
        """Some lines, `last` exclusive, for who writes them again: they are not compared."""
        ...

    @property
    def expect(self) -> Callable[[Iterable[int]], None] | None:
        """Reads some lines at once, which will be asked for; None where all is at hand."""
        ...


class FileLines:
    """Lines of a file, memory-mapped."""

    expect = None

    def __init__(self, lines: Path, offsets: Path) -> None:
        """Open files written by `write_entries`."""
        # int64 (entries + 1,) each.
        self._offsets, self._checksums = np.load(offsets, mmap_mode="r", allow_pickle=False).T
        size = lines.stat().st_size
        if self._offsets[0] or self._offsets[-1] != size or (np.diff(self._offsets) <= 0).any():
            raise ValueError(f"{lines.name}: its lines are not where they were written")
        with lines.open("rb") as stream:
            self._lines = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def line(self, ordinal: int) -> bytes:
        """The line of an entry, compared with its checksum."""
        line = self._lines[self._offsets[ordinal] : self._offsets[ordinal + 1]]
        if crc32(line) != self._checksums[ordinal + 1]:
            raise IndexDamaged(
                f"entry {ordinal + 1} of the index is not what was written; build it again"
            )
        return line

    def stretch(self, first: int, last: int) -> Stretch:
        """Some lines, as they are."""
        offsets = self._offsets[first : last + 1]
        content = self._lines[offsets[0] : offsets[-1]]
        return Stretch(content, np.diff(offsets), self._checksums[first + 1 : last + 1])


class EntryTable:
    """A read-only sequence of entries. Safe to share between threads."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.line = lines.line
        """What is kept of an entry, by ordinal."""
        self.stretch = lines.stretch
        """Lines that follow each other, for who writes them again."""
        self._parsed = memo(self._parse, _REMEMBERED)

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, ordinal: int) -> Entry:
        """The entry with this ordinal, from 0.

        Raises:
            IndexDamaged: its line is not what was written.
        """
        if not 0 <= ordinal < len(self):
            raise IndexError(ordinal)
        return self._parsed(ordinal)

    def of(self, ordinals: Sequence[int]) -> list[Entry]:
        """The entries with these ordinals, in their order, read at once."""
        if self._lines.expect:
            self._lines.expect(ordinals)
        return [self[ordinal] for ordinal in ordinals]

    def __iter__(self) -> Iterator[Entry]:
        return (self[ordinal] for ordinal in range(len(self)))

    def _parse(self, ordinal: int) -> Entry:
        return _from_record(json.loads(self.line(ordinal)))


def write_entries(lines: Path, offsets: Path, stretches: Iterable[Stretch]) -> None:
    """Write the lines of entries, and where each begins.

    Raises:
        OSError: one of the files cannot be written.
    """
    rows = [np.zeros((1, 2), np.int64)]
    with lines.open("wb") as file:
        for one in stretches:
            file.write(one.content)
            rows.append(np.column_stack([one.sizes, one.checksums]))
    table = np.concatenate(rows)
    np.cumsum(table[:, 0], out=table[:, 0])
    np.save(offsets, table)


def stretch_of(lines: Iterable[bytes]) -> Stretch:
    """Lines that follow each other."""
    kept = list(lines)
    sizes = np.fromiter(map(len, kept), np.int64)
    return Stretch(b"".join(kept), sizes, np.fromiter(map(crc32, kept), np.int64))


def encoded(entry: Entry) -> bytes:
    """The line of an entry."""
    return json.dumps(entry, ensure_ascii=False, default=_record).encode() + b"\n"


def sha256_of(knowledge_base: KnowledgeBase, digests: NDArray[np.uint8]) -> str:
    """SHA-256 of all that a knowledge base holds.

    Args:
        digests: those of its entries (`passages/digests.py`).
    """
    # Here, as who reads an index does not need them.
    import hashlib
    from dataclasses import asdict

    heading = [asdict(knowledge_base.identity), [asdict(c) for c in knowledge_base.categories]]
    questions = [[asked.question, dict(asked.grades)] for asked in knowledge_base.asked]
    digest = hashlib.sha256(json.dumps([heading, questions], ensure_ascii=False).encode())
    digest.update(digests.tobytes())
    return digest.hexdigest()


def _record(value: Any) -> dict[str, Any]:
    """The fields of a frozen value. `dataclasses.asdict` copies all within and takes ten times as
    long."""
    return {name: getattr(value, name) for name in value.__slots__}


def _from_record(record: dict[str, Any]) -> Entry:
    """The entry of a line that was read."""
    nested: dict[str, Callable[..., Any]] = {
        "sections": _section,
        "papers": Paper,
        "resources": Resource,
    }
    values: dict[str, Any] = {
        key: tuple(nested[key](**item) for item in value)
        if key in nested
        else tuple(value)
        if isinstance(value, list)
        else value
        for key, value in record.items()
    }
    return Entry(**values)


def _section(
    path: list[str],
    blocks: list[list[Any]],
    tells: Sequence[Any] = (),
    links: Sequence[Any] = (),
    **others: Any,
) -> Section:
    return Section(
        path=tuple(path),
        blocks=tuple(Block(*block) for block in blocks),
        tells=tuple(tuple(one) for one in tells),
        links=tuple(tuple(one) for one in links),
        **others,
    )
