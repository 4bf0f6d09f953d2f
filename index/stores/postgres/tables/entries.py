"""The lines of entries, read by ordinal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from entrywise.data.errors import IndexDamaged
from entrywise.index.entry_table import Stretch, stretch_of
from entrywise.index.memo import Remembered
from entrywise.index.words.database import Database

_REMEMBERED = 1_024


class PostgresLines:
    """`Lines` of a table."""

    def __init__(self, database: Database, count: int) -> None:
        self._count = count
        self._lines = Remembered(partial(_read, database), _REMEMBERED)

        self.keep = self._lines.keep
        """Remember lines that came otherwise."""

    def expect(self, ordinals: Iterable[int]) -> None:
        """Read these at once: they will be asked for."""
        self._lines.of(ordinals)

    def __len__(self) -> int:
        return self._count

    def stretch(self, first: int, last: int) -> Stretch:
        """Some lines that follow each other."""
        found = self._lines.of(range(first, last))
        return stretch_of(found[ordinal] for ordinal in range(first, last))

    def line(self, ordinal: int) -> bytes:
        """The line of an entry."""
        try:
            return self._lines.of([ordinal])[ordinal]
        except KeyError:
            raise IndexDamaged(
                f"entry {ordinal + 1} of the index is missing; build it again"
            ) from None


def _read(database: Database, ordinals: Sequence[int]) -> Mapping[int, bytes]:
    found = database.rows(
        "SELECT ordinal, line FROM lines WHERE ordinal = ANY(?)", list(map(int, ordinals))
    )
    return dict(found)
