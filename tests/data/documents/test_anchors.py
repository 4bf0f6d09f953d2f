from __future__ import annotations

import pytest

from entrywise.data.documents.anchors import Anchors, Slugs, slug, split_anchor, tag_anchor, target


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
        ("github", ["whats-new", "whats-new-1", "über-uns", "a--b", "snake_case"]),
        ("mkdocs", ["whats-new", "whats-new_1", "über-uns", "a-b", "snake_case"]),
        ("sphinx", ["what-s-new", "what-s-new-1", "ber-uns", "a-b", "snake-case"]),
    ],
)
def test_each_rule_makes_its_own_anchors(rule: Slugs, expected: list[str]) -> None:
    anchors = Anchors(rule)
    headings = ["What's new?", "What's new?", "Über uns", "A & B", "snake_case"]
    assert [anchors.anchor(heading) for heading in headings] == expected


def test_a_heading_without_letters_has_no_address() -> None:
    assert slug("?!") == ""


def test_long_lines_and_tags_are_no_anchors() -> None:
    """A hundred thousand attributes would take hours."""
    assert target("<a " + "id=x " * 100_000) == ""
    assert tag_anchor("<a " + "id=x " * 100_000 + "<") == ""
