from __future__ import annotations

import pytest

from entrywise.data.documents.front_matter import split_front_matter


@pytest.mark.parametrize(
    ("text", "fields", "below"),
    [
        ("---\ntitle: A\n---\ntext", {"title": "A"}, "text"),
        ("--- \ntitle: A\n---  \ntext", {"title": "A"}, "text"),
        ('+++\ntitle = "A"\n[extra]\nx = 1\n+++\ntext', {"title": "A", "extra": {"x": 1}}, "text"),
        ("\n \n+++\ntitle = 'A'\n+++\ntext", {"title": "A"}, "text"),
        ("\n---\nNote: b: c\n---\n", {}, "\n---\nNote: b: c\n---\n"),
        ("---\n---\ntext", {}, "text"),
        ("---\nTitle: A\n---\ntext", {"Title": "A", "title": "A"}, "text"),
        ("---\nTITLE: A\ntitle: B\n---\ntext", {"TITLE": "A", "title": "B"}, "text"),
        ("---\n1: a\n---\n", {"1": "a"}, ""),
        ("text\n---\na: b\n---", {}, "text\n---\na: b\n---"),
        ("---\ntitle: A", {}, "---\ntitle: A"),
        ("---\nA rule, then text.\n---\nmore", {}, "---\nA rule, then text.\n---\nmore"),
        ("---\ntitle: 3.10\nday: 2026-13-45\n---\n", {"title": "3.10", "day": "2026-13-45"}, ""),
        ("---\na: null\nb: ~\nc:\n---\n", {"a": None, "b": None, "c": None}, ""),
        ("+++\na = 3.10\nb = 7\nc = true\n+++\n", {"a": "3.10", "b": "7", "c": "true"}, ""),
        ("", {}, ""),
        (
            '---\ntitle: A\naliases: [\n\t"/a",\n  "b\tc",\n]\n---\n',
            {"title": "A", "aliases": ["/a", "b\tc"]},
            "",
        ),
        ('---\ntitle: "A"\nweight: 8\t\n---\nText', {"title": "A", "weight": "8"}, "Text"),
        ("% ls 1\n\n# NAME\nls", {"title": "ls"}, "\n# NAME\nls"),
        ("% LS(1) Tools\n% Ann\n% May\n# NAME\nls", {"title": "LS"}, "# NAME\nls"),
        ('# ls "1" "May 2017" "tools"\n## NAME\nls', {"title": "ls"}, "## NAME\nls"),
        ("% No manual\n# Bees", {}, "% No manual\n# Bees"),
        ('# The "best" "bees"\n## NAME\nB', {}, '# The "best" "bees"\n## NAME\nB'),
        ("---\ntitle: Oars: how\nday: 3\n---\nText", {"title": "Oars: how", "day": "3"}, "Text"),
        ("---\ntitle: '{#each ...}'\nnote: *a\n---\n", {"title": "{#each ...}", "note": "*a"}, ""),
        (
            "---\ntitle: 'Bees': how\nnote: \"a\"  \n---\n",
            {"title": "'Bees': how", "note": "a"},
            "",
        ),
        ("---\ntitle: {#each ...}\n\n---\nText", {"title": "{#each ...}"}, "Text"),
        ('---\ntitle:\t"Bees"\ntags:\t[a]\n---\nText', {"title": "Bees", "tags": ["a"]}, "Text"),
    ],
)
def test_fields_and_text_are_told_apart(text: str, fields: dict[str, object], below: str) -> None:
    assert split_front_matter(text) == (fields, below, "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("---\na: [\n---\ntext", "front matter: no valid YAML at line 2"),
        ("---\na: b: c\n- d\n---\ntext", "front matter: no valid YAML at line 2"),
        ("+++\na = \n+++\ntext", "front matter: no valid TOML"),
        ("---\na: !!python/object/apply:os.getcwd []\n---\ntext", "front matter: no valid YAML"),
    ],
)
def test_fields_that_are_wrong_are_left_out_and_said_in_one_line(text: str, complaint: str) -> None:
    fields, below, fault = split_front_matter(text)
    assert (fields, below) == ({}, "text")
    assert fault.startswith(complaint)
    assert "\n" not in fault
