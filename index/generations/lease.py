"""Leases: a reader holds a generation, and nobody deletes it meanwhile.

A lease is a shared lock of the system on the generation's manifest (`flock`): it needs no right to
write, costs microseconds, and ends with the process, however that ends.
"""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from entrywise.data.errors import IndexMissing
from entrywise.index.generations import locks
from entrywise.index.generations.pointer import POINTER, read_pointer
from entrywise.index.layout import MANIFEST, Layout, Manifest, damaged, read_manifest

_TRIES = 100
"""How often a reader tries while others publish, or look whether a generation is held; it waits a
millisecond longer each time, five seconds in all."""


class Lease:
    """A generation that stays while this is held; released by the collector, too."""

    def __init__(self, folder: Path, descriptor: int) -> None:
        self.folder = folder
        """The generation's files."""
        self._release = weakref.finalize(self, os.close, descriptor)
        # The system releases all of an ending process at once.
        self._release.atexit = False

    def release(self) -> None:
        """Let go of the generation. It may be called twice."""
        self._release()

    def __enter__(self) -> Lease:
        return self

    def __exit__(self, *exception: object) -> None:
        self.release()


def hold(root: Path) -> Lease:
    """Follow the pointer of an index, once, and hold what it names.

    Args:
        root: the folder of an index, or of one generation.

    Raises:
        IndexMissing: there is no index.
        IndexDamaged: the pointer names what is not there.
    """
    for number in range(_TRIES):
        folder = current(root)
        if lease := _held(folder):
            return lease
        # Swept between the two, as something newer was published; or it is not there at all.
        if current(root) == folder and not (folder / MANIFEST).is_file():
            raise damaged(root, f"{POINTER} names {folder.name}, which is not there")
        time.sleep(number / 1000)
    raise damaged(root, f"what {POINTER} names cannot be held")


def current(root: Path) -> Path:
    """The folder of the generation that is read.

    Raises:
        IndexMissing: there is no index.
        IndexDamaged: the pointer cannot be read.
    """
    name = read_pointer(root)
    if name is not None:
        return root / name
    if (root / MANIFEST).is_file():
        return root
    raise IndexMissing(
        f"no index in {str(root)!r}: build one with `entrywise index build SOURCE --out DIR`"
    )


def current_manifest(root: Path) -> Manifest:
    """The manifest of an index.

    Raises:
        IndexMissing: there is no index.
        IndexDamaged: the manifest cannot be read, or its format is another version's.
    """
    with hold(root) as lease:
        return read_manifest(lease.folder)


@contextmanager
def nobody_else(folder: Path) -> Iterator[bool]:
    """Whether nobody holds a generation, nor can, until this ends. What has no manifest is none."""
    try:
        descriptor = locks.alone(Layout(folder).manifest)
    except OSError:
        yield True
        return
    try:
        yield descriptor is not None
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _held(folder: Path) -> Lease | None:
    """A lease of a generation; None where it is gone, or is being swept."""
    try:
        descriptor = locks.shared(Layout(folder).manifest)
    except OSError as error:
        raise damaged(folder, f"{MANIFEST} cannot be read ({error.strerror})") from error
    return None if descriptor is None else Lease(folder, descriptor)
