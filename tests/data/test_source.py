from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from entrywise.data.entries import Category
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.source import read_knowledge_base, shipped

Write = Callable[..., Path]


def test_the_reader_is_chosen_by_what_the_source_is(glossary: dict[str, Any], write: Write) -> None:
    sources = {
        write(glossary, "g.JSON"): ["gqa", "mla"],
        write('{"_id": "1", "title": "", "text": "x"}', "r.jsonl"): ["1"],
        write("id,title,text\n2,,x", "r.csv"): ["2"],
        write("text", "folder/a.md").parent: ["a"],
    }
    for source, ids in sources.items():
        assert [entry.id for entry in read_knowledge_base(source)] == ids


def test_ways_are_merged_in(glossary: dict[str, Any], write: Write) -> None:
    ways = write({"gqa": {"aliases": ["grouped"]}}, "ways.json")
    assert read_knowledge_base(write(glossary), ways)["gqa"].aliases == ("grouped",)


def test_categories_of_a_glossary_are_its_own(glossary: dict[str, Any], write: Write) -> None:
    knowledge_base = read_knowledge_base(write(glossary, "terms.json"))
    assert knowledge_base.categories == (Category("attention", "Attention", 0),)
    assert knowledge_base.title == "Terms"


def test_categories_of_documents_are_their_folders(write: Write, tmp_path: Path) -> None:
    for name in ("v1.2-beta/one.md", "getting_started/two.md", "v1.2-beta/three.md", "four.md"):
        write("text", name)
    knowledge_base = read_knowledge_base(tmp_path)
    title = tmp_path.name.replace("_", " ").capitalize()
    assert knowledge_base.title == title
    assert {one.id: one.label for one in knowledge_base.categories} == {
        "documents": title,
        "getting_started": "Getting started",
        "v1.2-beta": "V1.2 beta",
    }


def test_a_folder_is_spelt_as_the_titles_of_its_documents_are(tmp_path: Path) -> None:
    titles = {
        "css/a": "CSS, in short",
        "css/b": "Css again, and CSS",
        "graphql/a": "Use GraphQL",
        "it/a": "Is it safe?",
        "how-to/a": "Deploying",
        "top": "CSS",
    }
    for name, title in titles.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.md").write_text(f"# {title}\n\nSome text.", "utf-8")
    labels = {one.id: one.label for one in read_knowledge_base(tmp_path).categories}
    assert [labels[name] for name in ("css", "graphql", "it", "how-to")] == [
        "CSS",
        "GraphQL",
        "it",
        "How to",
    ]


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("missing.json", "cannot be read (No such file or directory); check the path"),
        ("missing", "does not exist; check the path"),
        ("rows.xls", ".xls cannot be read; name a .json file of entries"),
        ("noname", "a file without suffix cannot be read; name a .json file of entries"),
        ("empty.jsonl", "holds no entry; add one, or name another source"),
        ("bad.jsonl", "holds no entry ({0}: line 1: [] is no JSON object; write {...}); add one"),
        ("empty.json", "holds no entry; add one, or name another source"),
        ("folder", "holds no file; add some, or name another"),
    ],
)
def test_a_source_that_holds_nothing_is_refused(
    name: str, complaint: str, write: Write, tmp_path: Path
) -> None:
    for present in ("rows.xls", "noname", "empty.jsonl"):
        write("", present)
    write({"categories": [], "entries": {}}, "empty.json")
    write("[]", "bad.jsonl")
    (tmp_path / "folder").mkdir()
    with pytest.raises(KnowledgeBaseError) as caught:
        read_knowledge_base(tmp_path / name)
    assert str(caught.value).startswith(
        f"{tmp_path / name}: {complaint.replace('{0}', str(tmp_path / name))}"
    )


def test_the_shipped_glossary_is_whole_and_has_ways() -> None:
    knowledge_base = shipped()
    assert (len(knowledge_base), len(knowledge_base.categories)) == (254, 20)
    assert knowledge_base["gqa"].text("oneliner").startswith("Query heads grouped into G groups")
    assert knowledge_base["gqa"].aliases


def test_sections_of_technical_notes_are_some_that_entries_have(
    glossary: dict[str, Any], write: Write
) -> None:
    path = write(glossary, "glossary.json")
    (path.parent / "entrywise.toml").write_text('details = ["explanation"]')
    assert read_knowledge_base(path).identity.details == ("explanation",)
    (path.parent / "entrywise.toml").write_text('details = ["explanatin"]')
    with pytest.raises(KnowledgeBaseError, match="no entry has a section 'explanatin'"):
        read_knowledge_base(path)


def test_an_id_that_a_reader_lets_through_is_refused_all_the_same(write: Write) -> None:
    path = write("text", "a\n\x1b[2Jb.md")
    with pytest.raises(KnowledgeBaseError, match="holds a line break or a control") as caught:
        read_knowledge_base(path)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("x" * 300, r"cannot be read \(File name too long\); shorten the name"),
        ("a\0b", r"cannot be read \(.*embedded null .*\)"),
        ("none", "does not exist; check the path"),
    ],
)
def test_a_name_that_no_source_can_have_is_refused(name: str, complaint: str) -> None:
    with pytest.raises(KnowledgeBaseError, match=complaint):
        read_knowledge_base(Path(name))


def test_a_source_may_be_a_text(write: Write) -> None:
    assert [entry.id for entry in read_knowledge_base(str(write("text", "a.md")))] == ["a"]


def test_an_index_is_no_source(harbour_root: Path, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="is an index; answer from it with --index"):
        read_knowledge_base(harbour_root)
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    shutil.copytree(harbour_root, tmp_path / "answers")
    found = read_knowledge_base(tmp_path)
    assert [entry.id for entry in found.entries] == ["a"]
    assert [str(one) for one in found.unread] == ["answers: is an index, and no document"]
    # What is only called so is read.
    (tmp_path / "answers" / "current").write_text("nothing\n")
    assert len(read_knowledge_base(tmp_path).entries) > 1
