"""The catalog of an index: ids by ordinal, names, categories."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import overload

from entrywise.data.entries import Category, KnowledgeBase
from entrywise.index.listing.listing import Listing
from entrywise.index.memo import Remembered
from entrywise.index.names.forms import Name
from entrywise.index.names.tables import NameTables

_REMEMBERED = 4_096


class Ids(Sequence[str]):
    """The ids of entries by ordinal, each read when it is asked for."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._held = Remembered(listing.ids, _REMEMBERED)

    def __len__(self) -> int:
        return self._listing.entries

    @overload
    def __getitem__(self, ordinal: int) -> str: ...

    @overload
    def __getitem__(self, ordinal: slice) -> Sequence[str]: ...

    def __getitem__(self, ordinal: int | slice) -> str | Sequence[str]:
        """The id of the entry with this ordinal.

        Raises:
            IndexError: there is none.
        """
        # Numbers of NumPy are none to SQLite.
        chosen = range(len(self))[ordinal]
        return self.of(chosen) if isinstance(chosen, range) else self.of([chosen])[0]

    def of(self, ordinals: Sequence[int]) -> list[str]:
        """The ids of several entries, in their order."""
        held = self._held.of(ordinals)
        return [held[ordinal] for ordinal in ordinals]

    def __iter__(self) -> Iterator[str]:
        return (one.id for one in self._listing.by_ordinal(0, len(self)))


class Ordinals(Mapping[str, int]):
    """The ordinals of entries by id, each looked up when it is asked for."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._held = Remembered(listing.ordinals, _REMEMBERED)

    def __len__(self) -> int:
        return self._listing.entries

    def __getitem__(self, entry_id: str) -> int:
        return self._held.of([entry_id])[entry_id]

    def of(self, ids: Iterable[str]) -> dict[str, int]:
        """{id: ordinal} of those ids that are of entries here, in their order."""
        wanted = list(ids)
        held = self._held.of(wanted)
        return {one: held[one] for one in wanted if one in held}

    def known(self, ids: Iterable[str]) -> list[int]:
        """The ordinals of those ids that are of entries here, in their order."""
        wanted = list(ids)
        found = self.of(wanted)
        return [found[one] for one in wanted if one in found]

    def __iter__(self) -> Iterator[str]:
        return iter(Ids(self._listing))


@dataclass(frozen=True)
class Catalog:
    """What there is: ids by ordinal, names, categories."""

    ids: Ids
    categories: tuple[Category, ...]
    parts: Mapping[str, int]
    """The entry that explains each kind of part of a name."""
    name_tables: NameTables

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """All names of all entries: no question needs them."""
        return self.name_tables.all()

    @classmethod
    def read(cls, path: Path, listing: Listing, names: NameTables) -> Catalog:
        """Read what `write_catalog` wrote, beside what else an index says of its entries."""
        record = json.loads(path.read_text(encoding="utf-8"))
        categories = tuple(Category(*row) for row in record["categories"])
        return cls(Ids(listing), categories, record["parts"], names)


def write_catalog(path: Path, knowledge_base: KnowledgeBase) -> None:
    """Write the categories, and which entry explains each kind of part of a name, as JSON."""
    parts = {part: ordinal for ordinal, entry in enumerate(knowledge_base) for part in entry.parts}
    record = {
        "categories": [[c.id, c.label, c.order] for c in knowledge_base.categories],
        "parts": parts,
    }
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
