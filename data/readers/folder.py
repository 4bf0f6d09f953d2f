"""Reads a folder: each file in it by the reader of its kind, as one knowledge base.

    guide/setup.md     ─▶ Entry(id="guide/setup", category="guide")
    guide/licence.bin  ─▶ Unread("guide/licence.bin", "…")

Hidden files are left out, and so are those that `.gitignore` or the folder's identity leave out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from entrywise.data.entries import Entry
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Contents, Reader, Unread
from entrywise.data.readers.documents import CATEGORY
from entrywise.data.readers.fields import is_clean, show
from entrywise.data.readers.identity import FILE, belongs, read_identity

FindReader = Callable[[Path], Reader]
"""Gives the reader of a file.

Raises:
    KnowledgeBaseError: there is none.
"""


class FolderReader:
    """Reads every file of a folder that has a reader, sorted by path. A category is the folder that
    a file is in."""

    reads = "a folder of them"

    def __init__(self, reader_of: FindReader) -> None:
        self._reader_of = reader_of

    def accepts(self, source: Path) -> bool:
        """`Reader.accepts`."""
        return source.is_dir()

    def read(self, source: Path) -> Contents:
        """`Reader.read`."""
        found = [path for path in sorted(source.rglob("*")) if _is_shown(path, source)]
        if not found:
            raise KnowledgeBaseError(f"{source}: holds no file; add some, or name another")
        identity = read_identity(source)
        paths = [path for path in found if belongs(path.relative_to(source), identity)]
        if not paths:
            raise KnowledgeBaseError(
                f"{source}: its {FILE} leaves out all {len(found)} files; correct include or "
                "exclude there"
            )
        entries: dict[str, Entry] = {}
        unread: list[Unread] = []
        for path in paths:
            try:
                contents = self._read(path, source)
            except KnowledgeBaseError as error:
                unread.append(Unread(path.relative_to(source).as_posix(), str(error)))
                continue
            unread += contents.unread
            for entry in contents.entries:
                entries[entry.id] = entry
        if not entries:
            reasons = "; ".join(one.reason for one in unread[:3])
            raise KnowledgeBaseError(f"{source}: holds nothing that can be read ({reasons})")
        return Contents(tuple(entries.values()), unread=tuple(unread))

    def _read(self, path: Path, folder: Path) -> Contents:
        """One file, its entries called by where it is."""
        relative = path.relative_to(folder)
        if not is_clean(str(relative)):
            raise KnowledgeBaseError(f"{show(str(path))}: the name is no UTF-8; rename the file")
        contents = self._reader_of(path).read(path)
        if not contents.entries and not contents.unread:
            return Contents((), unread=(Unread(relative.as_posix(), "holds no text"),))
        return Contents(tuple(_placed(contents.entries, relative)), unread=contents.unread)


def _is_shown(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.is_file() and not any(part.startswith(".") for part in parts)


def _placed(entries: Iterable[Entry], path: Path) -> Iterator[Entry]:
    """Entries of a file, with the place of the file in their ids and as their category."""
    category = path.parts[0] if len(path.parts) > 1 else CATEGORY
    place = path.with_suffix("").as_posix()
    for entry in entries:
        own = entry.id == path.stem
        yield replace(
            entry,
            id=place if own else f"{place}/{entry.id}",
            category=category if entry.category == CATEGORY else entry.category,
        )
