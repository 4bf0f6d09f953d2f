from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.data.documents.inclusion import files
from entrywise.data.documents.inclusion.files import DEEPEST
from entrywise.data.documents.inclusion.includes import Includes
from entrywise.data.documents.inclusion.parts import Missing, named_part, restructured_part

CODE = (
    "# --8<-- [start:one]\ndef one():\n    return 1\n# --8<-- [end:one]\n\n\n"
    "class Two:\n    def two(self):\n        pass\n"
)


OUTSIDE = "is no file below the folder that is read; correct it, or read more"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a document below it, and a file beside it that is nobody's business."""
    root = tmp_path / "root"
    (root / "docs").mkdir(parents=True)
    (root / "src").mkdir()
    (root / "src" / "app.py").write_text(CODE)
    (root / "src" / "main.rs").write_text(
        "fn main() {\n    // ANCHOR: here\n    let x = 1;\n    // ANCHOR_END: here\n}\n"
    )
    (root / "docs" / "part.md").write_text("Part one.\nPart two.\nPart three.\n")
    (tmp_path / "secret.txt").write_text("secret")
    return root


def markdown(root: Path, text: str) -> tuple[str, list[str]]:
    includes = Includes(root)
    page = root / "docs" / "page.md"
    page.write_text(text)
    done = includes.in_markdown(text, page)
    return done, [str(one).removeprefix(f"{page}: ") for one in includes.unread]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('--8<-- "part.md"', "Part one.\nPart two.\nPart three."),
        ("--8<-- 'docs/part.md:2'", "Part two.\nPart three."),
        ('--8<-- "part.md:2:3"', "Part two.\nPart three."),
        ('--8<-- "part.md::1"', "Part one."),
        ('--8<-- "part.md:1:1,3:3"', "Part one.\nPart three."),
        ('    --8<-- "part.md:1:1"', "    Part one."),
        ('```py\n--8<-- "../src/app.py:one"\n```', "```py\ndef one():\n    return 1\n```"),
        (
            "--8<--\npart.md:1:1\n;part.md\n\npart.md:3:3\n--8<--\nend",
            "Part one.\nPart three.\nend",
        ),
        (';--8<-- "part.md"', '--8<-- "part.md"'),
        ("{* ../src/app.py ln[2:3] hl[2] *}", "```python\ndef one():\n    return 1\n```"),
        ("{* ../src/app.py ln[3] *}", "```python\n    return 1\n```"),
        ("{!> part.md !}", "Part one.\nPart two.\nPart three."),
        ("{{#include part.md:2}}", "Part two."),
        ("  {{ #include part.md::2 }}", "  Part one.\n  Part two."),
        (
            "```rust,ignore\n{{#rustdoc_include ../src/main.rs:here}}\n```",
            "```rust,ignore\nlet x = 1;\n```",
        ),
        ("{{#playground ../src/main.rs:here editable}}", "```rust\nlet x = 1;\n```"),
        ("Write {{#include part.md}} there.", "Write {{#include part.md}} there."),
        ("```{include} part.md\n:start-line: 1\n:end-line: 2\n```\nend", "Part two.\nend"),
        ("- a\n\n  :::{include} part.md\n  :end-before: 'two'\n  :::", "- a\n\n  Part one."),
        (
            "~~~ {literalinclude} ../src/app.py\n:pyobject: one\n:language: python3\n~~~",
            "```python3\ndef one():\n    return 1\n```",
        ),
        ("```{include} part.md\n:literal: true\n:end-line: 1\n```", "```md\nPart one.\n```"),
        (
            "````\n```{include} part.md\n```\n````",
            "````\n```{include} part.md\n```\n````",
        ),
        (
            "```\n{! part.md !}\n{! none.md !}\n{* x *}\n```",
            "```\nPart one.\nPart two.\nPart three.\n{! none.md !}\n{* x *}\n```",
        ),
        ("nothing", "nothing"),
    ],
)
def test_what_is_named_is_taken_in(root: Path, text: str, expected: str) -> None:
    assert markdown(root, text) == (expected, [])


