"""The pointer: a file of one line that names the generation which is read."""

from __future__ import annotations

import os
import re
from contextlib import nullcontext, suppress
from pathlib import Path

from entrywise.data.errors import IndexDamaged
from entrywise.index.layout import damaged

POINTER = "current"
UNFINISHED = f".{POINTER}."
"""What the name of a pointer begins with that is being written."""

# A second folder of the same name is made where the first one is damaged.
_GENERATION = re.compile(r"([0-9a-f]{16})(\.\d{1,6})?")


def generation_of(name: str) -> str | None:
    """The generation that a folder of this name holds; None where it is no such name."""
    found = _GENERATION.fullmatch(name)
    return found[1] if found else None


def read_pointer(root: Path) -> str | None:
    """The name of the folder of the generation that is read; None where there is no pointer.

    Raises:
        IndexDamaged: it cannot be read, or names no generation.
    """
    try:
        named = (root / POINTER).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _damaged(root, f"cannot be read ({error.strerror})") from error
    name = named[:-1].decode("ascii", errors="replace")
    if named[-1:] != b"\n" or not generation_of(name):
        raise _damaged(root, "names no generation")
    return name


def write_pointer(root: Path, name: str) -> None:
    """Have another generation read from now on: at once, or not at all.

    Raises:
        OSError: it cannot be written.
    """
    unfinished = root / f"{UNFINISHED}{os.urandom(4).hex()}"
    try:
        unfinished.write_bytes(f"{name}\n".encode("ascii"))
        sync(unfinished)
        unfinished.replace(root / POINTER)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    sync(root)


def sync(path: Path) -> None:
    """Have a file, or the list of a folder's files, reach the disk before going on.

    Raises:
        OSError: a file does not reach it. Not every file system can tell of folders.
    """
    with suppress(OSError) if path.is_dir() else nullcontext():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _damaged(root: Path, reason: str) -> IndexDamaged:
    return damaged(root, f"{POINTER} {reason}")
