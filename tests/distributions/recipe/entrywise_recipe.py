"""Reads `.recipe` files: a line with `=` in front names a dish, those below say how to cook it."""

from pathlib import Path

from entrywise.data.entries import Entry, Section
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, has_suffix
from entrywise.data.readers.files import read_text


class RecipeReader:
    """An entry for each dish; the file is their category."""

    reads = "a .recipe file"

    def accepts(self, source: Path) -> bool:
        return has_suffix(source, ".recipe")

    def read(self, source: Path) -> Contents:
        entries: dict[str, Entry] = {}
        for dish in f"\n{read_text(source)}".split("\n=")[1:]:
            name, _, method = (part.strip() for part in dish.partition("\n"))
            if name in entries:
                raise KnowledgeBaseError(f"{source}: {name!r} is there twice; rename one of them")
            entries[name] = Entry(name, name, source.stem, (Section("method", method),))
        return Contents(tuple(entries.values()))
