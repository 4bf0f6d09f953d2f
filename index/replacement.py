"""Puts a finished folder in the place of an index: whole, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp

from entrywise.data.errors import IndexMissing
from entrywise.index.layout import holds_only_an_index


def temporary_folder(out: Path) -> Path:
    """A fresh folder beside `out`, so that renaming stays within one file system."""
    if out.is_file() or (out.is_dir() and not holds_only_an_index(out)):
        raise IndexMissing(
            f"{str(out)!r} holds something that is no index: choose an empty or a new folder"
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise unwritable(out, error) from error


def unwritable(out: Path, error: OSError) -> IndexMissing:
    """What a failure to write an index is to who builds it."""
    return IndexMissing(
        f"cannot write the index to {str(out)!r} ({error.strerror or error}): make room there, "
        "or name another folder with --out or ENTRYWISE_CACHE"
    )


def replace_folder(folder: Path, out: Path) -> None:
    """Put a finished folder in the place of `out`, or leave `out` as it was."""
    aside = Path(mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
    old = aside / "index"
    try:
        if out.exists():
            out.rename(old)
        folder.rename(out)
    finally:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(aside, ignore_errors=True)
