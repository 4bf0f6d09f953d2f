"""An index in a database is published whole, held by its readers, and swept."""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from databases import NewDatabase, asked, publish

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import IndexMissing, IndexUnusable
from entrywise.index.build import build_index
from entrywise.index.index import Index
from entrywise.index.stores.base import Store
from entrywise.index.stores.registry import store_at

pytestmark = pytest.mark.slow

SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'entrywise%' ORDER BY 1"


@pytest.fixture
def changed(knowledge_base: KnowledgeBase) -> KnowledgeBase:
    """The same without its last entry, and without questions that nothing answers."""
    return replace(knowledge_base, entries=knowledge_base.entries[:-1], asked=())


def test_an_update_embeds_only_what_is_new(
    fresh: Store, small_index: Index, changed: KnowledgeBase
) -> None:
    publish(small_index, fresh)
    told: list[tuple[int, int]] = []
    manifest = build_index(changed, fresh, progress=lambda *counts: told.append(counts))
    assert told[0] == (0, 0)
    assert fresh.manifest() == manifest
    with closing(Index(fresh)) as index:
        assert tuple(index.entries) == changed.entries
        # Nothing tells features, and there is no question to be near.
        assert index.sentence_features[3:5].shape == (2, 0)
        query = index.encoder.encode_query("memory").vector
        assert len(index.unanswered_vectors.search(query, 3)[0]) == 0


def test_readers_keep_what_they_opened_and_it_goes_with_them(
    new_database: NewDatabase, tmp_path: Path, small_index: Index, changed: KnowledgeBase
) -> None:
    address = new_database()
    store = store_at(address, tmp_path)
    publish(small_index, store)
    with closing(Index(store)) as reader:
        build_index(changed, store)
        assert asked(address, SCHEMAS) == [("entrywise",), ("entrywise_1",), ("entrywise_2",)]
        assert len([*reader.entries]) == 6
        assert (reader.generation.name, store.current()) == ("1", "2")
        # Another process reads the very same.
        with closing(Index(pickle.loads(pickle.dumps(reader.generation.store)))) as same:
            assert same.manifest == reader.manifest
        pinned = reader.generation.store
    publish(small_index, store)
    publish(small_index, store)
    assert asked(address, SCHEMAS) == [("entrywise",), ("entrywise_3",)]
    with pytest.raises(IndexMissing, match="generation 1 was replaced and swept"):
        pinned.open()


