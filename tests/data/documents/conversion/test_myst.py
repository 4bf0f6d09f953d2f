from __future__ import annotations

from pathlib import Path

import pytest
from growth import grows_linearly

from entrywise.data.documents.conversion.myst import from_myst
from entrywise.data.documents.conversion.titles import Titles
from entrywise.data.source import read_knowledge_base


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "undo.md").write_text("(undo)=\n# Rolling *back*\n\nPull.\n", "utf-8")
    (tmp_path / "cli.rst").write_text("Commands\n========\n\nPush.\n", "utf-8")
    home = tmp_path / "index.md"
    home.write_text("# Home\n\nSee {doc}`guide/undo`,\nor nothing.\n", "utf-8")
    return home


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See {doc}`guide/undo`.", "See [Rolling back](guide/undo.md)."),
        ("See {doc}`/guide/undo.md`.", "See [Rolling back](/guide/undo.md)."),
        ("See {doc}`cli`.", "See [Commands](cli.md)."),
        (
            "{doc}`how <guide/undo>` {ref}`so <undo>`",
            "[how](guide/undo.md) [so](guide/undo.md#undo)",
        ),
        ("{ref}`undo`, {numref}`Undo`", "[Rolling back](guide/undo.md#undo), " * 2),
        (
            "[](guide/undo.md) [](#undo)",
            "[Rolling back](guide/undo.md) [Rolling back](guide/undo.md#undo)",
        ),
    ],
)
def test_references_are_called_by_titles(home: Path, text: str, expected: str) -> None:
    titles = Titles(home.parent, sorted(home.parent.rglob("*.*")))
    assert from_myst(text, titles, home) == expected.removesuffix(", ")


@pytest.mark.parametrize(
    "text",
    [
        "{doc}`nowhere` {ref}`nowhere` [](nowhere.md) {term}`undo`",
        "{doc}`nowhere <https://a.b>` [](https://a.b)",
        "![](guide/undo.md) \\{doc}`guide/undo` ``{doc}`guide/undo` ``",
        "```\n{doc}`guide/undo`\n```",
    ],
)
def test_what_leads_nowhere_and_code_stay(home: Path, text: str) -> None:
    titles = Titles(home.parent, sorted(home.parent.rglob("*.*")))
    assert from_myst(text, titles, home) == text


def test_a_reference_relates_what_it_leads_to(home: Path) -> None:
    knowledge_base = read_knowledge_base(home.parent)
    assert knowledge_base["index"].related == ("guide/undo",)
    (section,) = knowledge_base["index"].sections
    assert section.blocks[0].plain == "See Rolling back, or nothing."


def test_references_are_read_in_linear_time(home: Path) -> None:
    titles = Titles(home.parent)

    def read(count: int) -> None:
        from_myst("{doc}`a [](\n" * count + "{doc}`" * (count // 10), titles, home)

    assert grows_linearly(read, 20_000)
