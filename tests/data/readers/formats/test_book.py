from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.book import BookReader

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="{0}#"><e:Data>'
    '<e:CipherReference URI="{1}"/></e:Data></encryption>'
)
CHAPTERS = {
    "text/tides%20one.xhtml": (
        "<h1>Tides</h1><p>Twice a day.</p><h2>Springs</h2><p>At new moon.</p>"
    ),
    "text/oars.xhtml": "<p>Two are enough.</p>",
}
NAV = '<nav><ol><li><a href="text/oars.xhtml">Of oars</a></li></ol></nav>'
NCX = (
    '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Of oars'
    '</text></navLabel><content src="text/oars.xhtml"/></navPoint></navMap></ncx>'
)


def package(spine: str = "", contents: str = "", chapters: dict[str, str] = CHAPTERS) -> str:
    """The package of a book: its title, its files, and the order of reading."""
    files = "".join(
        f'<item id="c{number}" href="{path}" media-type="application/xhtml+xml"/>'
        for number, path in enumerate(chapters)
    )
    order = spine or "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>The Rower's\n Almanac</dc:title></metadata>"
        f"<manifest>{files}{contents}</manifest><spine>{order}</spine></package>"
    )


def page(body: str) -> str:
    return f"<html xmlns='http://www.w3.org/1999/xhtml'><head/><body>{body}</body></html>"


def book(path: Path, opf: str = "", **files: str) -> Path:
    """A book of the chapters above, with other files."""
    told = {"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": opf or package()}
    told |= {f"OEBPS/{name.replace('%20', ' ')}": page(body) for name, body in CHAPTERS.items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (told | files).items():
            if text:
                archive.writestr(name, text)
    return path


def test_a_chapter_is_an_entry_in_the_order_of_reading(tmp_path: Path) -> None:
    spine = '<itemref idref="c1"/><itemref idref="c0"/><itemref idref="none"/>'
    read = BookReader().read(book(tmp_path / "a.epub", package(spine)))
    assert [(one.id, one.name, one.category) for one in read.entries] == [
        ("text/oars", "The Rower's Almanac", "The Rower's Almanac"),
        ("text/tides one", "Tides", "The Rower's Almanac"),
    ]
    assert [(one.path, one.text) for one in read.entries[1].sections] == [
        ((), "Twice a day."),
        (("Springs",), "At new moon."),
    ]
    assert read.unread == ()


@pytest.mark.parametrize(
    ("item", "name", "text"),
    [
        ('media-type="application/xhtml+xml" properties="nav"', "nav.xhtml", page(NAV)),
        ('media-type="application/x-dtbncx+xml"', "toc.ncx", NCX),
    ],
)
def test_a_chapter_without_a_heading_is_called_as_the_table_of_contents_does(
    tmp_path: Path, item: str, name: str, text: str
) -> None:
    spine = '<itemref idref="nav"/><itemref idref="c0"/><itemref idref="c1"/>'
    opf = package(spine, f'<item id="nav" href="{name}" {item}/>')
    read = BookReader().read(book(tmp_path / "a.epub", opf, **{f"OEBPS/{name}": text}))
    assert [one.name for one in read.entries] == ["Tides", "Of oars"]


def test_what_stands_beside_the_text_and_pages_in_print_are_no_text(tmp_path: Path) -> None:
    marked = (
        '<p>One<span xmlns:epub="x" epub:type="pagebreak">17</span> and '
        '<ruby>山<rp>(</rp><rt>やま</rt></ruby>.<span role="doc-pagebreak">18</span></p>'
    )
    spine = '<itemref idref="c0"/><itemref idref="c1" linear="no"/>'
    path = book(tmp_path / "a.epub", package(spine), **{"OEBPS/text/tides one.xhtml": page(marked)})
    (entry,) = BookReader().read(path).entries
    assert entry.sections[0].text == "One and 山."


def test_a_chapter_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = book(tmp_path / "a.epub", **{"OEBPS/text/oars.xhtml": ""})
    read = BookReader().read(path)
    assert [one.name for one in read.entries] == ["Tides"]
    assert [(one.place, one.reason) for one in read.unread] == [
        (f"{path}: text/oars.xhtml", "is not there")
    ]


@pytest.mark.parametrize(("file", "is_read"), [("OEBPS/text/oars.xhtml", False), ("a.otf", True)])
def test_a_book_that_is_protected_against_copying_is_refused(
    tmp_path: Path, file: str, is_read: bool
) -> None:
    told = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc", file)
    path = book(tmp_path / "a.epub", **{"META-INF/encryption.xml": told})
    if is_read:
        assert len(BookReader().read(path).entries) == 2
    else:
        with pytest.raises(KnowledgeBaseError, match="is protected against copying"):
            BookReader().read(path)


@pytest.mark.parametrize(
    "files",
    [
        {"META-INF/container.xml": ""},
        {"META-INF/container.xml": "<container/>"},
        {"OEBPS/book.opf": "<package"},
    ],
)
def test_a_broken_book_is_refused(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(KnowledgeBaseError, match=r"is a broken \.epub file"):
        BookReader().read(book(tmp_path / "a.epub", **files))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(b"PK")
    with pytest.raises(KnowledgeBaseError, match=r"is no \.epub file, or encrypted or broken"):
        BookReader().read(path)


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    with pytest.raises(KnowledgeBaseError, match=r"pip install 'entrywise\[documents\]'"):
        BookReader().read(book(tmp_path / "a.epub"))
