from __future__ import annotations

from pathlib import Path

from growth import grows_linearly

from entrywise.data.readers.base import Reading
from entrywise.data.readers.formats.asciidoc import AsciiDocReader
from entrywise.data.source import read_knowledge_base


def test_a_document_is_an_entry_and_its_headings_are_sections(tmp_path: Path) -> None:
    path = tmp_path / "leave.adoc"
    path.write_text("= Leave\n\nAsk early.\n\n== Paid days\n\nYou have *26*.\n")
    (entry,) = AsciiDocReader().read(path).entries
    assert (entry.id, entry.name) == ("leave", "Leave")
    assert [(one.path, one.text, one.anchor) for one in entry.sections] == [
        ((), "Ask early.", ""),
        (("Paid days",), "You have **26**.", "_paid_days"),
    ]


def test_signs_that_attributes_stand_for_mark_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.adoc"
    path.write_text("= A\n\n== In {cpp}\n\nThe {cpp} oar, xref:b.adoc[its {cpp} side], `{cpp}`.\n")
    ((section,),) = [one.sections for one in AsciiDocReader().read(path).entries]
    assert (section.path, section.anchor) == (("In C++",), "_in_c")
    assert section.text == "The C++ oar, [its C++ side](b.adoc), `C++`."


def test_a_site_by_antora_has_its_pages_alone_with_what_they_take_in(tmp_path: Path) -> None:
    files = {
        "antora.yml": "name: a\nasciidoc:\n  attributes:\n    product: Oars\n",
        "modules/ROOT/nav.adoc": "* xref:row.adoc[]",
        "modules/ROOT/pages/row.adoc": "= Row with {product}\n\ninclude::partial$tide.adoc[]\n\n"
        "== How to\n\nSee xref:float.adoc[].",
        "modules/ROOT/pages/float.adoc": "= Float\n\nLie down.",
        "modules/ROOT/partials/tide.adoc": "Wait for the tide.",
        "modules/ROOT/examples/a.json": "{}",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    read = read_knowledge_base(tmp_path)
    told = {one.name: one for one in read.entries}
    assert {*told} == {"Row with Oars", "Float"}
    first, second = told["Row with Oars"].sections
    assert (first.text, second.anchor) == ("Wait for the tide.", "how-to")
    assert [one.reason for one in read.unread if one.severity == "error"] == []


def test_what_cannot_be_taken_in_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.adoc"
    path.write_text("include::missing.adoc[]\n\nText.")
    (unread,) = AsciiDocReader(Reading(root=tmp_path)).read(path).unread
    assert unread.place == f"{path}: line 1"
    assert unread.reason.startswith("the include 'missing.adoc' is no file")


def test_long_documents_take_as_much_time_each_line(tmp_path: Path) -> None:
    part = (
        "== A\n\n* one\n** two `x` *y*\n+\n----\ncode\n----\n\n"
        "|===\n|a |b\n|c |d\n|===\n\nb:: c\n\n"
    )
    path = tmp_path / "a.adoc"

    def read(count: int) -> None:
        path.write_text(part * count)
        AsciiDocReader().read(path)

    assert grows_linearly(read, 480)
