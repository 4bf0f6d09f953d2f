from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from word_files import paragraph, write

from entrywise.data.documents.conversion.word_document.styles import Styles
from entrywise.data.readers.formats.office.word import WordReader


def test_a_style_of_ones_own_is_the_heading_that_it_is_based_on(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.docx",
        paragraph("Leave", "Title"),
        paragraph("Days", "HouseHeading"),
        paragraph("26 days."),
    )
    (entry,) = WordReader().read(path).entries
    assert [(one.path, one.text) for one in entry.sections] == [(("Days",), "26 days.")]


def test_a_paragraph_may_say_that_it_is_a_heading(tmp_path: Path) -> None:
    heading = paragraph("Days").replace("<w:pPr>", '<w:pPr><w:outlineLvl w:val="1"/>')
    path = write(tmp_path / "a.docx", paragraph("Leave", "Title"), heading, paragraph("26 days."))
    (entry,) = WordReader().read(path).entries
    assert [one.path for one in entry.sections] == [("Days",)]


def test_styles_in_a_circle_end() -> None:
    styles = ET.fromstring(
        '<styles><style styleId="a"><basedOn val="b"/></style>'
        '<style styleId="b"><basedOn val="a"/></style></styles>'
    )
    assert (
        Styles.read(styles, ET.fromstring("<none/>")).first("a", lambda one: one.text or "") == ""
    )


def test_the_table_of_typefaces_tells_which_are_of_one_width() -> None:
    fonts = ET.fromstring(
        '<fonts><font name="House"><charset val="00"/><pitch val="fixed"/></font>'
        '<font name="Mono Song"><charset val="86"/><pitch val="fixed"/></font>'
        '<font name="Consolas Sans"><charset val="00"/><pitch val="variable"/></font></fonts>'
    )
    pitches = Styles.read(ET.fromstring("<styles/>"), fonts).pitches
    assert pitches == {"House": True, "Consolas Sans": False}
