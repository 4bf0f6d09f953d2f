"""The links of the documentation, read as Entrywise reads any folder of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from paths import ROOT

from entrywise.data.source import read_knowledge_base

PAGES = [
    *(
        ROOT / name
        for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "benchmarks/README.md")
    ),
    *sorted((ROOT / "docs").rglob("*.md")),
]


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """The file and the anchor that each relative link of a page leads to."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\((?![a-z]+:)([^)\s]+)\)", text):
        name, _, anchor = link.partition("#")
        yield (page.parent / name).resolve() if name else page, anchor


@cache
def anchors(page: Path) -> set[str | None]:
    """The anchors of a page's headings."""
    (entry,) = read_knowledge_base(page).entries
    return {section.anchor for section in entry.sections}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    found = set(links(page))
    assert [str(file) for file, _ in found if not file.exists()] == []
    dead = [(file.name, one) for file, one in found if one and one not in anchors(file)]
    assert dead == []
