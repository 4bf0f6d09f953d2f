from __future__ import annotations

from pathlib import Path

import pytest
from growth import grows_linearly
from quoted import FENCE

from entrywise.data.documents.inclusion.includes import Includes
from entrywise.data.documents.inclusion.tags import include_tags

PART = "---\ntitle: x\n---\n# Part\n\n<!--a-->\nOne.\n<!--b-->\nTwo.\n<!--a-->\nThree.\n<!--b-->\n"


def markdown(root: Path, text: str) -> tuple[str, list[str]]:
    (root / "docs" / "_includes").mkdir(parents=True, exist_ok=True)
    (root / "docs" / "part.md").write_text("Part.\n")
    (root / "docs" / "long.md").write_text(PART)
    (root / "docs" / "_includes" / "shared.md").write_text("Shared.\n")
    (root / "docs" / "_includes" / "note.html").write_text("<p>{{ include.content }}</p>\n")
    includes = Includes(root)
    page = root / "docs" / "page.md"
    done = includes.in_markdown(text, page)
    told = [f"{one.severity} {str(one).removeprefix(f'{page}: ')}" for one in includes.unread]
    return done, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a\n{% include-markdown "part.md" %}\nb', "a\nPart.\nb"),
        ("{%- include-markdown './part.md' comments=false -%}", "Part."),
        ('a\n  {%\n    include "part.md"\n  %}\nb', "a\n  Part.\nb"),
        ('{{< include "part.md" >}}', "Part."),
        ('{{% include file="part.md" %}}', "Part."),
        ("{% include shared.md %}", "Shared."),
        ("{% include_relative part.md %}", "Part."),
        (
            '{% include-markdown "long.md" start="<!--a-->" end="<!--b-->" %}',
            "One.\n\nThree.",
        ),
        (
            '{%\n  include-markdown "long.md"\n  end="<!--a-->"\n  heading-offset=2\n%}',
            "### Part",
        ),
        (
            f'{FENCE}md\n{{% include "part.md" %}}\n{{% include "none.md" %}}\n{FENCE}',
            f'{FENCE}md\nPart.\n{{% include "none.md" %}}\n{FENCE}',
        ),
        ('Write {% include "part.md" %} there.', 'Write {% include "part.md" %} there.'),
    ],
)
def test_what_a_tag_names_is_taken_in(tmp_path: Path, text: str, expected: str) -> None:
    assert markdown(tmp_path, text) == (expected, [])


@pytest.mark.parametrize("path", ["note.html", "none.html", "none.njk", "none"])
def test_templates_that_a_site_fills_in_are_noted(tmp_path: Path, path: str) -> None:
    for written in (f'"{path}"', path):
        _, (told,) = markdown(tmp_path, f"{{% include {written} %}}\n\n" * 2)
        assert told.startswith("warning line 1: the include ")
        assert told.endswith("its site may know it")


def test_a_part_of_a_document_stands_in_what_it_includes(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    again = '{% include-markdown "page.md" start="<!--a-->" end="<!--b-->" %}'
    (tmp_path / "docs" / "again.md").write_text(f'{again}\n{{% include "page.md" %}}\n')
    page = '<!--a-->\nOnce.\n<!--b-->\n{% include "again.md" %}'
    (tmp_path / "docs" / "page.md").write_text(page)
    done, told = markdown(tmp_path, page)
    assert done == "<!--a-->\nOnce.\n<!--b-->\nOnce."
    assert ["includes itself" in one for one in told] == [True]


OUTSIDE = "is no file below the folder that is read; correct it, or read more"


@pytest.mark.parametrize(
    ("tag", "reason"),
    [
        ('{% include-markdown "none.md" %}', f"error line 2: the include 'none.md' {OUTSIDE}"),
        (
            '{%\n  include "../../secret.md"\n%}',
            f"error line 2: the include '../../secret.md' {OUTSIDE}",
        ),
        (
            '{% include-markdown "long.md" start="<!--c-->" %}',
            "error line 2: the include 'long.md' has no text '<!--c-->'",
        ),
        (
            '{% include "https://a.b/c.md" %}',
            "error line 2: the include 'https://a.b/c.md' is on the web, and only files are "
            "included",
        ),
        (
            '{% include note.html content="c" %}',
            "warning line 2: the include 'note.html' is no document below the folder that is "
            "read; its site may know it",
        ),
    ],
)
def test_what_a_tag_does_not_find_is_listed(tmp_path: Path, tag: str, reason: str) -> None:
    (tmp_path.parent / "secret.md").write_text("secret")
    assert markdown(tmp_path, f"a\n{tag}\nb") == ("a\nb", [reason])


@pytest.mark.parametrize(
    "unit", ["{% include ", "{%\n", "{% include" + "\n" * 30, '{% include "', "{{< include a\n"]
)
def test_time_grows_linearly_with_tags_that_are_never_closed(unit: str) -> None:
    assert grows_linearly(lambda count: include_tags(unit * count), 8_000)
