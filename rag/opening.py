"""Which index is opened: the one that is named, that of the settings, or the shipped glossary's."""

from __future__ import annotations

from pathlib import Path

from entrywise.data.errors import ArgumentTypeError
from entrywise.index.index import Index
from entrywise.rag.settings import Settings


def open_index(named: str | Path | None, settings: Settings) -> Index:
    """Open an index; without a name, that of the settings; else the shipped glossary's, which is
    built on first use.

    Raises:
        ArgumentTypeError: the name is no path.
        IndexMissing: there is no index in that folder, or the cache cannot be written.
        IndexDamaged: the index is truncated, altered or of another version.
    """
    if named is not None and not isinstance(named, str | Path):
        raise ArgumentTypeError(f"index is {named!r}, which is no path; give a str or a Path")
    folder = Path(named) if named is not None else settings.index_folder
    if folder is not None:
        return Index(folder)
    from entrywise.index.cache import open_shipped

    return open_shipped(settings.cache_folder, _build_shipped)


def _build_shipped(root: Path) -> None:
    """Build the shipped glossary's index, for who asks before it is there."""
    # Who finds it built needs none of this.
    from entrywise.rag.build import build_shipped_index

    build_shipped_index(root)
