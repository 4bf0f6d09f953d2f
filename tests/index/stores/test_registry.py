from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from indexes import copy_index

from entrywise.data.errors import IndexMissing
from entrywise.index.index import Index
from entrywise.index.stores.registry import store_at


def test_another_distribution_opens_addresses(
    plug_in: Callable[[str], None], small_root: Path, small_index: Index, tmp_path: Path
) -> None:
    plug_in("shelf")
    copy_index(small_root, tmp_path / "shelf" / "notes")
    with closing(Index(store_at("shelf://notes", tmp_path))) as index:
        assert index.manifest == small_index.manifest


def test_an_address_that_nothing_opens_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="no store is of the kind 'attic'"):
        store_at("attic://notes", tmp_path)


def test_without_its_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "entrywise.index.stores.postgres.store"
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(IndexMissing, match=r"pip install 'entrywise\[postgres\]'"):
        store_at("postgresql://nowhere/notes", tmp_path)
