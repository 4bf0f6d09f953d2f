from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from indexes import files_of

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import IndexMissing
from entrywise.index.build import build_index
from entrywise.index.generations.lease import current, current_manifest, hold
from entrywise.index.generations.pointer import generation_of, write_pointer
from entrywise.index.generations.publication import _holds_only_an_index, drafted, is_read
from entrywise.index.index import Index
from entrywise.index.layout import MANIFEST

HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from entrywise.index.generations.publication import drafted
with drafted(Path(sys.argv[1])) as draft:
    print(draft.folder.name, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def smaller(knowledge_base: KnowledgeBase) -> KnowledgeBase:
    return KnowledgeBase(
        knowledge_base.entries[:3], knowledge_base.categories, knowledge_base.identity
    )


def generations(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if generation_of(path.name))


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir())


def test_what_is_published_is_read_and_what_is_not_is_gone(tmp_path: Path) -> None:
    root = tmp_path / "new" / "index"
    with drafted(root) as draft:
        (draft.folder / MANIFEST).write_text("{}")
        folder = draft.publish("a" * 16)
    assert (current(root), names(root)) == (folder, ["a" * 16, "current", "lock"])
    with drafted(root) as draft:
        (draft.folder / MANIFEST).write_text("{}")
    assert (current(root), names(root)) == (folder, ["a" * 16, "current", "lock"])


def test_where_nothing_is_published_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), drafted(tmp_path / "index"):
        raise ZeroDivisionError
    assert names(tmp_path) == []


def test_an_older_generation_is_swept_when_its_last_reader_has_gone(
    copied: Path, generation: Path, smaller: KnowledgeBase, knowledge_base: KnowledgeBase
) -> None:
    reader = Index(copied)
    build_index(smaller, copied)
    assert generations(copied) == sorted([generation.name, current(copied).name])
    assert is_read(copied)
    # It may open more of its files yet.
    with Path(files_of(reader).sentences).open("rb") as file:
        assert file.read(6) == b"\x93NUMPY"
    reader.close()
    assert not is_read(copied)
    build_index(smaller, copied)
    assert generations(copied) == [current(copied).name]


def test_the_same_again_is_the_same_generation(copied: Path, smaller: KnowledgeBase) -> None:
    build_index(smaller, copied)
    before = current(copied)
    inode = (before / MANIFEST).stat().st_ino
    build_index(smaller, copied)
    assert current(copied) == before
    assert (before / MANIFEST).stat().st_ino == inode


def test_a_damaged_generation_is_replaced_beside_itself(
    copied: Path, smaller: KnowledgeBase
) -> None:
    """Its readers go on, and at no moment there is none."""
    build_index(smaller, copied)
    damaged = current(copied)
    reader = Index(copied)
    (damaged / "words.sqlite").unlink()
    build_index(smaller, copied)
    assert current(copied).name == f"{damaged.name}.1"
    assert current_manifest(copied).generation == damaged.name
    Index(copied).close()
    reader.close()
    build_index(smaller, copied)
    assert generations(copied) == [damaged.name]


def test_what_killed_builds_left_is_swept(copied: Path, smaller: KnowledgeBase) -> None:
    half = copied / ("b" * 16)
    for folder in (".build-1", ".swept-2", half.name):
        (copied / folder).mkdir()
        (copied / folder / "words.sqlite").touch()
    (copied / ".current.1a2b").touch()
    build_index(smaller, copied)
    (current(copied) / ".checked.json.1a2b").touch()
    build_index(smaller, copied)
    assert not [path for path in current(copied).iterdir() if path.name.startswith(".")]
    assert names(copied) == sorted([current(copied).name, "current", "lock"])


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    for name, file in (("app", MANIFEST), ("logos", "logo"), ("store", f"{'a' * 16}/object")):
        path = tmp_path / name / file
        path.parent.mkdir(parents=True)
        path.write_text("{}")
        with (
            pytest.raises(IndexMissing, match="holds something that is no index"),
            drafted(tmp_path / name),
        ):
            pass
        assert path.read_text() == "{}"


def test_what_another_build_makes_and_takes_away_meanwhile_is_nothing_else(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, (own,) = Path.iterdir, generations(copied)
    gone = copied / f"{own[:-1]}{'0' if own[-1] != '0' else '1'}"
    swept = copied / ".swept-0123456789abcdef"

    def beside_another(folder: Path) -> Iterator[Path]:
        """What is in a folder, with what is gone when it is looked at; then the pointer is new."""
        yield from listed(folder)
        if folder == copied:
            yield from (gone, swept)
            (copied / ".new-pointer").write_text("")
            (copied / ".new-pointer").rename(copied / "current.new")

    assert generation_of(gone.name)
    monkeypatch.setattr(Path, "iterdir", beside_another)
    assert _holds_only_an_index(copied)
    # The next one finds what is of nobody.
    assert not _holds_only_an_index(copied)


def test_a_generation_that_goes_while_it_is_looked_at_is_none_of_somebody_else(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own,) = generations(copied)
    listed = Path.iterdir

    def swept(folder: Path) -> Iterator[Path]:
        if folder == copied / own:
            raise FileNotFoundError(folder)
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", swept)
    assert _holds_only_an_index(copied)


def test_of_two_builders_one_waits(
    copied: Path,
    generation: Path,
    smaller: KnowledgeBase,
    start: Callable[..., subprocess.Popen[str]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    process = start(HOLD_THE_LOCK, copied)
    assert process.stdout is not None
    draft = process.stdout.readline().strip()
    building = threading.Thread(target=build_index, args=(smaller, copied))
    building.start()
    building.join(0.5)
    # The draft of the other one is not swept meanwhile, and nothing is published.
    assert building.is_alive()
    assert (copied / draft).is_dir()
    assert current(copied) == generation
    process.kill()
    building.join(60)
    assert not building.is_alive()
    assert current_manifest(copied).counts["entries"] == 3
    assert names(copied) == sorted([current(copied).name, "current", "lock"])
    assert capfd.readouterr().err == f"another process builds {str(copied)!r}; waiting for it …\n"


def test_who_waits_for_a_lock_that_goes_makes_another_one(tmp_path: Path) -> None:
    """The first builder fails, and deletes the folder that it made, with the lock in it."""
    root, entered, published = tmp_path / "index", threading.Event(), []

    def publish() -> None:
        entered.set()
        with drafted(root) as draft:
            (draft.folder / MANIFEST).write_text("{}")
            published.append(draft.publish("c" * 16))

    second = threading.Thread(target=publish)
    with drafted(root):
        second.start()
        entered.wait(10)
        second.join(0.2)
        assert published == []
    second.join(10)
    assert current(root) == published[0]


def test_a_generation_that_was_current_before_is_so_again(
    copied: Path, generation: Path, smaller: KnowledgeBase
) -> None:
    with hold(copied):
        build_index(smaller, copied)
        other = current(copied)
        with hold(copied), drafted(copied) as draft:
            shutil.copytree(generation, draft.folder, dirs_exist_ok=True)
            assert draft.publish(generation.name) == generation
        assert generations(copied) == sorted([generation.name, other.name])
    write_pointer(copied, generation.name)
    Index(copied).close()
