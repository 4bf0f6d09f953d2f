"""The index that is replaced, from which an update takes the encoder and unchanged files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from entrywise.data.errors import IndexUnusable
from entrywise.index.encoders.base import EncoderConfig
from entrywise.index.encoders.registry import ENCODER_FILES, EncoderSource
from entrywise.index.generations.publication import share
from entrywise.index.index import Index
from entrywise.index.layout import FileRecord, Layout, file_record
from entrywise.index.stores.base import Store


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


def records(folder: Path, old: Index | None) -> dict[str, FileRecord]:
    """Sizes and hashes of the files of a new folder; those that are files of the replaced index as
    well were compared with theirs when that was opened."""
    return {path.name: _record(path, old) for path in sorted(folder.iterdir())}


def _record(path: Path, old: Index | None) -> FileRecord:
    kept = old.file(path.name) if old else None
    if old and kept and kept.samefile(path):
        return old.manifest.files[path.name]
    return file_record(path)
