"""What was read before is not read again, and what is other is."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import word_files
from hypothesis import given
from hypothesis import strategies as st
from pdfs import pdf

from entrywise.data.documents.conversion.titles import Asked
from entrywise.data.documents.sections import Page
from entrywise.data.entries import Block, KnowledgeBase, Section, Unread
from entrywise.data.readers import page_cache as pages
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]

GUIDE = """\
Guide
=====

See :ref:`undo` and :doc:`undo`.

.. include:: shared/terms.rst
"""
UNDO = """\
.. _undo:

Rolling back
============

Run it again, :nope:
"""
FORMATS = {
    "leave.md": "# Leave\n\n## Days\n\nEveryone has 26.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "card.mdx": "# Card\n\n<Note>Bring it.</Note>\n",
    "guide.rst": GUIDE,
    "undo.rst": UNDO,
    "shared/terms.rst": "Terms apply.\n",
    "page.html": "<title>Boats</title><main><h2 id='oars'>Oars</h2><p>Two.</p></main>",
    "run.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": "# Run\n\nNow."}]}),
    "rows.jsonl": json.dumps({"id": "a", "text": "## Heading\n\n- one\n- two"}),
    "rows.csv": 'title,text\nKeys,"- one\n- two"\n',
}


@pytest.fixture(autouse=True)
def every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep sources that are small, too."""
    monkeypatch.setattr(pages, "_BATCH", 0)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with a file of each format."""
    folder = tmp_path / "source"
    for name, text in FORMATS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "scan.pdf").write_bytes(pdf([(24, 700, "Leave"), (10, 660, "Ask early.")], None))
    word_files.write(folder / "pay.docx", word_files.paragraph("Paid monthly."))
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def kept(cache: Path) -> Path:
    """The file with what is kept of the only source."""
    (path,) = (cache / "pages").iterdir()
    return path


def rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("SELECT count(*) FROM pages").fetchone()[0])


def read_now(source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pages are read by that are not kept; all is as it would be without a cache."""
    asked: list[str] = []
    page = pages.PageCache.page

    def noted(
        self: pages.PageCache,
        *told: str | bytes,
        read: Callable[[], Page],
        titles: Asked | None = None,
    ) -> Page:
        def reading() -> Page:
            asked.append(str(told[0]))
            return read()

        return page(self, *told, read=reading, titles=titles)

    with monkeypatch.context() as patch:
        patch.setattr(pages.PageCache, "page", noted)
        found = read_knowledge_base(source, cache=cache)
    assert same(found, read_knowledge_base(source))
    return sorted(asked)


def same(one: KnowledgeBase, other: KnowledgeBase) -> bool:
    return one == other and one.unread == other.unread and one.pictures == other.pictures


ALL = [
    *("html", "markdown", "markdown", "mdx", "pdf"),
    *("restructured", "restructured", "restructured", "text", "text", "word"),
]


def test_a_page_of_any_format_is_read_once(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_now(source, cache, monkeypatch) == ALL
    assert read_now(source, cache, monkeypatch) == []
    found = read_knowledge_base(source, cache=cache)
    assert {str(one) for one in found.unread} >= {
        "scan.pdf: page 2: holds a picture and no text, so it was scanned; have its text recognized"
    }


def test_what_changed_is_read_and_what_went_is_forgotten(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_now(source, cache, monkeypatch)
    before = rows(kept(cache))
    (source / "leave.md").write_text("# Leave\n\nEveryone has 27.\n")
    (source / "page.html").unlink()
    assert read_now(source, cache, monkeypatch) == ["markdown"]
    assert rows(kept(cache)) == before - 1


@pytest.mark.parametrize(
    ("name", "old", "new", "read"),
    [
        ("undo.rst", "Rolling back\n====", "Going back\n====", ["restructured", "restructured"]),
        ("undo.rst", "Run it again", "Run it once more", ["restructured"]),
        ("shared/terms.rst", "Terms apply", "No terms apply", ["restructured", "restructured"]),
    ],
    ids=["a title that is shown", "a text that is not", "a text that is included"],
)
def test_what_takes_from_another_file_follows_it(
    source: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    old: str,
    new: str,
    read: list[str],
) -> None:
    read_now(source, cache, monkeypatch)
    text = (source / name).read_text()
    assert old in text
    (source / name).write_text(text.replace(old, new))
    assert read_now(source, cache, monkeypatch) == read


def test_what_other_code_has_read_is_read_again(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_now(source, cache, monkeypatch)
    monkeypatch.setattr(pages, "_code", lambda: b"another version")
    assert read_now(source, cache, monkeypatch) == ALL


def test_a_source_that_is_read_in_a_moment_is_not_kept(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    read_knowledge_base(source, cache=cache)
    assert not cache.exists()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 4096])
def test_a_file_that_is_damaged_is_made_anew(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    read_now(source, cache, monkeypatch)
    kept(cache).write_bytes(content)
    assert read_now(source, cache, monkeypatch) == ALL
    read_knowledge_base(source, cache=cache)
    assert read_now(source, cache, monkeypatch) == []


@pytest.mark.parametrize("content", [b"", b"x", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_a_page_that_is_damaged_is_read_again(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    read_now(source, cache, monkeypatch)
    with closing(sqlite3.connect(kept(cache))) as database, database:
        database.execute("UPDATE pages SET page = ?", (content,))
    assert read_now(source, cache, monkeypatch) == ALL
    assert read_now(source, cache, monkeypatch) == []


def test_a_file_that_another_process_writes_holds_nobody_up(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_now(source, cache, monkeypatch)
    monkeypatch.setattr(pages, "_PATIENCE", 0.0)
    with closing(sqlite3.connect(kept(cache), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert read_now(source, cache, monkeypatch) == ALL
        other.execute("ROLLBACK")
    assert read_now(source, cache, monkeypatch) == []


def test_where_nothing_can_be_written_pages_are_read(
    source: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.write_text("no folder")
    assert read_now(source, cache, monkeypatch) == ALL


def test_a_source_that_nobody_reads_for_months_is_forgotten(source: Path, cache: Path) -> None:
    read_knowledge_base(source, cache=cache)
    old = kept(cache).rename(cache / "pages" / "old.sqlite")
    recent = old.with_name("recent.sqlite")
    recent.write_bytes(b"")
    for path, days in ((old, 91), (recent, 89)):
        os.utime(path, (time.time(), time.time() - days * 86_400))
    read_knowledge_base(source, cache=cache)
    assert not old.exists()
    assert recent.exists()


TEXT = st.text(st.characters(), max_size=5)
SECTION = st.builds(
    Section,
    TEXT,
    TEXT,
    st.lists(TEXT, max_size=2).map(tuple),
    TEXT,
    st.lists(st.builds(Block, TEXT, st.integers(), st.integers(), TEXT), max_size=2).map(tuple),
    st.booleans(),
    links=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)
PAGE = st.builds(
    Page,
    TEXT,
    st.lists(SECTION, max_size=2).map(tuple),
    TEXT,
    st.lists(st.builds(Unread, TEXT, TEXT), max_size=2).map(tuple),
)


@given(PAGE)
def test_a_page_comes_out_as_it_went_in(page: Page) -> None:
    assert pages._decoded(pages._encoded([], page))[1] == page
