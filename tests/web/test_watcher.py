from __future__ import annotations

import time
from pathlib import Path

import pytest
from waiting import until

from entrywise.web.watcher import watch

SOON = 0.01


def write(path: Path, text: str) -> None:
    """Whole at once: who looks between never finds the file empty."""
    whole = path.parent.with_name("written") / path.name
    whole.parent.mkdir(exist_ok=True)
    whole.write_text(text)
    whole.replace(path)


def test_each_change_is_updated_once(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    page = source / "a.md"
    page.write_text("one")
    updates: list[list[str]] = []

    def update() -> None:
        updates.append(sorted(path.read_text() for path in source.iterdir()))

    with watch(source, update, seconds=SOON):
        time.sleep(5 * SOON)
        assert updates == []
        write(page, "another")
        until(lambda: len(updates) == 1)
        time.sleep(5 * SOON)
        write(source / "b.md", "a third")
        until(lambda: len(updates) == 2)
        page.unlink()
        until(lambda: len(updates) == 3)
        time.sleep(5 * SOON)
    assert updates == [["another"], ["a third", "another"], ["a third"]]


def test_a_change_during_an_update_is_updated_after_it(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    page = source / "a.md"
    page.write_text("one")
    seen: list[str] = []

    def update() -> None:
        seen.append(page.read_text())
        if len(seen) == 1:
            write(page, "a third text")

    with watch(page, update, seconds=SOON):
        write(page, "another")
        until(lambda: len(seen) == 2)
    assert seen == ["another", "a third text"]


@pytest.mark.parametrize("name", [".git/index2", ".draft.md", "build/out.md"])
def test_what_is_not_read_is_not_followed(name: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / name).parent.mkdir(parents=True, exist_ok=True)
    (source / "build").mkdir(exist_ok=True)
    (source / ".gitignore").write_text("build/\n")
    with watch(source, lambda: pytest.fail("nothing that is read changed"), seconds=SOON):
        write(source / name, "a draft")
        time.sleep(5 * SOON)


def test_what_becomes_ignored_is_a_change(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.md").write_text("one")
    updates: list[str] = []
    with watch(source, lambda: updates.append("made"), seconds=SOON):
        write(source / ".gitignore", "a.md\n")
        until(lambda: updates == ["made"])


def test_a_failed_look_is_told_and_does_not_end_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    seen: list[str] = []

    def update() -> None:
        seen.append(";".join(sorted(path.name for path in source.iterdir())))
        if len(seen) == 1:
            raise FileNotFoundError("a folder that was there a moment ago")

    with watch(source, update, seconds=SOON):
        write(source / "a.md", "one")
        until(lambda: len(seen) == 1)
        write(source / "b.md", "another")
        until(lambda: len(seen) == 2)
    assert seen == ["a.md", "a.md;b.md"]
    assert "could not be followed" in caplog.text


def test_who_has_ended_updates_no_longer(tmp_path: Path) -> None:
    with watch(tmp_path, lambda: pytest.fail("nothing changed"), seconds=SOON):
        pass
    (tmp_path / "a.md").write_text("late")
    time.sleep(5 * SOON)
