"""What has to be a file: kept in the database by its content, and on this machine once it was
wanted: the encoder, which the processor maps, a logo, pictures, and what is read whole anyway."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from entrywise.data.errors import IndexDamaged, IndexMissing
from entrywise.data.system_errors import unwritable
from entrywise.index.encoders.registry import ENCODER_FILES
from entrywise.index.layout import FileRecord, Layout
from entrywise.index.stores.postgres.connections import Connection
from entrywise.index.words.database import Database

KEPT = frozenset(
    {
        *ENCODER_FILES,
        Layout.catalog,
        Layout.chunk_digests,
        Layout.completion_texts,
        Layout.completions,
        Layout.entry_digests,
        Layout.found_titles,
        Layout.logo,
        Layout.map,
        Layout.map_links,
        Layout.pictures,
        Layout.question_texts,
        Layout.questions,
        Layout.remark_vectors,
        Layout.title_mentions,
        Layout.titles,
        Layout.translations,
        Layout.units,
        Layout.versions,
    }
)
"""The files of `Layout` that stay files; all others are tables."""
_PART = 2**20
"""Bytes of a row."""
_UNUSED = 30 * 24 * 3600
"""Seconds after which what nobody opened goes from this machine."""

Records = Mapping[str, FileRecord]


class Files:
    """The files of a generation."""

    def __init__(self, database: Database, schema: str, records: Records, cache: Path) -> None:
        """
        Args:
            records: those of its manifest.
            cache: the folder that keeps what is brought here.
        """
        self._database = database
        self._table = f'"{schema}".files'
        self._records = {name: one for name, one in records.items() if name in KEPT}
        self._cache = cache / "stores"

    def __contains__(self, name: str) -> bool:
        return name in self._records

    def folder(self, names: Iterable[str]) -> Path:
        """A folder that holds those of some files that there are, under their names.

        Raises:
            IndexDamaged: one is not what was written.
            IndexMissing: the cache cannot be written.
        """
        records = {name: self._records[name] for name in sorted(names) if name in self._records}
        told = "\n".join(f"{name} {one.sha256}" for name, one in records.items())
        folder = self._cache / hashlib.sha256(told.encode()).hexdigest()[:32]
        try:
            if not _is_whole(folder, records):
                self._bring(records, folder)
            # Tells `_forget_unused` what is in use.
            with suppress(PermissionError):
                os.utime(folder)
        except OSError as error:
            otherwise = "name another cache with ENTRYWISE_CACHE"
            raise IndexMissing(unwritable(self._cache, error, otherwise=otherwise)) from error
        return folder

    def check(self) -> int:
        """Compare all with their hashes; how many there are.

        Raises:
            IndexDamaged: one is not what was written.
        """
        for name, record in self._records.items():
            self._content(name, record)
        return len(self._records)

    def _bring(self, records: Records, folder: Path) -> None:
        """Write files beside, and give the folder its name at the end: what is there is whole."""
        self._cache.mkdir(parents=True, exist_ok=True)
        _forget_unused(self._cache)
        unfinished = Path(mkdtemp(prefix=".", dir=self._cache))
        try:
            for name, record in records.items():
                (unfinished / name).write_bytes(self._content(name, record))
            shutil.rmtree(folder, ignore_errors=True)
            try:
                unfinished.rename(folder)
            except OSError:
                # Another process has brought the same meanwhile.
                if not _is_whole(folder, records):
                    raise
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def _content(self, name: str, record: FileRecord) -> bytes:
        statement = f"SELECT data FROM {self._table} WHERE sha256 = ? ORDER BY part"
        content = b"".join(part for (part,) in self._database.rows(statement, record.sha256))
        if hashlib.sha256(content).hexdigest() != record.sha256:
            raise IndexDamaged(f"{name} of the index is not what was written; build it again")
        return content


def write_files(connection: Connection, folder: Path, records: Records) -> None:
    """Keep the files of a generation; content that is there already is not sent.

    Raises:
        psycopg.Error: they cannot be written.
    """
    held = {one for (one,) in connection.execute("SELECT DISTINCT sha256 FROM files")}
    for name, record in records.items():
        if name not in KEPT or record.sha256 in held:
            continue
        held.add(record.sha256)
        content = (folder / name).read_bytes()
        for part, start in enumerate(range(0, max(len(content), 1), _PART)):
            connection.execute(
                "INSERT INTO files VALUES (%s, %s, %s)",
                (record.sha256, part, content[start : start + _PART]),
            )


def _is_whole(folder: Path, records: Records) -> bool:
    try:
        return all((folder / name).stat().st_size == one.size for name, one in records.items())
    except OSError:
        return False


def _forget_unused(cache: Path) -> None:
    """Delete what nobody opened for long; who has it mapped keeps it."""
    with suppress(OSError):
        for folder in cache.iterdir():
            if folder.stat().st_mtime < time.time() - _UNUSED:
                shutil.rmtree(folder, ignore_errors=True)
