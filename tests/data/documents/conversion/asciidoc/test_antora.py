from __future__ import annotations

from pathlib import Path, PurePath

import pytest

from entrywise.data.documents.conversion.asciidoc import antora


@pytest.fixture
def page(tmp_path: Path) -> Path:
    for name in ("guide/pages/row.adoc", "guide/partials/tide.adoc", "ROOT/pages/index.adoc"):
        path = tmp_path / "modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    return tmp_path / "modules/guide/pages/row.adoc"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("partial$tide.adoc", "guide/partials/tide.adoc"),
        ("guide:partial$tide.adoc", "guide/partials/tide.adoc"),
        ("ROOT:page$index.adoc", "ROOT/pages/index.adoc"),
        ("partial$/tide.adoc", "guide/partials/tide.adoc"),
        ("guide:partial$.//tide.adoc", "guide/partials/tide.adoc"),
        ("partial$../../../../secret.adoc", None),
        ("other:guide:partial$none.adoc", None),
        ("tide.adoc", None),
    ],
)
def test_names_of_resources_are_files(page: Path, name: str, path: str | None) -> None:
    found = antora.resolved(name, page)
    assert found == (page.parent.parent.parent / path if path else None)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("ROOT:index.adoc#top", "../../ROOT/pages/index.adoc#top"),
        ("row.adoc", "row.adoc"),
        ("sub/oars.adoc", "sub/oars.adoc"),
        ("ROOT:/index.adoc", "../../ROOT/pages/index.adoc"),
        ("server::index.adoc", ""),
        ("2.0@ROOT:index.adoc", ""),
        ("#here", "#here"),
    ],
)
def test_links_lead_to_files(page: Path, target: str, path: str) -> None:
    assert antora.linked(target, page) == path


def test_parts_and_tables_of_contents_are_no_pages() -> None:
    told = ("modules/a/pages/b/c.adoc", "docs/a.adoc", "modules/a/partials/b.adoc")
    others = ("modules/a/nav.adoc", "modules/a/pages/_b.adoc", "docs/_part.adoc")
    assert [antora.is_page(PurePath(one)) for one in (*told, *others)] == [True, True, *[False] * 4]


def test_attributes_are_those_of_the_part_and_of_its_playbook(page: Path) -> None:
    root = page.parent.parent.parent.parent
    (root / antora.DESCRIPTION).write_text(
        "name: a\nasciidoc:\n  attributes:\n    product: Oars@\n    flag: true\n    off: false\n"
    )
    (root / antora.PLAYBOOK).write_text("asciidoc:\n  attributes:\n    product: Boats\n")
    assert antora.attributes(page, root) == {"product": "Boats", "flag": ""}
    (root / antora.PLAYBOOK).write_text("a: [")
    assert antora.attributes(page, root)["product"] == "Oars"
