from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
from word_files import paragraph, reference, table, write

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.office.word import WordReader


def test_headings_lists_tables_and_bold_are_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "leave.docx",
        paragraph("Leave", "Title"),
        paragraph("Ask early.", bold=True),
        paragraph("Days", "Heading2"),
        paragraph("Choose:"),
        paragraph("a", level=0),
        paragraph("b", level=1),
        paragraph("c", level=0),
        table(("Country", "Days"), ("Poland", "26 * 2")),
    )
    (entry,) = WordReader().read(path).entries
    assert (entry.id, entry.name) == ("leave", "Leave")
    assert [(one.path, one.text) for one in entry.sections] == [
        ((), "**Ask early.**"),
        (
            ("Days",),
            "Choose:\n\n- a\n  1. b\n- c\n\n| Country | Days |\n|---|---|\n| Poland | 26 \\* 2 |",
        ),
    ]
    assert [block.plain for block in entry.sections[1].blocks][
        -1
    ] == "Country: Poland; Days: 26 * 2"


def test_formulas_are_read(tmp_path: Path) -> None:
    formula = (
        '<w:p><w:r><w:t xml:space="preserve">It is </w:t></w:r>'
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
        "</m:oMath><w:r><w:t>.</w:t></w:r></w:p>"
    )
    (entry,) = WordReader().read(write(tmp_path / "a.docx", formula)).entries
    assert [one.text for one in entry.sections] == ["It is ${x}^{2}$."]


def test_numbers_go_on_where_a_list_was_interrupted(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.docx",
        paragraph("one", level=0, number=2),
        paragraph("A remark."),
        paragraph("two", level=0, number=2),
        paragraph("below", level=1, number=2),
        table(("A", "B"), ("1", "2")),
        paragraph("below that", level=1, number=2),
        paragraph("three", level=0, number=2),
        paragraph("Another list:"),
        paragraph("first", level=0, number=3),
        paragraph("A remark."),
        paragraph("second", level=0, number=3),
    )
    (entry,) = WordReader().read(path).entries
    (section,) = entry.sections
    assert section.text == (
        "1. one\n\nA remark.\n\n2. two\n   - a. below\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n"
        "- b. below that\n\n3. three\n\nAnother list:\n\n1. first\n\nA remark.\n\n2. second"
    )


def test_lists_by_styles_have_numbers_and_levels_too(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.docx",
        paragraph("one", "ListNumber"),
        paragraph("a", "ListBullet2"),
        paragraph("A remark."),
        paragraph("two", "ListNumber"),
    )
    (entry,) = WordReader().read(path).entries
    assert entry.sections[0].text == "1. one\n   - a\n\nA remark.\n\n2. two"


def test_chapters_are_sections_and_none_is_the_title(tmp_path: Path) -> None:
    parts = [paragraph("One", "Heading1"), paragraph("a"), paragraph("Two", "Heading1")]
    (entry,) = WordReader().read(write(tmp_path / "book.docx", *parts, paragraph("b"))).entries
    assert entry.name == "book"
    assert [(one.path, one.text) for one in entry.sections] == [(("One",), "a"), (("Two",), "b")]


def test_bold_lines_are_headings_where_no_style_makes_one(tmp_path: Path) -> None:
    path = write(
        tmp_path / "fees.docx",
        paragraph("SERVICES AGREEMENT", bold=True),
        paragraph("Between A and B."),
        paragraph("FEES", bold=True, level=0, number=2),
        paragraph("They are due in May.", level=1, number=2),
        paragraph("TERM", bold=True, level=0, number=2),
        table(("Begin", "End"), ("May", "June")),
        paragraph("Notice", bold=True),
        paragraph("Three months."),
    )
    (entry,) = WordReader().read(path).entries
    assert entry.name == "SERVICES AGREEMENT"
    assert [(one.path, one.text) for one in entry.sections] == [
        ((), "Between A and B."),
        (("1. FEES",), "- a. They are due in May."),
        (("2. TERM",), "| Begin | End |\n|---|---|\n| May | June |"),
        (("2. TERM", "Notice"), "Three months."),
    ]


def test_what_is_in_bold_need_not_be_a_heading(tmp_path: Path) -> None:
    parts = (
        paragraph("Mind the gap between train and platform.", bold=True),
        paragraph("Doors:", bold=True),
        paragraph("Oak", bold=True, level=0, number=2),
        paragraph("Ash", level=0, number=2),
        paragraph("It is here."),
        paragraph("Anna", bold=True),
    )
    (entry,) = WordReader().read(write(tmp_path / "a.docx", *parts)).entries
    assert [one.path for one in entry.sections] == [()]
    assert "1. **Oak**\n2. Ash" in entry.sections[0].text


