from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import pytest
from pdfs import Line, pdf

from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.pdf import PdfReader

PAGES: tuple[list[Line], ...] = (
    [
        (24, 700, "Leave"),
        (10, 660, "Everyone has leave, and unused days are car-"),
        (10, 648, "ried over until March. It is a long text that"),
        (10, 636, "says (what) a short text says."),
        (16, 600, "Asking for it"),
        (10, 580, "Ask early, and"),
        (8, 20, "Acme handbook 1"),
    ],
    [
        (10, 700, "ask again."),
        (16, 660, "Carrying over"),
        (10, 640, "Until March."),
        (8, 20, "Acme handbook 2"),
    ],
    [(10, 700, "After that they are lost."), (8, 20, "Acme handbook 3")],
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A PDF of three pages."""
    path = tmp_path / "leave.pdf"
    path.write_bytes(pdf(*PAGES))
    return path


def test_what_is_set_larger_is_a_heading_and_leads_to_its_page(written: Path) -> None:
    (entry,) = PdfReader().read(written).entries
    assert (entry.id, entry.name) == ("leave", "Leave")
    assert [(one.name, one.anchor, one.text) for one in entry.sections] == [
        (
            "introduction",
            "",
            "Everyone has leave, and unused days are carried over until March. It is a long text "
            "that says (what) a short text says.",
        ),
        ("asking-for-it", "page=1", "Ask early, and ask again."),
        ("carrying-over", "page=2", "Until March.\n\nAfter that they are lost."),
    ]


def test_without_headings_each_page_is_a_section(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([(10, 700, "One.")], [(10, 700, "Two.")], title="Both pages"))
    (entry,) = PdfReader().read(path).entries
    assert entry.name == "Both pages"
    assert [(one.path, one.anchor) for one in entry.sections] == [
        (("Page 1",), "page=1"),
        (("Page 2",), "page=2"),
    ]


def test_a_page_that_was_scanned_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([(10, 700, "One.")], None, []))
    contents = PdfReader().read(path)
    assert len(contents.entries) == 1
    what = "holds a picture and no text, so it was scanned; have its text recognized"
    assert contents.unread == (Unread(f"{path}: page 2", what),)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (pdf([(10, 700, "One.")], encrypted=True), "is encrypted; save it without a password"),
        (b"", "is a broken PDF"),
        (b"%PDF-1.4\n" + b"x" * 1000, "is a broken PDF"),
        (b"\0" * 1000, "is a broken PDF"),
        (b"%PDF-1.4\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF", "is a broken PDF"),
    ],
    ids="encrypted empty text zeros root".split(),
)
def test_what_cannot_be_read_is_said_in_one_line(
    tmp_path: Path, data: bytes, complaint: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(KnowledgeBaseError, match=complaint) as caught:
        PdfReader().read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_what_is_cut_off_is_read_or_refused(written: Path) -> None:
    whole = written.read_bytes()
    for size in range(0, len(whole), 97):
        written.write_bytes(whole[:size])
        # Whatever is left of it, no other error comes out.
        with suppress(KnowledgeBaseError):
            PdfReader().read(written)


def test_without_the_library_the_extra_is_named(
    written: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pdfminer.pdfdocument", None)
    with pytest.raises(KnowledgeBaseError, match=r"pip install 'entrywise\[documents\]'"):
        PdfReader().read(written)