@pytest.mark.parametrize(
    "name",
    ["../../secret.txt", "link.txt", "/etc/hostname", "none.md", "linked/secret.txt", "a\0b"],
)
def test_nothing_outside_is_taken_in(root: Path, name: str) -> None:
    (root / "docs" / "link.txt").symlink_to(root.parent / "secret.txt")
    (root / "docs" / "linked").symlink_to(root.parent)
    done, unread = markdown(root, f'--8<-- "{name}"')
    assert done == ""
    what = "is no file below the folder that is read; correct it, or read more"
    assert unread == [f"line 1: the include {name!r} {what}"]


def test_a_document_that_is_read_through_a_link_from_outside_takes_nothing_in(root: Path) -> None:
    includes = Includes(root / "docs")
    assert includes.in_markdown('--8<-- "secret.txt"', root.parent / "page.md") == ""
    assert len(includes.unread) == 1


def test_snippets_are_looked_for_first_where_settings_say_and_nowhere_outside(root: Path) -> None:
    (root / "parts").mkdir()
    (root / "parts" / "part.md").write_text("Shared.\n")
    page = root / "docs" / "page.md"
    text = (
        '--8<-- "part.md:1"\n--8<-- "../secret.txt"\n--8<-- "secret.txt"\n{% include "part.md" %}'
    )
    includes = Includes(root, (root.parent, root / "gone", root / "parts"))
    assert includes.in_markdown(text, page) == "Shared.\nPart one.\nPart two.\nPart three."
    assert [one.reason for one in includes.unread] == [
        f"the include {name!r} {OUTSIDE}" for name in ("../secret.txt", "secret.txt")
    ]


def test_circles_end(root: Path) -> None:
    (root / "docs" / "a.md").write_text('a\n--8<-- "b.md"\n')
    (root / "docs" / "b.md").write_text('b\n--8<-- "a.md"\n--8<-- "page.md"\n')
    done, unread = markdown(root, '--8<-- "a.md"')
    assert done == "a\nb"
    assert [one.partition(": ")[2].partition("line ")[2] or one for one in unread]
    assert all("includes itself" in one for one in unread)
    assert len(unread) == 2


def test_a_document_shows_a_part_of_itself_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = root / "docs" / "page.rst"
    again = ".. include:: page.rst\n   :start-after: begin\n   :end-before: end\n"
    whole = ".. include:: page.rst\n\n.. literalinclude:: page.rst\n"
    page.write_text(f"One.\n\n.. begin\n\nShared.\n\n.. end\n\nTwo.\n\n{again}\n{whole}")
    includes = Includes(root)
    done = includes.in_restructured(page.read_text(), page)
    assert [line for line in done.split("\n") if line == "Shared."] == ["Shared."] * 2
    assert "    Shared." in done
    assert [one.reason for one in includes.unread] == ["the include 'page.rst' includes itself"]
    monkeypatch.setattr(files, "LARGEST", 100_000)
    round_and_round = "a\n" + "".join(f'--8<-- "page.md:{n}"\n' for n in range(1, 30))
    done, unread = markdown(root, round_and_round)
    assert len(done) < 150_000
    assert "includes itself" in unread[0]


def test_files_that_include_each_other_are_taken_in_so_often_and_no_more(root: Path) -> None:
    names = [f"{number}.md" for number in range(12)]
    for name in names:
        text = "".join(f'--8<-- "{other}"\n' for other in names)
        (root / "docs" / name).write_text(text)
    before = sum(map(len, names))
    _, unread = markdown(root, '--8<-- "0.md"')
    assert sum("is too much" in one for one in unread) == 1
    assert len(unread) <= files.MOST + before


def test_depth_and_size_are_bounded(root: Path) -> None:
    for number in range(DEEPEST + 3):
        (root / "docs" / f"{number}.md").write_text(f'{number}\n--8<-- "{number + 1}.md"\n')
    done, unread = markdown(root, '--8<-- "0.md"')
    assert done.count("\n") == DEEPEST - 1
    assert f"through more than {DEEPEST} others" in unread[0]
    (root / "docs" / "large.md").write_text("x" * 600_000)
    _, unread = markdown(root, '--8<-- "large.md"\n' * 10)
    assert len(unread) == 7


def test_many_that_include_many_end_soon(root: Path) -> None:
    for number in range(DEEPEST + 1):
        text = f'--8<-- "{number + 1}.md"\n' * 20 + "x" * 5000
        (root / "docs" / f"{number}.md").write_text(text)
    done, unread = markdown(root, '--8<-- "0.md"')
    assert len(done) < 3_000_000
    assert unread