def test_footnotes_belong_to_what_refers_to_them(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.docx",
        paragraph("Flights", "Heading1"),
        paragraph("By day").replace("</w:p>", f"{reference(2)}</w:p>"),
        paragraph("Trains", "Heading1"),
        paragraph("By night").replace("</w:p>", f"{reference(3)}</w:p>"),
        paragraph("End", "Heading1"),
        paragraph("It ends."),
        notes=("Of [six] hours.", "Of nine."),
    )
    (entry,) = WordReader().read(path).entries
    assert [one.text for one in entry.sections] == [
        "By day[^1]\n\n[^1]: Of [six] hours.",
        "By night[^2]\n\n[^2]: Of nine.",
        "It ends.",
    ]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    parts = (
        paragraph("1 Flights\t3", "toc1"),
        paragraph("1 Flights ..... 3"),
        paragraph("Gate 3"),
        paragraph("1 Flights", "Heading1"),
        paragraph("By day."),
        paragraph("2 Trains", "Heading1"),
        paragraph("By night."),
    )
    (entry,) = WordReader().read(write(tmp_path / "a.docx", *parts)).entries
    assert [one.text for one in entry.sections] == ["Gate 3", "By day.", "By night."]


def test_a_document_without_text_is_no_entry(tmp_path: Path) -> None:
    assert WordReader().read(write(tmp_path / "a.docx")).entries == ()


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "is no .docx file, or encrypted or broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "is no .docx file, or encrypted"),
        (b"PK\x03\x04" + b"x" * 100, "is no .docx file, or encrypted or broken"),
    ],
    ids="empty encrypted cut".split(),
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, data: bytes, complaint: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(KnowledgeBaseError, match=complaint):
        WordReader().read(path)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<broken")
    with pytest.raises(KnowledgeBaseError, match=r"is a broken \.docx file"):
        WordReader().read(path)


def test_an_archive_of_a_version_that_there_is_not_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    data = bytearray(path.read_bytes())
    # The version that is needed, in the list of what it holds.
    data[data.index(b"PK\x01\x02") + 6] = 84
    path.write_bytes(data)
    with pytest.raises(KnowledgeBaseError, match=r"is no \.docx file, or encrypted or broken"):
        WordReader().read(path)


def test_an_archive_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (60 * 2**20))
    with pytest.raises(KnowledgeBaseError, match="holds 60 MB of text, and 50 are read at most"):
        WordReader().read(path)


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    with pytest.raises(KnowledgeBaseError, match=r"pip install 'entrywise\[documents\]'"):
        WordReader().read(write(tmp_path / "a.docx", paragraph("x")))


def test_lines_of_a_typed_table_of_contents_are_no_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.docx",
        paragraph("Handbook", "Title"),
        paragraph("A. LEAVE1-1"),
        paragraph("B. FORM 26 ....... 12"),
        paragraph("A. LEAVE", "Heading1"),
        paragraph("26 days."),
        paragraph("B. FORM 26", "Heading1"),
        paragraph("See A. LEAVE 1"),
    )
    (entry,) = WordReader().read(path).entries
    assert [(one.path, one.text) for one in entry.sections] == [
        (("A. LEAVE",), "26 days."),
        (("B. FORM 26",), "See A. LEAVE 1"),
    ]


def test_check_marks_of_cells_are_kept(tmp_path: Path) -> None:
    mark = '<w:sym w:font="Wingdings" w:char="F0FC"/>'
    rows = table(("Duty", "Level 1"), ("Verify", "MARK")).replace("<w:t>MARK</w:t>", mark)
    (entry,) = WordReader().read(write(tmp_path / "a.docx", rows)).entries
    assert entry.sections[0].text.endswith("| Verify | ✓ |")


def test_a_bold_line_that_opens_a_document_is_its_title(tmp_path: Path) -> None:
    def name(*parts: str) -> str:
        (entry,) = WordReader().read(write(tmp_path / "file.docx", *parts)).entries
        return entry.name

    title, text = paragraph("LEASE", bold=True), paragraph("Between A and B.")
    term = (paragraph("Term", "Heading2"), paragraph("Two years."))
    assert name(title, text, *term) == name(title, text) == "LEASE"
    # Of a page of titles none is known to be the one, and a heading of the first level is one.
    assert name(title, paragraph("ACME", bold=True), text, *term) == "file"
    assert name(title, paragraph("Flats", "Heading1"), text) == "Flats"


def test_titles_in_bold_that_clauses_begin_with_are_headings(tmp_path: Path) -> None:
    def clause(title: str, text: str) -> str:
        bold = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{title}</w:t></w:r>"
        return f'<w:p>{bold}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'

    def paths(*clauses: tuple[str, str]) -> list[tuple[str, ...]]:
        parts = (clause(*one) for one in clauses)
        path = write(tmp_path / "a.docx", paragraph("LICENSE", bold=True), *parts)
        (entry,) = WordReader().read(path).entries
        return [section.path for section in entry.sections]

    fee, use = ("License fee", " It is due in May."), ("2. Use", " You may use it.")
    assert paths(fee, use, ("End.", " It ends.")) == [("License fee",), ("2. Use",), ("End.",)]
    # Labels, words that matter, and two titles alone part nothing.
    assert paths(("Fee", ": 5 euros"), ("Term", ": a year"), ("Law", ": ours")) == [()]
    assert paths(("all", " staff may"), ("no", " visitor may"), ("most", " guests may")) == [()]
    assert paths(fee, use, ("", "It ends.")) == [()]
