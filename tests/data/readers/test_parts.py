"""Documents that are parts of others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from entrywise.data.source import read_knowledge_base

Write = Callable[..., Path]


def ids(folder: Path) -> list[str]:
    return [entry.id for entry in read_knowledge_base(folder).entries]


def test_what_stands_in_a_page_and_has_no_heading_is_none(write: Write, tmp_path: Path) -> None:
    write('# Pay\n\n--8<-- "shared/vat.md"\n', "a.md")
    write('7 %.\n\n--8<-- "deep.md"\n', "shared/vat.md")
    write("And 19 %.", "shared/deep.md")
    assert ids(tmp_path) == ["a"]
    (page,) = read_knowledge_base(tmp_path).entries
    assert page.sections[0].text == "7 %.\n\nAnd 19 %."


def test_what_has_a_heading_or_a_title_is_a_page_unless_its_name_says_that_it_is_none(
    write: Write, tmp_path: Path
) -> None:
    names = ("b.md", "c.md", "_d.md")
    write("# Pay\n\n" + "".join(f'--8<-- "{name}"\n\n' for name in names), "a.md")
    write("text\n\n## Heading\n\ntext", "b.md")
    write("---\ntitle: Vat\n---\n7 %.", "c.md")
    write("# Heading\n\ntext", "_d.md")
    write("no page has it", "_e.md")
    assert ids(tmp_path) == ["_e", "a", "b", "c"]


def test_a_part_of_one_that_is_taken_in_by_lines_or_as_code_is_a_page(
    write: Write, tmp_path: Path
) -> None:
    write('# Pay\n\n--8<-- "b.md::1"\n\n```\n--8<-- "c.md"\n```\n', "a.md")
    write("one\ntwo", "b.md")
    write("three", "c.md")
    assert ids(tmp_path) == ["a", "b", "c"]


def test_folders_of_snippets_beside_the_documents_of_mkdocs_hold_no_pages(
    write: Write, tmp_path: Path
) -> None:
    snippets = "- pymdownx.snippets:\n    base_path: [theme/parts, docs]\n"
    write(f"markdown_extensions:\n{snippets}", "mkdocs.yml")
    write('# Bread\n\n--8<-- "salt.md"\n', "docs/bread.md")
    write("# Salt\n\nTwo spoons.\n", "theme/parts/salt.md")
    write("# Flour\n\nRye.\n", "theme/flour.md")
    assert ids(tmp_path) == ["docs/bread", "theme/flour"]
    bread, _ = read_knowledge_base(tmp_path).entries
    assert "Two spoons." in [section.text for section in bread.sections]


@pytest.mark.parametrize(
    ("custom_dir", "pages"),
    [("docs/theme", ["docs/bread"]), ("docs", ["docs/bread", "docs/theme/main"])],
)
def test_templates_of_the_theme_of_mkdocs_are_no_pages(
    custom_dir: str, pages: list[str], write: Write, tmp_path: Path
) -> None:
    write(f"theme:\n  name: material\n  custom_dir: {custom_dir}  # ours\n", "mkdocs.yml")
    write("# Bread\n\nRye.\n", "docs/bread.md")
    write("{% block header %}<p>Welcome to the bakery.</p>{% endblock %}", "docs/theme/main.html")
    assert ids(tmp_path) == pages


def test_those_that_take_in_each_other_stay(write: Write, tmp_path: Path) -> None:
    write('one\n\n--8<-- "b.md"\n', "a.md")
    write('two\n\n--8<-- "a.md"\n', "b.md")
    assert ids(tmp_path) == ["a", "b"]


def test_restructured_text_that_stands_in_a_page_is_none(write: Write, tmp_path: Path) -> None:
    write("Pay\n===\n\n.. include:: vat.rst\n", "a.rst")
    write("7 %.\n", "vat.rst")
    assert ids(tmp_path) == ["a"]
