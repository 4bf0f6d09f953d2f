from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from installation import environment_with
from paths import ROOT

from entrywise.data.entries import Category, Entry, Section
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.registry import find_reader, readable
from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]
PlugIn = Callable[[str], None]

DISHES = "= Omelette\nBeat three eggs.\n\n= Rice\nRinse it.\nBoil it.\n"


def test_what_can_be_read_is_what_the_readers_say() -> None:
    assert readable() == (
        "a .json file of entries, a folder of them, a .md, .mdx, .qmd or .rmd file, a .rst file, "
        "an .adoc file, a .html file, a .txt file, a .pdf file, a .docx file, a .pptx file, "
        "an .epub file, a .ipynb file, a .yml file of questions, a .jsonl file, "
        "a .csv or .tsv file, an .xlsx file or the address of a sitemap.xml or llms.txt"
    )


def test_a_folder_is_a_folder_however_it_is_called(tmp_path: Path) -> None:
    for name in ("a.json", "a.jsonl", "a.csv"):
        (tmp_path / name).mkdir()
        assert find_reader(tmp_path / name).reads == "a folder of them"


def test_a_distribution_adds_a_reader(write: Write, plug_in: PlugIn) -> None:
    plug_in("recipe")
    knowledge_base = read_knowledge_base(write(DISHES, "Dinner.recipe"))
    assert knowledge_base.entries == (
        Entry("Omelette", "Omelette", "Dinner", (Section("method", "Beat three eggs."),)),
        Entry("Rice", "Rice", "Dinner", (Section("method", "Rinse it.\nBoil it."),)),
    )
    assert knowledge_base.categories == (Category("Dinner", "Dinner", 0),)
    assert knowledge_base.title == "Dinner"
    assert readable().endswith("the address of a sitemap.xml or llms.txt or a .recipe file")


def test_without_it_the_source_is_refused_with_what_can_be_read(write: Write) -> None:
    source = write(DISHES, "dinner.recipe")
    with pytest.raises(KnowledgeBaseError) as caught:
        read_knowledge_base(source)
    assert str(caught.value) == f"{source}: .recipe cannot be read; name {readable()}"


def test_a_reader_that_cannot_be_loaded_is_named_where_a_source_may_need_it(
    write: Write, plug_in: PlugIn
) -> None:
    plug_in("broken")
    source = write(DISHES, "dinner.recipe")
    with pytest.raises(KnowledgeBaseError) as caught:
        read_knowledge_base(source)
    assert str(caught.value) == (
        f"{source}: .recipe cannot be read; the reader 'broken' cannot be loaded (No module named "
        f"'a_package_that_was_removed'); install entrywise-broken again, or name {readable()}"
    )


def test_a_reader_that_cannot_be_loaded_stands_in_nobodys_way(
    write: Write, plug_in: PlugIn
) -> None:
    plug_in("broken")
    plug_in("recipe")
    assert len(read_knowledge_base(write(DISHES, "dinner.recipe"))) == 2
    with pytest.raises(KnowledgeBaseError, match="does not exist; check the path"):
        read_knowledge_base(Path("missing"))


def test_a_reader_is_loaded_only_where_it_may_be_needed(
    write: Write, installed: Callable[[str], Path]
) -> None:
    source = write("id,title,text\n1,T,x", "rows.csv")
    code = (
        "import sys, pathlib, entrywise.data.source as source\n"
        f"source.read_knowledge_base(pathlib.Path({str(source)!r}))\n"
        "print(*sys.modules)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code],
        env=environment_with(installed("recipe")),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "entrywise.data.readers.formats.tables.rows" in out
    heavy = {"markdown_it", "docutils", "selectolax", "pdfminer", "mammoth", "yaml", "pathspec"}
    assert not {*heavy, "entrywise_recipe"} & {*out}


def test_the_page_shows_the_reader_that_is_tested() -> None:
    page = (ROOT / "docs" / "readers.md").read_text("utf-8")
    source = ROOT / "tests" / "distributions" / "recipe"
    assert f"```python\n{(source / 'entrywise_recipe.py').read_text('utf-8')}```" in page
    entry_point = '[project.entry-points."entrywise.readers"]\nrecipe = '
    assert entry_point in page
    assert entry_point in (source / "pyproject.toml").read_text("utf-8")
