"""The knowledge base that an index holds, as pages read it: each entry when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from entrywise.data.entries import Entry
from entrywise.data.errors import EntryUnknown
from entrywise.data.identity import Identity
from entrywise.index.index import Index
from entrywise.index.listing.listing import Group, Listing


class Entries(Protocol):
    """Entries by ordinal."""

    def __len__(self) -> int: ...

    def __getitem__(self, ordinal: int, /) -> Entry: ...

    def __iter__(self) -> Iterator[Entry]: ...


@dataclass(frozen=True, slots=True)
class Collection:
    """Entries, by ordinal and by id, what lists show of them, and what the whole says of itself."""

    entries: Entries
    listing: Listing
    identity: Identity

    @classmethod
    def of(cls, index: Index) -> Collection:
        """What an index holds."""
        return cls(index.entries, index.listing, index.manifest.identity)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.identity.title

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, entry_id: object) -> bool:
        return isinstance(entry_id, str) and self.listing.ordinal(entry_id) is not None

    def __getitem__(self, entry_id: str) -> Entry:
        """The entry with this id.

        Raises:
            EntryUnknown: there is none; it is a KeyError.
        """
        ordinal = self.listing.ordinal(entry_id)
        if ordinal is None:
            raise EntryUnknown(f"no entry has the id {entry_id!r}; correct it")
        return self.entries[ordinal]

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with this id, or None."""
        ordinal = self.listing.ordinal(entry_id)
        return None if ordinal is None else self.entries[ordinal]

    def known(self, ids: Iterable[str]) -> list[Entry]:
        """The entries with these ids, in that order; ids that no entry has are left out."""
        return [entry for entry_id in ids if (entry := self.entry(entry_id))]

    def linking_to(self, entry_id: str, most: int) -> list[Entry]:
        """The first entries that name one as related."""
        ordinal = self.listing.ordinal(entry_id)
        if ordinal is None:
            return []
        return [self.entries[naming] for naming in self.listing.naming(ordinal, most)]

    def group(self, category: str) -> Group:
        """A category that an entry has, with its number."""
        found = self.listing.group(category)
        if found is None:
            raise EntryUnknown(f"no entry has the category {category!r}; correct it")
        return found
