from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.entries import Entry, Section
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.markdown import MarkdownReader

Write = Callable[..., Path]


def entries(folder: Path) -> tuple[Entry, ...]:
    return MarkdownReader().read(folder).entries


def sections(path: Path) -> dict[str, str]:
    (entry,) = entries(path.parent)
    return {section.name: section.text for section in entry.sections}


def test_a_document_is_an_entry_and_its_headings_are_sections(write: Write, tmp_path: Path) -> None:
    write("# Set **up** `it`\n\nFirst *this*.\n\n## On Linux\nThen that.\n", "guide/how/setup.md")
    (entry,) = entries(tmp_path)
    assert (entry.id, entry.name, entry.category) == ("guide/how/setup", "Set up it", "guide")
    assert entry.sections == (
        Section("introduction", "First *this*."),
        Section("on-linux", "Then that."),
    )
    assert entry.url is None


def test_documents_are_sorted_by_path_and_those_without_text_are_left_out(
    write: Write, tmp_path: Path
) -> None:
    for name in ("b.md", "a/z.md", ".git/c.md"):
        write(f"text of {name}", name)
    write("# Only a heading", "c.md")
    (tmp_path / "d.md").mkdir()
    assert [(entry.id, entry.name, entry.category) for entry in entries(tmp_path)] == [
        ("a/z", "z", "a"),
        ("b", "b", "documents"),
    ]


def test_headings_in_code_quotes_and_lists_are_text(write: Write) -> None:
    text = "```\n# no\n```\n\n> # no\n\n- # no\n\n    # no"
    assert sections(write(text, "a.md")) == {"introduction": text}


def test_underlined_headings_count(write: Write) -> None:
    text = "Title\nof it\n===\none\n\nPart\n---\ntwo"
    path = write(text, "a.md")
    assert sections(path) == {"introduction": "one", "part": "two"}
    assert entries(path.parent)[0].name == "Title of it"


def test_section_names_are_unique_and_never_those_of_the_entry(write: Write) -> None:
    text = "zero\n## A b\none\n## a-b!\ntwo\n## A b 2\nthree\n## Name\nfour\n## ?\nfive"
    assert sections(write(text, "a.md")) == {
        "introduction": "zero",
        "a-b": "one",
        "a-b-2": "two",
        "a-b-2-2": "three",
        "name-2": "four",
        "section": "five",
    }


def test_a_title_below_another_heading_is_a_section(write: Write) -> None:
    path = write("## Before\none\n# Title\ntwo", "a.md")
    assert sections(path) == {"before": "one", "title": "two"}
    assert entries(path.parent)[0].name == "Title"


def test_text_around_the_title_is_the_introduction(write: Write) -> None:
    assert sections(write("above\n\n# Title\n\nbelow", "a.md")) == {
        "introduction": "above\n\nbelow"
    }


def test_front_matter_gives_title_and_address(write: Write, tmp_path: Path) -> None:
    write(
        '---\r\ntitle: "A: b"\r\nurl: https://a.b/c\r\ntags: []\r\n---\r\n# B\r\ntext\r\nmore',
        "a.md",
    )
    (entry,) = entries(tmp_path)
    assert (entry.name, entry.url) == ("A: b", "https://a.b/c")
    assert entry.sections == (Section("introduction", "text\nmore"),)


def test_a_rule_at_the_top_is_no_front_matter(write: Write) -> None:
    assert sections(write("---\ntitle: x", "a.md")) == {"introduction": "---\ntitle: x"}


def test_a_wrong_address_in_front_matter_is_refused(write: Write, tmp_path: Path) -> None:
    path = write("---\nurl: file:///etc\n---\ntext", "a.md")
    with pytest.raises(KnowledgeBaseError, match=f"^{path}: front matter, field 'url'"):
        entries(tmp_path)


def test_a_folder_without_markdown_or_text_is_refused(write: Write, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"holds no Markdown; add \*.md files"):
        entries(tmp_path)
    path = write("# Only a heading", "a.md")
    with pytest.raises(KnowledgeBaseError, match=f"^{path}: holds no text"):
        entries(tmp_path)


def test_a_file_name_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_text("text")
    with pytest.raises(KnowledgeBaseError, match="the name is no UTF-8; rename the file"):
        entries(tmp_path)
