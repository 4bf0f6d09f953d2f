from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfs import pdf

from entrywise.data.documents.conversion.typeset.bookmarks import Bookmark
from entrywise.data.readers.formats.pdf import PdfReader
from entrywise.data.readers.formats.pdf_catalog import bookmarks, title

PAGES = [
    [(10, 740, "Moor"), (10, 700, "Boats are moored here."), (10, 660, "Rates")],
    [(10, 740, "Nobody pays."), (10, 700, "Lift"), (10, 660, "A crane lifts all boats.")],
]
ENTRIES = (
    "<< /First 11 0 R /Last 13 0 R >>",
    "<< /Title (Moor) /Dest [4 0 R /Fit] /Next 13 0 R /First 12 0 R /Last 12 0 R >>",
    "<< /Title (Rates) /Dest (rates) >>",
    "<< /Title (\\376\\377\\000L\\000i\\000f\\000t) /A << /S /GoTo /D /lift >> >>",
)
CATALOG = (
    "/Outlines 10 0 R /Names << /Dests << /Kids [<< /Names [(rates) << /D [4 0 R /Fit] >>] >>] >> "
    ">> /Dests << /lift [6 0 R /Fit] >>"
)


def parsed(content: bytes) -> PDFDocument:
    return PDFDocument(PDFParser(BytesIO(content)))


def test_bookmarks_lead_to_pages_by_places_names_and_actions() -> None:
    told = bookmarks(parsed(pdf(*PAGES, catalog=CATALOG, objects=ENTRIES)))
    assert told == {4: [Bookmark("Moor", 1), Bookmark("Rates", 2)], 6: [Bookmark("Lift", 1)]}


@pytest.mark.parametrize(
    ("catalog", "entries"),
    [
        ("", ()),
        ("/Outlines 77 0 R", ()),
        ("/Outlines (none)", ()),
        ("/Outlines 10 0 R", ("<< /First 11 0 R >>", "<< /First 11 0 R /Next 10 0 R >>")),
        ("/Outlines 10 0 R", ("<< /First 11 0 R >>", "<< /Title (Far) /Dest [99] >>")),
        ("/Outlines 10 0 R", ("<< /First 11 0 R >>", "<< /Title (Far) /Dest /gone >>")),
    ],
)
def test_what_leads_nowhere_is_no_bookmark(catalog: str, entries: tuple[str, ...]) -> None:
    assert not bookmarks(parsed(pdf(*PAGES, catalog=catalog, objects=entries)))


def test_headings_are_those_that_bookmarks_lead_to(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*PAGES, catalog=CATALOG, objects=ENTRIES))
    (entry,) = PdfReader().read(path).entries
    assert [(one.path, one.anchor) for one in entry.sections] == [
        (("Moor",), "page=1"),
        (("Moor", "Rates"), "page=1"),
        (("Lift",), "page=2"),
    ]


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("Boats of the harbour (Rev. F)", "Boats of the harbour (Rev. F)"),
        ("Boats, version 2.1", "Boats, version 2.1"),
        ("Self-service", "Self-service"),
        ("boats.indd", ""),
        ("Boats of the harbour.docx", ""),
        ("Boats-v2.1-FINAL", ""),
        ("boats_of_the_harbour", ""),
        ("Microsoft Word - Boats", ""),
    ],
)
def test_a_title_is_no_name_of_a_file(said: str, called: str) -> None:
    escaped = said.replace("(", "\\(").replace(")", "\\)")
    assert title(parsed(pdf(*PAGES, title=escaped))) == called


def test_a_title_may_stand_elsewhere_in_the_file() -> None:
    content = pdf(*PAGES, title="x", objects=("(Boats)",)).replace(b"/Title (x)", b"/Title 10 0 R")
    assert title(parsed(content)) == "Boats"
