from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.readers.walk import Walk

Write = Callable[..., Path]


def walked(folder: Path) -> tuple[list[str], list[str]]:
    """The files, and what was not followed."""
    walk = Walk(folder)
    found = [path.relative_to(folder).as_posix() for path in walk.files()]
    return found, [str(one).removeprefix(f"{folder}/") for one in walk.unread]


def test_what_git_ignores_is_left_out(write: Write, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write("*.log\n/docs/build/\n!keep.log\n# comment\n", ".gitignore")
    write("drafts/\n!*.log\n", "docs/sub/.gitignore")
    for name in ("a.md", "a.log", "keep.log", "build/b.md", "sub/c.log", "sub/drafts/d.md"):
        write("x", f"docs/{name}")
    write("x", "docs/sub/build/e.md")
    assert walked(tmp_path / "docs")[0] == ["a.md", "keep.log", "sub/build/e.md", "sub/c.log"]


def test_above_a_folder_without_repository_nothing_counts(write: Write, tmp_path: Path) -> None:
    write("*.md", ".gitignore")
    write("x", "docs/a.md")
    assert walked(tmp_path / "docs") == (["a.md"], [])


def test_what_lists_the_pages_for_programs_is_no_document(write: Write, tmp_path: Path) -> None:
    write("# A site\n\n- [A](a.md)", "llms.txt")
    write("User-agent: *", "public/Robots.txt")
    assert walked(tmp_path)[0] == ["llms.txt", "public/Robots.txt"]
    write("x", "a.md")
    found, unread = walked(tmp_path)
    assert found == ["a.md"]
    assert unread == [
        f"{name}: is for programs, and no document" for name in ("llms.txt", "public/Robots.txt")
    ]


def test_links_that_lead_outside_or_in_circles_are_not_followed(
    write: Write, tmp_path: Path
) -> None:
    write("secret", "secret.md")
    write("x", "docs/a.md")
    docs = tmp_path / "docs"
    (docs / "b.md").symlink_to(docs / "a.md")
    (docs / "c.md").symlink_to(tmp_path / "secret.md")
    (docs / "circle").symlink_to(docs)
    (docs / "gone.md").symlink_to(docs / "none.md")
    (docs / "out").symlink_to(tmp_path)
    (docs / "self.md").symlink_to(docs / "self.md")
    found, unread = walked(docs)
    assert found == ["a.md", "b.md"]
    followed = "is a link to a folder, and was not followed; its files are read where they are"
    assert unread == [
        "c.md: is a link that leads outside of the folder, and was not followed",
        f"circle: {followed}",
        "gone.md: is a link that leads nowhere, or in a circle",
        "out: is a link that leads outside of the folder, and was not followed",
        "self.md: is a link that leads nowhere, or in a circle",
    ]


def test_a_folder_may_itself_be_a_link(write: Write, tmp_path: Path) -> None:
    write("x", "docs/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "docs")
    assert walked(tmp_path / "link") == (["a.md"], [])


def test_a_folder_that_cannot_be_read_is_lost(write: Write, tmp_path: Path) -> None:
    write("x", "docs/a.md")
    write("x", "docs/secret/b.md")
    refused = PermissionError(13, "Permission denied")
    real = os.scandir

    def scandir(folder: Path) -> object:
        if Path(folder).name == "secret":
            raise refused
        return real(folder)

    walk = Walk(tmp_path / "docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("entrywise.data.readers.walk.os.scandir", scandir)
        assert [path.name for path in walk.files()] == ["a.md"]
    (lost,) = walk.unread
    assert lost.severity == "error"
    assert "cannot be read (Permission denied); check its permissions" in lost.reason
