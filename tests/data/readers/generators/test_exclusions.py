from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.readers.generators.exclusions import (
    excluded_by_jekyll,
    excluded_by_mkdocs,
    excluded_by_sphinx,
)
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]

MORE = ("more/AGENTS.md", "more/vendor/b.md")


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ("exclude_patterns = ['draft', 'users/parts', '**/old.rst']", ["a.rst", "users/b.rst"]),
        ("exclude_patterns = ['draft'] + found", None),
        ("exclude_patterns = 5", None),
        ("exclude_patterns = (", None),
    ],
)
def test_what_sphinx_passes_over_is_left_out(
    write: Write, tmp_path: Path, settings: str, left: list[str] | None
) -> None:
    paths = ["a.rst", "draft/c.rst", "users/b.rst", "users/parts/d.rst", "users/old.rst"]
    for path in paths:
        write("Text.", f"docs/{path}")
    conf = write(settings, "docs/conf.py")
    told = excluded_by_sphinx(conf, tmp_path / "docs")
    assert [one for one in paths if not told(Path(one))] == (left or paths)
    # Of a folder in it the same, and all of its own.
    told = excluded_by_sphinx(conf, tmp_path / "docs" / "users")
    assert told(Path("parts/d.rst")) is (left is not None)
    assert not told(Path("draft/e.rst"))


def test_pages_that_sphinx_passes_over_are_no_entries(write: Write, tmp_path: Path) -> None:
    write("exclude_patterns = ['draft']", "docs/conf.py")
    write("Use\n===\n\nBy hand.\n", "docs/use.rst")
    write("New\n===\n\nNot yet.\n", "docs/draft/new.rst")
    entries = read_knowledge_base(tmp_path / "docs").entries
    assert [entry.id for entry in entries] == ["use"]


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        ("exclude:\n  - AGENTS.md\n  - vendor\n", ["use.md", "more/AGENTS.md", "more/vendor/b.md"]),
        ("exclude: [AGENTS.md, 'more/*.md']", ["use.md", "vendor/a.md", "more/vendor/b.md"]),
        ("exclude: vendor/", ["use.md", "AGENTS.md", "more/AGENTS.md", "more/vendor/b.md"]),
        ("exclude: [AGENTS.md, '\\', 'a\\']", ["use.md", "vendor/a.md", *MORE]),
        ("exclude: 5", None),
        ("exclude: {a: [", None),
        ("- exclude", None),
    ],
)
def test_what_jekyll_passes_over_is_left_out(
    write: Write, tmp_path: Path, settings: str, left: list[str] | None
) -> None:
    paths = ["use.md", "AGENTS.md", "vendor/a.md", "more/AGENTS.md", "more/vendor/b.md"]
    config = write(settings, "_config.yml")
    told = excluded_by_jekyll(config, tmp_path)
    assert [one for one in paths if not told(Path(one))] == (left or paths)
    assert told(Path("_includes/a.md"))


@pytest.mark.parametrize(
    ("settings", "left"),
    [
        (
            "exclude_docs: |\n  drafts/\n  /old.md\n\n  !drafts/kept/\nnav: []\n",
            ["a.md", "b/old.md"],
        ),
        ("exclude_docs: |\n  !\n  old.md\n", ["a.md", "drafts/c.md"]),
        ("exclude_docs: old.md", ["a.md", "drafts/c.md"]),
        ("theme: !!python/name:acme.theme\nexclude_docs: |\n  *.md\n", []),
        ("not_in_nav: |\n  drafts/\n", None),
    ],
)
def test_what_mkdocs_passes_over_is_left_out(
    write: Write, tmp_path: Path, settings: str, left: list[str] | None
) -> None:
    paths = ["a.md", "b/old.md", "drafts/c.md", "old.md"]
    for path in paths:
        write("# Page\n\nText.", f"docs/{path}")
    config = write(settings, "mkdocs.yml")
    for folder, before in ((tmp_path, "docs/"), (tmp_path / "docs", "")):
        told = excluded_by_mkdocs(config, folder)
        kept = [one for one in paths if not told(Path(f"{before}{one}"))]
        assert kept == (paths if left is None else left)
    # What is not among the documents is none of it.
    assert not excluded_by_mkdocs(config, tmp_path)(Path("old.md"))


def test_pages_that_jekyll_and_mkdocs_pass_over_are_no_entries(
    write: Write, tmp_path: Path
) -> None:
    for site, settings in (
        ("_config.yml", "exclude: [b.md]"),
        ("mkdocs.yml", "exclude_docs: b.md"),
    ):
        write(settings, f"{site[:-4]}/{site}")
        for name in ("a.md", "b.md"):
            write("# Page\n\nText.", f"{site[:-4]}/{'docs/' * (site[0] == 'm')}{name}")
        entries = read_knowledge_base(tmp_path / site[:-4]).entries
        assert [entry.id.removeprefix("docs/") for entry in entries] == ["a"]
