"""Publishing a generation, and sweeping those that nobody holds: one process at a time."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from entrywise.data.errors import IndexDamaged, IndexMissing, IndexUnusable
from entrywise.data.system_errors import unwritable
from entrywise.index.generations import locks
from entrywise.index.generations.lease import nobody_else
from entrywise.index.generations.pointer import (
    POINTER,
    UNFINISHED,
    generation_of,
    read_pointer,
    sync,
    write_pointer,
)
from entrywise.index.generations.verification import verify
from entrywise.index.layout import CHECKED, FILES, read_manifest

LOCK = "lock"
_DRAFT, _SWEPT = ".build-", ".swept-"
_WRITING = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def share(source: Path, target: Path) -> None:
    """Give a file of a generation, which nobody will write to, a second name; a copy where that
    cannot be."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


class Draft:
    """A generation that is being written, in a folder of its own."""

    def __init__(self, root: Path) -> None:
        """In a new folder within that of an index."""
        self._root = root
        self.folder = root / f"{_DRAFT}{os.urandom(8).hex()}"
        self.folder.mkdir()

    def publish(self, generation: str) -> Path:
        """Have it read from now on; its folder.

        It reaches the disk before its name does, and its name before the pointer: a power cut
        leaves the old index or the new one. Its files can be written no more.

        Raises:
            OSError: it cannot be written.
        """
        folder = self._folder(generation)
        if not folder.exists():
            for path in self.folder.iterdir():
                # Not every file system knows rights.
                with suppress(OSError):
                    path.chmod(path.stat().st_mode & ~_WRITING)
                sync(path)
            sync(self.folder)
            self.folder.rename(folder)
            sync(self._root)
        write_pointer(self._root, folder.name)
        return folder

    def _folder(self, generation: str) -> Path:
        """Where the generation belongs: where it is already, if it is sound there."""
        folder, number = self._root / generation, 0
        while folder.exists() and not _is_sound(folder):
            number += 1
            folder = self._root / f"{generation}.{number}"
        return folder


@contextmanager
def drafted(root: Path) -> Iterator[Draft]:
    """The right to publish a generation of an index, and a folder to write it in.

    Of several processes one has it; the others wait. What is not published is deleted; so are, both
    before and afterwards, the generations that nobody holds and what killed builds have left.

    Raises:
        IndexMissing: `root` cannot be written, or holds something else.
    """
    if root.is_file() or (root.is_dir() and not _holds_only_an_index(root)):
        raise IndexMissing(
            f"{str(root)!r} holds something that is no index: choose an empty or a new folder"
        )
    try:
        with _locked(root):
            sweep(root)
            draft = Draft(root)
            try:
                yield draft
            finally:
                shutil.rmtree(draft.folder, ignore_errors=True)
                sweep(root)
    except OSError as error:
        remedy = "name another folder with --out or ENTRYWISE_CACHE"
        raise IndexMissing(unwritable(root, error, otherwise=remedy)) from error


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """The right to publish in a folder, which is made; where nothing was, it goes again."""
    is_new = not root.exists()
    lock = locks.awaited(root / LOCK, lambda: _tell_of_another(root))
    try:
        yield
    finally:
        with suppress(OSError):
            if [path.name for path in root.iterdir()] == [LOCK]:
                # Who waits for it makes another one.
                (root / LOCK).unlink()
                if is_new:
                    root.rmdir()
        os.close(lock)


def _tell_of_another(root: Path) -> None:
    print(f"another process builds {str(root)!r}; waiting for it …", file=sys.stderr)


def sweep(root: Path) -> None:
    """Delete the generations that nobody reads and nobody will, and what killed builds have left.
    Only who has the lock may do so."""
    with suppress(OSError, IndexDamaged):
        pointed = read_pointer(root)
        for path in [*root.iterdir()]:
            if is_draft(path):
                shutil.rmtree(path, ignore_errors=True)
            elif generation_of(path.name) and path.name != pointed:
                _discard(path)
            elif path.name == pointed:
                # Who is about to replace a file with one of these goes on without.
                for left in filter(_is_hidden_file, [*path.iterdir()]):
                    left.unlink(missing_ok=True)
            elif _is_hidden_file(path):
                path.unlink(missing_ok=True)


def is_draft(path: Path) -> bool:
    """Whether a folder within that of an index is what a build writes, or a killed one left."""
    return path.name.startswith((_DRAFT, _SWEPT))


def is_read(root: Path) -> bool:
    """Whether somebody reads a generation of an index."""
    with suppress(OSError):
        for path in root.iterdir():
            if generation_of(path.name):
                with nobody_else(path) as is_free:
                    if not is_free:
                        return True
    return False


def _discard(folder: Path) -> None:
    """Delete a generation that nobody holds. It loses its name first: who is about to hold it finds
    it whole, or not at all."""
    swept = folder.with_name(f"{_SWEPT}{folder.name}")
    with nobody_else(folder) as is_free:
        if is_free:
            folder.rename(swept)
    shutil.rmtree(swept, ignore_errors=True)


def _is_sound(folder: Path) -> bool:
    try:
        verify(folder, read_manifest(folder), everything=True)
    except IndexUnusable:
        return False
    return True


def _holds_only_an_index(root: Path) -> bool:
    """Whether a folder is empty, or holds nothing but what an index is made of."""
    # Listed once: who builds meanwhile makes and takes away.
    return all(map(_is_own, [*root.iterdir()]))


def _is_own(path: Path) -> bool:
    """Whether what lies in the folder of an index is of it, as is what is gone by now."""
    with suppress(FileNotFoundError):
        if path.is_dir():
            return _is_own_folder(path)
        is_own = path.name in (POINTER, LOCK) or _is_hidden_file(path)
        return is_own or not os.path.lexists(path)
    return True


def _is_own_folder(path: Path) -> bool:
    if not generation_of(path.name):
        return is_draft(path)
    return all(found.name in FILES or _is_hidden_file(found) for found in path.iterdir())


def _is_hidden_file(path: Path) -> bool:
    """What a killed process left of a file that it was about to replace."""
    return path.name.startswith((UNFINISHED, f".{CHECKED}."))
