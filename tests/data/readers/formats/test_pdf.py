from __future__ import annotations

import sys
import textwrap
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


TEXT = "Boats are rented by the day. Whoever brings one back late pays for two. Oars belong to it."


def columns(text: str, left: int, top: int, width: int = 36) -> list[Line]:
    """A text set in a column from some height on."""
    lines = textwrap.wrap(text, width)
    return [(10, top - 12 * place, line, left) for place, line in enumerate(lines)]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    first, second = f"First. {TEXT} {TEXT}", f"Second. {TEXT} {TEXT}"
    # Whoever wrote the file put the right one first.
    page = [(18, 740, "Boats"), *columns(second, 320, 700), *columns(first, 72, 700)]
    path.write_bytes(pdf(page))
    (entry,) = PdfReader().read(path).entries
    assert entry.name == "Boats"
    text = " ".join(" ".join(one.text for one in entry.sections).split())
    assert text == f"{first} {second}"


def test_tables_are_rows_and_lists_have_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page: list[Line] = [(10, 700, "Carry out these steps:")]
    steps = ("Remove the lock.", "Insert the tank until it clicks, which", "Plug it in.")
    for place, step in enumerate(steps):
        page += [(10, 680 - 24 * place, f"{place + 1}."), (10, 680 - 24 * place, step, 92)]
    page += [(10, 644, "may take a while.", 92), (10, 610, "The display shows what is wrong:")]
    rows = [("Code", "Cause", "Remedy"), ("E1", "Tank full", "Empty it"), ("E2", "Cold", "Heat")]
    for place, row in enumerate(rows):
        page += [(10, 580 - 18 * place, text, 72 + 150 * n) for n, text in enumerate(row)]
    path.write_bytes(pdf(page))
    (entry,) = PdfReader().read(path).entries
    (section,) = entry.sections
    assert section.text == (
        "Carry out these steps:\n\n1. Remove the lock.\n\n"
        "2. Insert the tank until it clicks, which may take a while.\n\n3. Plug it in.\n\n"
        "The display shows what is wrong:\n\n"
        "| Code | Cause | Remedy |\n|---|---|---|\n| E1 | Tank full | Empty it |\n"
        "| E2 | Cold | Heat |"
    )


def test_a_head_that_says_the_title_again_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page = [(8, 770, "Boats of Acme"), (20, 700, "Boats of Acme"), (10, 670, "They are blue.")]
    path.write_bytes(pdf(page, title="(anonymous)"))
    (entry,) = PdfReader().read(path).entries
    assert (entry.name, [one.text for one in entry.sections]) == (
        "Boats of Acme",
        ["They are blue."],
    )


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


def test_lines_whose_letters_are_all_as_wide_are_code(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf(
            [
                (
                    10,
                    700,
                    "Boats are lifted by the crane of the harbour as follows, and nobody asks:",
                ),
                (10, 680, "if the_crane_works:", 90, "F2"),
                (10, 668, "lift(boat)", 114, "F2"),
                (10, 640, "It may be done by those who have learned it, which takes some days."),
            ]
        )
    )
    (entry,) = PdfReader().read(path).entries
    (section,) = entry.sections
    assert "```\nif the_crane_works:\n    lift(boat)\n```" in section.text


def test_what_is_set_in_one_width_as_a_whole_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([(10, 700, "Boats are lifted by the crane.", 72, "F2")]))
    (entry,) = PdfReader().read(path).entries
    assert [one.text for one in entry.sections] == ["Boats are lifted by the crane."]


