from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.data.documents.conversion.asciidoc.preprocessing import Preprocessor
from entrywise.data.documents.inclusion.files import IncludedFiles


def lines(folder: Path, text: str, **attributes: str) -> tuple[list[str], list[str]]:
    """The lines of a document in a folder, and why something was not taken in."""
    files = IncludedFiles(folder)
    document = folder / "a.adoc"
    told = Preprocessor(files, attributes).lines(text, document)
    return told, [one.reason for one in files.unread]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (":product: Oars\n{product} {unknown}", ["Oars {unknown}"]),
        (":a: x\n:b: {a}y\n{b}", ["xy"]),
        (":a: one \\\n  two\n{a}", ["one two"]),
        (":a: x\n:!a:\n{a}", ["{a}"]),
        ("{nbsp}{plus}{cpp}", ["\u00a0&#43;C&#43;&#43;"]),
        ("// a comment\ntext", ["text"]),
        ("////\na comment\n////\ntext", ["text"]),
        (":a: x\n----\n{a}\n// stays\n:b: y\n----", ["----", "{a}", "// stays", ":b: y", "----"]),
        (
            ':a: x\n[subs="attributes"]\n----\n{a}{plus}\n----',
            ['[subs="attributes"]', "----", "x+", "----"],
        ),
        ("ifdef::a[]\nno\nendif::[]\nifndef::a[]\nyes\nendif::[]", ["yes"]),
        (":a:\nifdef::a[]\nyes\nifdef::b[]\nno\nendif::[]\nendif::[]\nbehind", ["yes", "behind"]),
        (":a:\nifdef::a,b[yes]\nifdef::a+b[no]", ["yes"]),
        (
            ':v: 2\nifeval::["{v}" == "2"]\nyes\nendif::[]\nifeval::[{v} > 3]\nno\nendif::[]',
            ["yes"],
        ),
        ("endif::[]\ntext", ["text"]),
        ("\\include::a.adoc[]", ["include::a.adoc[]"]),
    ],
)
def test_attributes_conditions_and_comments(tmp_path: Path, text: str, written: list[str]) -> None:
    assert lines(tmp_path, text) == (written, [])


def test_attributes_that_name_each_other_end(tmp_path: Path) -> None:
    text = ":a: x{b}{b}\n:b: y{a}{a}\n" * 30 + "{a}"
    (line,), _ = lines(tmp_path, text)
    assert len(line) < 1_000_000


def test_attributes_that_double_each_line_end(tmp_path: Path) -> None:
    told, _ = lines(tmp_path, ":a: x\n" + ":a: {a}{a}\n{a}\n" * 2_000)
    assert sum(map(len, told)) < 3_000_000


def test_other_files_are_taken_in(tmp_path: Path) -> None:
    (tmp_path / "part.adoc").write_text(
        ":a: x\n== Part\n// tag::one[]\nOne {a}.\n// end::one[]\nTwo."
    )
    (tmp_path / "code.rb").write_text("# tag::x[]\nputs 1\n# end::x[]\nputs 2")
    text = (
        "include::part.adoc[leveloffset=+1]\n"
        "include::part.adoc[tag=one]\n"
        "include::part.adoc[lines=6]\n"
        "----\ninclude::code.rb[tags=x]\n----\n"
        "include::missing.adoc[opts=optional]\n"
        "{a}"
    )
    told, missing = lines(tmp_path, text)
    whole = ["=== Part", "One x.", "Two."]
    assert told == [*whole, "One x.", "Two.", "----", "puts 1", "----", "x"]
    assert missing == []


def test_nothing_outside_of_the_folder_is_taken_in_and_circles_end(tmp_path: Path) -> None:
    (tmp_path / "secret.adoc").write_text("secret")
    inner = tmp_path / "docs"
    inner.mkdir()
    (inner / "b.adoc").write_text("include::b.adoc[]\ntext")
    told, missing = lines(inner, "include::../secret.adoc[]\ninclude::b.adoc[]\nend")
    assert told == ["text", "end"]
    outside, circle = missing
    assert ("is no file below" in outside, circle) == (True, "the include 'b.adoc' includes itself")


def test_nothing_outside_is_taken_in_by_the_name_of_a_resource(tmp_path: Path) -> None:
    (tmp_path / "secret.adoc").write_text("secret")
    root = tmp_path / "docs"
    document = root / "modules/guide/pages/a.adoc"
    document.parent.mkdir(parents=True)
    (document.parent.parent / "partials").mkdir()
    files = IncludedFiles(root)
    outside = "partial$../../../../secret.adoc"
    text = f"include::{outside}[]\ninclude::guide:{outside}[]"
    assert Preprocessor(files, {}).lines(text, document) == []
    assert len(files.unread) == 2


def test_what_is_on_the_web_is_told(tmp_path: Path) -> None:
    told, missing = lines(tmp_path, "include::https://a.example/b.adoc[]")
    assert (told, missing) == (
        [],
        ["the include 'https://a.example/b.adoc' is on the web, and was not read"],
    )


def test_conditions_within_a_line_end(tmp_path: Path) -> None:
    told, _ = lines(tmp_path, "ifdef::x[" * 5_000, x="")
    assert len(told) == 1