def test_two_do_not_build_at_once(fresh: Store) -> None:
    with fresh.drafted(), pytest.raises(IndexMissing, match="another process builds this index"):
        fresh.drafted().__enter__()


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from entrywise.index.layout import read_manifest
from entrywise.index.stores.postgres import publication
from entrywise.index.stores.registry import store_at
address, cache, files = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
whole = publication.write_tables
def killed(*arguments):
    whole(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
publication.write_tables = killed
with store_at(address, cache).drafted() as draft:
    shutil.copytree(files, draft.folder, dirs_exist_ok=True)
    draft.publish(read_manifest(files).generation)
"""


def test_a_killed_build_leaves_nothing(
    new_database: NewDatabase, tmp_path: Path, small_index: Index
) -> None:
    address = new_database()
    files = str(small_index.generation.store)
    done = subprocess.run([sys.executable, "-c", KILLED, address, str(tmp_path), files])
    assert done.returncode == -9
    store = store_at(address, tmp_path)
    with pytest.raises(IndexMissing, match="no index there"):
        store.open()
    assert asked(address, SCHEMAS) == [("entrywise",)]
    publish(small_index, store)
    assert store.manifest() == small_index.manifest


def test_a_build_that_fails_leaves_the_old_index(fresh: Store, small_index: Index) -> None:
    publish(small_index, fresh)
    with pytest.raises(ZeroDivisionError), fresh.drafted():
        _ = 1 // 0
    assert fresh.manifest() == small_index.manifest


def test_calibrated_anew_it_has_the_same_tables(
    new_database: NewDatabase, tmp_path: Path, small_index: Index
) -> None:
    address = new_database()
    store = store_at(address, tmp_path)
    publish(small_index, store)
    calibration = replace(small_index.calibration, slope=2.5)
    made = store.recalibrate(calibration, of=small_index.manifest.generation)
    assert (
        store.manifest()
        == made
        == replace(small_index.manifest, calibration=calibration, generation=made.generation)
    )
    publish(small_index, store)
    assert asked(address, SCHEMAS) == [("entrywise",), ("entrywise_3",)]
    with pytest.raises(IndexUnusable, match="built anew meanwhile"):
        store.recalibrate(calibration, of="0" * 16)


def test_a_connection_that_broke_is_made_anew(
    new_database: NewDatabase, tmp_path: Path, small_index: Index
) -> None:
    address = new_database()
    publish(small_index, store := store_at(address, tmp_path))
    with closing(Index(store)) as index:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        asked(address, f"{ended} current_database() AND pid <> pg_backend_pid()")
        assert index.entries[0].id == small_index.entries[0].id
        # It is held again: who builds now does not sweep it.
        publish(small_index, store)
        store.recalibrate(replace(small_index.calibration, slope=2.0), of=index.manifest.generation)
        assert [*index.entries] == [*small_index.entries]


def test_who_may_only_read_reads(
    new_database: NewDatabase, tmp_path: Path, small_index: Index
) -> None:
    """As on a replica, where nothing can be written."""
    address = new_database()
    publish(small_index, store_at(address, tmp_path))
    role = f"reader_{address.partition('/test_')[2].partition('?')[0]}"
    asked(address, f"CREATE ROLE {role} LOGIN")
    asked(address, f"ALTER ROLE {role} SET default_transaction_read_only = on")
    theirs = address.replace("postgres@", f"{role}@")
    with pytest.raises(IndexMissing, match="this user may not: GRANT"):
        store_at(theirs, tmp_path).open()
    for schema in ("entrywise", "entrywise_1"):
        asked(address, f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        asked(address, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}")
    with closing(Index(store_at(theirs, tmp_path))) as index:
        assert [*index.entries] == [*small_index.entries]
        query = index.encoder.encode_query("memory").vector
        assert len(index.chunk_vectors.search(query, 3)[0]) == 3
    with pytest.raises(IndexMissing, match=r"read-only|may not"):
        store_at(theirs, tmp_path).drafted().__enter__()


def test_one_database_holds_several(
    new_database: NewDatabase, tmp_path: Path, small_index: Index
) -> None:
    address = new_database()
    publish(small_index, store_at(f"{address}&schema=handbook", tmp_path))
    with pytest.raises(IndexMissing, match="no index there"):
        store_at(address, tmp_path).open()
    assert store_at(f"{address}&schema=handbook", tmp_path).verify() == (
        "18 files and 6 entries fit each other"
    )


def test_damage_is_found(new_database: NewDatabase, tmp_path: Path, small_index: Index) -> None:
    address = new_database()
    publish(small_index, store := store_at(address, tmp_path))
    asked(address, "DELETE FROM entrywise_1.chunk_vectors WHERE number = 0")
    asked(address, "UPDATE entrywise_1.kinds SET count = count - 1 WHERE name = 'chunk_vectors'")
    with pytest.raises(IndexUnusable, match="is damaged: chunks"):
        store.verify()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://me:pa55word@127.0.0.1:1/notes", "the server cannot be reached"),
        ("postgresql://me:pa55word@/notes?host=/nowhere", "the server cannot be reached"),
        ("postgresql://me:pa55word@h/n?schema=Not%20One", "schema is to be a name"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_without_passwords(
    address: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(IndexMissing, match=said) as raised:
        store_at(address, tmp_path).open()
    assert "pa55word" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_database_that_is_not_there_is_named(postgres: str, tmp_path: Path) -> None:
    missing = postgres.replace("/postgres?", "/nosuch?")
    with pytest.raises(IndexMissing, match="no such database; create it with `createdb`"):
        store_at(missing, tmp_path).manifest()


def test_a_newer_version_of_the_tables_is_refused(
    new_database: NewDatabase, tmp_path: Path, small_index: Index
) -> None:
    address = new_database()
    publish(small_index, store := store_at(address, tmp_path))
    asked(address, "INSERT INTO entrywise.migrations VALUES (99)")
    for use in (store.open, store.drafted().__enter__):
        with pytest.raises(IndexUnusable, match=r"version 99.*update Entrywise"):
            use()


def test_without_pgvector_it_says_what_to_install(tmp_path: Path) -> None:
    from entrywise.index.stores.postgres.address import Address
    from entrywise.index.stores.postgres.faults import fault

    missing = psycopg.errors.FeatureNotSupported('extension "vector" is not available')
    said = str(fault(missing, Address.of("postgresql://me:pa55word@h/n")))
    assert "install it there" in said
    assert "pa55word" not in said