def test_what_is_missing_in_a_file_is_said(root: Path) -> None:
    (root / "docs" / "binary.md").write_bytes(b"\xff\0")
    text = '--8<-- "part.md:none"\n--8<-- "https://a.b/c.md"\n--8<-- "binary.md"'
    _, unread = markdown(root, text)
    assert unread == [
        "line 1: the include 'part.md' has no section 'none'",
        "line 2: the include 'https://a.b/c.md' is on the web, and only files are included",
        "line 3: the include 'binary.md' byte 0 is no UTF-8; save the file as UTF-8",
    ]


def test_what_myst_cannot_take_in_is_listed(root: Path) -> None:
    (root / "docs" / "part.rst").write_text("Part\n====\n")
    text = (
        "```{include} part.rst\n```\n```{include} ../b.md\n```\n:::{include} ../../secret.txt\n:::"
    )
    done, unread = markdown(root, text)
    assert done == ""
    assert unread == [
        "line 1: the include 'part.rst' is reStructuredText, in a document of Markdown",
        f"line 3: the include '../b.md' {OUTSIDE}",
        f"line 5: the include '../../secret.txt' {OUTSIDE}",
    ]


def test_code_is_fenced_by_more_than_it_holds(root: Path) -> None:
    (root / "src" / "x.toml").write_text("a = '''\n````\n'''\n")
    done, _ = markdown(root, "{* ../src/x.toml *}")
    assert done == "`````toml\na = '''\n````\n'''\n`````"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ".. literalinclude:: ../src/app.py\n   :pyobject: one\n   :linenos:\n",
            ["", ".. code-block:: python", "", "    def one():", "        return 1", "", ""],
        ),
        (
            ".. literalinclude:: ../src/app.py\n   :language: none\n   :lines: 3\n   :dedent:\n",
            ["", ".. code-block:: none", "", "    return 1", "", ""],
        ),
        ("  .. include:: part.md\n     :end-line: 1", ["", "  Part one.", ""]),
        (
            ".. include:: part.md\n   :start-after: one\n   :end-before: three\n",
            ["", "Part two.", "", ""],
        ),
    ],
)
def test_restructured_text_takes_in_text_and_code(
    root: Path, text: str, expected: list[str]
) -> None:
    includes = Includes(root)
    done = includes.in_restructured(text, root / "docs" / "page.rst")
    assert (done.split("\n"), includes.unread) == (expected, [])


def test_what_is_taken_in_does_not_run_into_the_next_heading(root: Path) -> None:
    (root / "docs" / "part.rst").write_text("How\n---\n\nBy hand.")
    text = "Use\n===\n\n.. include:: part.rst\nCare\n====\n\nBy nobody.\n"
    done = Includes(root).in_restructured(text, root / "docs" / "page.rst")
    assert "By hand.\n\nCare\n====" in done


def test_what_is_shown_as_code_is_not_taken_in(root: Path) -> None:
    text = (
        "Write::\n\n  .. include:: none.rst\n\n.. code-block:: rst\n\n   .. include:: none.rst\n\n"
        ".. note::\n\n   .. include:: part.md\n      :end-line: 1"
    )
    includes = Includes(root)
    done = includes.in_restructured(text, root / "docs" / "page.rst")
    assert (done[-13:], includes.unread) == ("   Part one.\n", [])
    assert done.count("none.rst") == 2


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"pyobject": "Two.three"}, "has no 'Two.three'"),
        ({"start-after": "none"}, "has no line with 'none'"),
    ],
)
def test_what_options_do_not_find_is_said(options: dict[str, str], complaint: str) -> None:
    with pytest.raises(Missing, match=complaint):
        restructured_part(CODE.split("\n"), options)
    with pytest.raises(Missing, match="is no Python"):
        restructured_part(["def ("], {"pyobject": "a"})


def test_methods_come_with_their_decorators() -> None:
    lines = "class A:\n    @cached\n    async def b(self):\n        return 1\n    c = 2".split("\n")
    assert restructured_part(lines, {"pyobject": "A.b"}) == lines[1:4]
    assert named_part(["a", "b"], "") == ["a", "b"]


