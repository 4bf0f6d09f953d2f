"""The catalog of an index: small things that every question needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from entrywise.data.entries import Category
from entrywise.index.names.forms import Name


@dataclass(frozen=True)
class Catalog:
    """Small things that every question needs: ids by ordinal, names, categories."""

    ids: tuple[str, ...]
    categories: tuple[Category, ...]
    names: tuple[Name, ...]
    parts: dict[str, int]
    """The entry that explains each kind of part of a name."""

    def write(self, path: Path) -> None:
        """Write the catalog as JSON."""
        record = {
            "ids": self.ids,
            "categories": [[c.id, c.label, c.order] for c in self.categories],
            "names": self.names,
            "parts": self.parts,
        }
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Catalog:
        """Read what `write` wrote."""
        record = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            ids=tuple(record["ids"]),
            categories=tuple(Category(*row) for row in record["categories"]),
            names=tuple(map(Name._make, record["names"])),
            parts=record["parts"],
        )
