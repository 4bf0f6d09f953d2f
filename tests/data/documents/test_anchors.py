from __future__ import annotations

import pytest

from entrywise.data.documents.anchors import Anchors, Slugs, slug, split_anchor, tag_anchor, target
from entrywise.data.documents.sections import read_page


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Undo { #undo }", ("Undo", "undo")),
        ("Undo {#undo}", ("Undo", "undo")),
        ("Undo {: #undo .big }", ("Undo", "undo")),
        ("Undo {: .big #undo}", ("Undo", "undo")),
        ("Undo { .big #undo data-x=1 }", ("Undo", "undo")),
        ("Undo {: .big }", ("Undo", "")),
        ("Undo {#undo}  ", ("Undo", "undo")),
        ("Sets {a, b}", ("Sets {a, b}", "")),
        ("Use {#each} loops", ("Use {#each} loops", "")),
        ("Blocks {#each items}", ("Blocks {#each items}", "")),
        ("Empty {}", ("Empty {}", "")),
    ],
)
def test_an_anchor_behind_a_heading_is_taken_off(heading: str, expected: tuple[str, str]) -> None:
    assert split_anchor(heading) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("github", ["whats-new", "whats-new-1", "über-uns", "a--b", "snake_case", "12-größe"]),
        ("mkdocs", ["whats-new", "whats-new_1", "uber-uns", "a-b", "snake_case", "12-groe"]),
        ("sphinx", ["what-s-new", "id1", "uber-uns", "a-b", "snake-case", "grosze"]),
    ],
)
def test_each_rule_makes_its_own_anchors(rule: Slugs, expected: list[str]) -> None:
    anchors = Anchors(rule)
    headings = ["What's new?", "What's new?", "Über uns", "A & B", "snake_case", "1.2 Größe"]
    assert [anchors.anchor(heading) for heading in headings] == expected


def test_sites_in_other_scripts_have_their_letters_in_anchors() -> None:
    assert slug("Установка pip", "mkdocs") == "установка-pip"
    assert [Anchors("sphinx").anchor("中文"), slug("中文", "sphinx")] == ["id1", ""]


@pytest.mark.parametrize(
    "heading",
    [
        "## Size {: #big }",
        "## Size { #big .x }",
        "## Size {: .x #big }",
        "Size {: #big }\n------",
        "## Size\n{: #big .x }",
        "Size\n----\n{:#big}",
        "## Size\n{: .x #big}",
        "<a id='big'></a>\n## Size",
    ],
)
def test_what_gives_a_heading_its_anchor_is_no_text(heading: str) -> None:
    (section,) = read_page(f"# A\n\n{heading}\n\nText.\n{{: .lead }}").sections
    assert (section.path, section.anchor, section.text[:5]) == (("Size",), "big", "Text.")


def test_a_heading_without_letters_has_no_address() -> None:
    assert slug("?!") == ""


def test_long_lines_and_tags_are_no_anchors() -> None:
    """A hundred thousand attributes would take hours."""
    assert target("<a " + "id=x " * 100_000) == ""
    assert tag_anchor("<a " + "id=x " * 100_000 + "<") == ""
