"""The stores: a folder, a database, and those of other distributions. No other module names one."""

from __future__ import annotations

from pathlib import Path

from entrywise.data.errors import IndexMissing
from entrywise.data.plugins import load, plugins
from entrywise.index.stores.base import Store
from entrywise.index.stores.folder.store import FolderStore

GROUP = "entrywise.stores"


def folder_store(folder: Path) -> Store:
    """The store in a folder."""
    return FolderStore(folder)


def is_address(named: str) -> bool:
    """Whether a text names a store by its address rather than a folder."""
    return "://" in named


def store_at(named: str | Path, cache: Path) -> Store:
    """The store at an address, such as `postgresql://host/database`, or in a folder.

    Args:
        cache: the folder that keeps what is brought from another machine.

    Raises:
        IndexMissing: nothing opens such an address.
    """
    if isinstance(named, Path) or not is_address(named):
        return folder_store(Path(named))
    kind = named.partition("://")[0]
    if kind in ("postgresql", "postgres"):
        return _postgres(named, cache)
    for plugin in plugins(GROUP):
        if plugin.name == kind:
            made: Store = load(plugin, "store", IndexMissing)(named, cache)
            return made
    raise IndexMissing(f"no store is of the kind {kind!r}; name a folder, or install what opens it")


def _postgres(address: str, cache: Path) -> Store:
    try:
        # Here, as it takes 60 ms, and most have a folder.
        from entrywise.index.stores.postgres.store import PostgresStore
    except ImportError as error:
        raise IndexMissing(
            f"PostgreSQL takes what is not installed ({error}): pip install 'entrywise[postgres]'"
        ) from error
    return PostgresStore(address, cache, folder_store)