def test_code_keeps_its_indent_where_its_letters_are_scaled(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    code = ("if the_crane_works:", "    lift[the_boat]", "        and_wash[]")
    lines = [
        f"BT /F2 1 Tf 10 0 0 10 72 {600 - 12 * place} Tm ({line}) Tj ET"
        for place, line in enumerate(code)
    ]
    path.write_bytes(
        pdf([(10, 640, "Boats are lifted by the crane of the harbour, so: " * 2), *lines])
    )
    (entry,) = PdfReader().read(path).entries
    assert entry.sections[0].text.endswith(
        "```\nif the_crane_works:\n    lift[the_boat]\n        and_wash[]\n```"
    )


def test_letters_that_are_always_as_wide_are_no_code(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    letters = {chr(ord("a") + place): chr(0xAC00 + 28 * place) for place in range(26)}
    page: list[Line] = [(10, 640, "Boats are lifted by the crane of the harbour, as is said here:")]
    path.write_bytes(pdf([*page, (10, 600, "boats are lifted", 72, "F5")], letters=letters))
    (entry,) = PdfReader().read(path).entries
    said = "".join(letters.get(one, one) for one in "boats are lifted")
    assert entry.sections[0].text.endswith(f"\n\n{said}")


def test_what_stands_outside_of_a_page_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page: list[Line] = [*columns(TEXT, 72, 600), (10, 600, "Next page", 640), (8, 780, "a.indd 3")]
    box = b"/MediaBox [0 0 612 792]"
    path.write_bytes(pdf(page).replace(box, box + b" /CropBox [0 0 612 700]"))
    (entry,) = PdfReader().read(path).entries
    assert [one.text for one in entry.sections] == [TEXT]


def set_at(text: str, left: float, height: float, turned: str = "1 0 0 1") -> str:
    """Letters of some text, as a page says where they stand."""
    return f"BT /F1 10 Tf {turned} {left} {height} Tm ({text}) Tj ET"


@pytest.mark.parametrize("turned", ["0 1 -1 0", "0 -1 1 0", ".7 .7 -.7 .7", ".98 .17 -.17 .98"])
def test_what_does_not_stand_level_beside_a_text_is_left_out(tmp_path: Path, turned: str) -> None:
    path = tmp_path / "a.pdf"
    lines = columns(TEXT, 72, 700)
    path.write_bytes(pdf([*lines, set_at("Version 2 of May", 30, 690, turned)]))
    (entry,) = PdfReader().read(path).entries
    assert [one.text for one in entry.sections] == [TEXT]


def test_names_of_columns_may_stand_upright(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page: list[Line] = [*columns(TEXT, 72, 700, 80), (10, 640, "Which boats may be rented")]
    page += [
        set_at(name, 300 + 40 * n, 620, "0 1 -1 0") for n, name in enumerate(("Sail to", "Oar"))
    ]
    for place, row in enumerate((("Blue", "yes", "no"), ("Red", "no", "yes"))):
        lefts = (72, 294, 334)
        page += [(10, 600 - 18 * place, text, lefts[n]) for n, text in enumerate(row)]
    path.write_bytes(pdf(page))
    (entry,) = PdfReader().read(path).entries
    assert entry.sections[0].text.endswith(
        "|  | Sail to | Oar |\n|---|---|---|\n| Blue | yes | no |\n| Red | no | yes |"
    )


@pytest.mark.parametrize(
    ("turned", "left", "below"),
    [("0 1 -1 0", 100, (12, 0)), ("0 -1 1 0", 400, (-12, 0)), ("-1 0 0 -1", 400, (0, 12))],
    ids=["up", "down", "over"],
)
def test_a_page_is_turned_until_its_letters_stand_upright(
    tmp_path: Path, turned: str, left: int, below: tuple[int, int]
) -> None:
    path = tmp_path / "a.pdf"
    lines = [
        set_at(line, left + below[0] * place, 400 + below[1] * place, turned)
        for place, line in enumerate(textwrap.wrap(TEXT, 36))
    ]
    path.write_bytes(pdf(lines))
    (entry,) = PdfReader().read(path).entries
    assert [one.text for one in entry.sections] == [TEXT]


def test_what_is_set_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    twice = [
        set_at(letter, 72 + 6 * place + shift, 700)
        for place, letter in enumerate("BELLBOXES")
        for shift in (0, 0.4)
    ]
    again = [set_at("All of it again", 72 + shift, 660) for shift in (0, 0.4)]
    path.write_bytes(pdf([*twice, *again, (10, 600, "Hello little book.")]))
    (entry,) = PdfReader().read(path).entries
    (section,) = entry.sections
    assert section.text == "BELLBOXES\n\nAll of it again\n\nHello little book."


def test_a_letter_that_stands_for_nothing_known_begins_an_item(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page: list[Line] = [(10, 700, "Take with you:")]
    for place, text in enumerate(("an oar", "a sail", "some bread")):
        page += [(10, 680 - 14 * place, "x", 72, "F5"), (10, 680 - 14 * place, text, 92)]
    path.write_bytes(pdf(page, letters={"x": "\uf0a7"}))
    (entry,) = PdfReader().read(path).entries
    text = "Take with you:\n\n- an oar\n\n- a sail\n\n- some bread"
    assert [one.text for one in entry.sections] == [text]


@pytest.mark.parametrize("font", ["F3", "F4"])
def test_a_line_in_another_font_above_a_text_is_its_title(tmp_path: Path, font: str) -> None:
    path = tmp_path / "a.pdf"
    body = columns(TEXT, 72, 700, 60)
    page: list[Line] = [*body, (10, 640, "How they are lifted", 72, font)]
    page += columns(f"Both ends are tied first. {TEXT}", 72, 628, 60)
    path.write_bytes(pdf(page))
    (entry,) = PdfReader().read(path).entries
    first, second = entry.sections
    assert second.name == "how-they-are-lifted"
    assert second.text == f"Both ends are tied first. {TEXT}"
    assert first.text == TEXT


def test_a_sentence_in_another_font_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page: list[Line] = [(10, 640, "(Written on the back)", 72, "F4"), *columns(TEXT, 72, 628, 60)]
    path.write_bytes(pdf(page))
    (entry,) = PdfReader().read(path).entries
    (section,) = entry.sections
    assert section.text == f"(Written on the back)\n\n{TEXT}"


HEBREW = {chr(ord("a") + place): chr(0x5D0 + place) for place in range(22)}


def test_what_is_written_from_right_to_left_is_read_so(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    # As they stand on the page; the second line is shorter, and begins at the right, too.
    page: list[Line] = [(10, 700, "ab de (12.5 fgh) ijk lmno", 300, "F5")]
    page += [(10, 688, ".pq rs", 414, "F5"), (10, 660, "tu", 438, "F5")]
    path.write_bytes(pdf(page, letters=HEBREW))
    (entry,) = PdfReader().read(path).entries
    (section,) = entry.sections

    def told(text: str) -> str:
        return "".join(HEBREW.get(one, one) for one in text)

    assert section.text == told("onml kji (hgf 12.5) ed ba sr qp.") + "\n\n" + told("ut")


def test_the_columns_of_a_table_begin_at_the_right_where_its_text_does(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page: list[Line] = []
    for place, (left, right) in enumerate((("cd", "ab"), ("da", "bc"), ("ca", "bd"))):
        page += [(10, 700 - 18 * place, left, 100, "F5"), (10, 700 - 18 * place, right, 300, "F5")]
    path.write_bytes(pdf(page, letters=HEBREW))
    (entry,) = PdfReader().read(path).entries
    assert (
        entry.sections[0].text.splitlines()[2]
        == f"| {HEBREW['b']}{HEBREW['a']} | {HEBREW['d']}{HEBREW['c']} |"
    )
