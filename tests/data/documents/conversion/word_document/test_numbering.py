from __future__ import annotations

import zipfile
from pathlib import Path

from word_files import paragraph, write

from entrywise.data.documents.conversion.word_document.archive import completed


def numbers(path: Path) -> str:
    """The text of a document with its numbers, each between bars."""
    path.write_bytes(completed(path.read_bytes()))
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode().replace("\U0010fff0", "|")


def test_a_paragraph_holds_its_number(tmp_path: Path) -> None:
    parts = [paragraph("a", level=0, number=2), paragraph("b"), paragraph("c", level=0, number=2)]
    found = numbers(write(tmp_path / "a.docx", *parts))
    assert found.count("|") == 4
    assert found.index("|1|") < found.index(">a<") < found.index("|2|") < found.index(">c<")


def test_lists_of_one_definition_go_on_unless_they_begin_anew(tmp_path: Path) -> None:
    parts = [
        paragraph("x", level=level, number=number) for level, number in ((0, 2), (1, 2), (1, 2))
    ]
    parts += [paragraph("x", level=0, number=number) for number in (2, 3, 3, 2)]
    found = numbers(write(tmp_path / "a.docx", *parts))
    assert found.split("|")[1::2] == ["1", "1a", "2a", "2", "1", "2", "3"]


def test_what_is_in_no_list_or_in_one_that_is_missing_has_none(tmp_path: Path) -> None:
    parts = [paragraph("x", level=0, number=9), paragraph("x", level=12), paragraph("x", "Title")]
    assert "|" not in numbers(write(tmp_path / "a.docx", *parts))


def test_what_stands_there_twice_is_counted_once(tmp_path: Path) -> None:
    one = paragraph("x", level=0, number=2)
    space = 'xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<m:AlternateContent {space}><m:Choice>{one}</m:Choice><m:Fallback>{one}</m:Fallback>"
    found = numbers(write(tmp_path / "a.docx", f"{both}</m:AlternateContent>", one))
    assert found.split("|")[1::2] == ["1", "2"]


def test_what_a_tracked_change_takes_away_is_not_counted(tmp_path: Path) -> None:
    one = paragraph("x", level=0, number=2)
    left = [
        one.replace("</w:pPr>", f"<w:rPr><w:{mark} w:id='7'/></w:rPr></w:pPr>")
        for mark in ("del", "moveFrom", "ins", "moveTo")
    ]
    found = numbers(write(tmp_path / "a.docx", one, *left, one))
    assert found.split("|")[1::2] == ["1", "2", "3", "4"]


def test_an_empty_paragraph_that_ends_a_section_is_not_counted(tmp_path: Path) -> None:
    one = paragraph("x", level=0, number=2)
    end = one.replace("</w:pPr>", "<w:sectPr/></w:pPr>")
    empty = end.replace("<w:t>x</w:t>", "")
    found = numbers(write(tmp_path / "a.docx", one, empty, end))
    assert found.split("|")[1::2] == ["1", "2"]
