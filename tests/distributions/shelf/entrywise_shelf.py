"""Finds indexes by name: `shelf://notes` is the folder of that name below the cache."""

from pathlib import Path

from entrywise.index.stores.base import Store
from entrywise.index.stores.registry import folder_store


def on_a_shelf(address: str, cache: Path) -> Store:
    return folder_store(cache / "shelf" / address.partition("://")[2])
