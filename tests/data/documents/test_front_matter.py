from __future__ import annotations

import pytest

from entrywise.data.documents.front_matter import split_front_matter
from entrywise.data.errors import KnowledgeBaseError


@pytest.mark.parametrize(
    ("text", "fields", "below"),
    [
        ("---\ntitle: A\n---\ntext", {"title": "A"}, "text"),
        ("--- \ntitle: A\n---  \ntext", {"title": "A"}, "text"),
        ('+++\ntitle = "A"\n[extra]\nx = 1\n+++\ntext', {"title": "A", "extra": {"x": 1}}, "text"),
        ("---\n---\ntext", {}, "text"),
        ("---\n1: a\n---\n", {"1": "a"}, ""),
        ("text\n---\na: b\n---", {}, "text\n---\na: b\n---"),
        ("---\ntitle: A", {}, "---\ntitle: A"),
        ("---\nA rule, then text.\n---\nmore", {}, "---\nA rule, then text.\n---\nmore"),
        ("", {}, ""),
    ],
)
def test_fields_and_text_are_told_apart(text: str, fields: dict[str, object], below: str) -> None:
    assert split_front_matter(text, "a.md") == (fields, below)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("---\na: [\n---\n", "a.md: no valid YAML at line 2"),
        ("---\na: b: c\n---\n", "a.md: no valid YAML at line 2"),
        ("---\nwhen: 2026-13-45\n---\n", "a.md: no valid YAML"),
        ("+++\na = \n+++\n", "a.md: no valid TOML"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(text: str, complaint: str) -> None:
    with pytest.raises(KnowledgeBaseError) as caught:
        split_front_matter(text, "a.md")
    assert str(caught.value).startswith(complaint)
    assert "\n" not in str(caught.value)


def test_yaml_makes_no_objects() -> None:
    with pytest.raises(KnowledgeBaseError, match="no valid YAML"):
        split_front_matter("---\na: !!python/object/apply:os.getcwd []\n---\n", "a.md")