def test_a_document_that_is_imported_stands_where_its_component_does(root: Path) -> None:
    (root / "docs" / "_vat.mdx").write_text("---\nid: x\n---\nimport A from './part.md'\n\n<A />\n")
    text = (
        "import Vat from './_vat.mdx';\nimport Tabs from '@theme/Tabs';\n\n"
        '- a\n\n  <Vat country="DE" />\n\n<Tabs />\n\n```\n<Vat />\n```\n'
    )
    done, missed = markdown(root, text)
    assert missed == []
    assert "  Part one.\n  Part two." in done
    assert "<Tabs />" in done
    assert "```\n<Vat />\n```" in done
    assert "id: x" not in done


def test_a_document_that_is_imported_says_what_its_component_is_given(root: Path) -> None:
    (root / "docs" / "_vat.mdx").write_text(
        "import $More from './_more.mdx'\n\n{props.rate} in {props.of}{props.x}.\n\n"
        "```\n{props.rate}\n```\n\n<$More rate={props.rate} />\n"
    )
    (root / "docs" / "_more.mdx").write_text("Still {props.rate}.")
    done, missed = markdown(root, "import Vat from './_vat.mdx'\n\n<Vat rate='19 %' of=\"DE\" />")
    assert missed == []
    assert [*filter(None, done.split("\n"))][2:] == [
        *("19 % in DE.", "```", "{props.rate}", "```", "Still 19 %.")
    ]


def test_a_document_that_docfx_shows_stands_where_it_says_so(root: Path) -> None:
    (root / "docs" / "vat.md").write_text("---\nauthor: x\n---\nRates are 7 %.\n")
    done, missed = markdown(root, "- a\n\n  [!INCLUDE [vat](vat.md)]\n\n`[!INCLUDE [a](b.md)]`\n")
    assert (done.split("\n")[3], missed) == ("  Rates are 7 %.", [])
    _, missed = markdown(root, "[!include[vat](~/none.md)]")
    assert missed == [f"line 1: the include '~/none.md' {OUTSIDE}"]


@pytest.mark.parametrize(
    "path",
    [
        "@site/docs/part.md",
        "/docs/part.md",
        "../docs/part.md",
        "@/docs/part.md",
        "~/docs/part.md",
        "@docs/part.md",
        "@shared/part.md",
        r"./par\t.md",
        r"./p\x61rt.md",
        r"./p\u0061rt.md",
    ],
)
def test_imports_are_found_by_the_paths_that_javascript_reads(root: Path, path: str) -> None:
    (root / "_shared").mkdir()
    (root / "_shared" / "part.md").write_text("Part one.\n")
    done, missed = markdown(root, f"import P from '{path}'\n\n<P></P>\n")
    assert ("Part one." in done, missed) == (True, [])


def test_an_import_that_is_missing_or_names_itself_is_listed(root: Path) -> None:
    _, missed = markdown(root, "import P from './none.mdx'\n\n<P />\n")
    assert missed == [f"line 3: the include './none.mdx' {OUTSIDE}"]
    _, missed = markdown(root, "import P from './page.md'\n\n<P />\n")
    assert missed == ["line 3: the include './page.md' includes itself"]


def test_what_is_taken_in_as_a_whole_is_told(root: Path) -> None:
    def whole(text: str) -> list[str]:
        includes = Includes(root)
        includes.in_markdown(text, root / "docs" / "page.md")
        return [path.name for path in includes.whole]

    assert whole('--8<-- "part.md"') == ["part.md"]
    assert whole("```{include} part.md\n```") == ["part.md"]
    assert whole("```{include} part.md\n:tab-width: 4\n```") == ["part.md"]
    assert whole("{{#include part.md}}") == ["part.md"]
    (root / "docs" / "part.rst").write_text("Part.\n")
    assert whole("```{include} part.rst\n```") == []
    assert whole("import P from './part.md'\n\n<P />") == ["part.md"]
    assert whole('--8<-- "part.md:2"') == []
    assert whole("```{include} part.md\n:start-line: 1\n```") == []
    assert whole('```\n--8<-- "part.md"\n```') == []
    assert whole("```{literalinclude} part.md\n```") == []


def test_lines_that_no_file_has_are_read_as_no_numbers() -> None:
    number = "9" * 5_000
    assert named_part(["one", "two"], f"2:{number}") == ["two"]
    assert restructured_part(["one", "two"], {"lines": f"2-{number}"}) == ["two"]
