from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from growth import grows_linearly
from openpyxl import Workbook

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.base import Reading
from entrywise.data.readers.formats.tables.workbook import WorkbookReader

RATES = [("Country", "Hotel", "Remark"), ("Norway", 160, "with breakfast"), ("Peru", 95.5, None)]


def book(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> tuple[Path, Workbook]:
    """A workbook with sheets of rows; it is saved by the caller, once it has what else it needs."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return path, made


def saved(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    path, made = book(path, *sheets)
    made.save(path)
    return path


def test_a_row_is_an_entry_with_its_cells_as_they_are_shown(tmp_path: Path) -> None:
    path, made = book(tmp_path / "rates.xlsx", ("Rates", RATES))
    for cell in made["Rates"]["B"][1:]:
        cell.number_format = '"€"#,##0.00'
    made.save(path)
    read = WorkbookReader().read(path)
    assert [(one.id, one.name, one.category) for one in read.entries] == [
        ("1", "Norway", "documents"),
        ("2", "Peru", "documents"),
    ]
    assert [one.sections[0].text for one in read.entries] == [
        "Country: Norway; Hotel: €160.00; Remark: with breakfast",
        "Country: Peru; Hotel: €95.50",
    ]


def test_of_several_sheets_each_is_a_category(tmp_path: Path) -> None:
    faq = [("Question", "Answer"), ("Where is the boat?", "At the pier, behind the old crane.")]
    path = saved(tmp_path / "a.xlsx", ("Rates", RATES), ("Help", faq), ("Empty", []))
    assert [(one.id, one.name, one.category) for one in WorkbookReader().read(path).entries] == [
        ("Rates/1", "Norway", "Rates"),
        ("Rates/2", "Peru", "Rates"),
        ("Help/1", "Where is the boat?", "Help"),
    ]


def test_a_sheet_that_is_no_table_of_names_is_a_page(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ("Numbers", [(1, 2), (3, 4), (None, 5)]))
    (entry,) = WorkbookReader().read(path).entries
    assert (entry.name, entry.sections[0].text) == (
        "Numbers",
        "| 1 | 2 |\n|---|---|\n| 3 | 4 |\n|  | 5 |",
    )


def test_columns_that_people_name_have_to_be_there(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ("Rates", RATES))
    with pytest.raises(KnowledgeBaseError, match="sheet 'Rates': column 'Town' is missing"):
        WorkbookReader(Reading(columns={"title": "Town"})).read(path)


def test_a_table_may_begin_anywhere_below_a_title(tmp_path: Path) -> None:
    rows = [(), (None, "Rates of 2026"), *((None, *row) for row in RATES)]
    read = WorkbookReader().read(saved(tmp_path / "a.xlsx", ("Rates", rows)))
    assert [one.name for one in read.entries] == ["Norway", "Peru"]
    assert [(one.place, one.reason) for one in read.unread if "above" in one.reason] == [
        (
            f"{tmp_path / 'a.xlsx'}: sheet 'Rates'",
            "row 2: 'Rates of 2026' stands above the header; it was left out",
        )
    ]


def test_rows_that_repeat_the_header_under_another_name_head_parts(tmp_path: Path) -> None:
    rows = [*RATES, ("Town", "Hotel", "Remark"), ("Oslo", 180, "by the fjord")]
    read = WorkbookReader().read(saved(tmp_path / "a.xlsx", ("Rates", rows)))
    assert [one.name for one in read.entries] == ["Norway", "Peru", "Oslo"]
    assert "row 4: 'Town' heads a part; it was left out" in [one.reason for one in read.unread]


def test_cells_that_are_merged_downwards_say_the_same_in_each_row(tmp_path: Path) -> None:
    rows = [("Region", "Country", "Hotel"), ("North", "Norway", 160), (None, "Iceland", 170)]
    path, made = book(tmp_path / "a.xlsx", ("Rates", rows))
    made["Rates"].merge_cells("A2:A3")
    made.save(path)
    told = [one.sections[0].text for one in WorkbookReader().read(path).entries]
    assert told == [
        "Region: North; Country: Norway; Hotel: 160",
        "Region: North; Country: Iceland; Hotel: 170",
    ]


def test_hidden_sheets_errors_and_formulas_without_a_value_are_told(tmp_path: Path) -> None:
    rows = [*RATES, ("Chad", "=B2+B3", "#N/A")]
    path, made = book(tmp_path / "a.xlsx", ("Rates", rows), ("Lists", [("a", "b"), ("c", "d")]))
    made["Lists"].sheet_state = "hidden"
    made["Rates"]["C4"].data_type = "e"
    made.save(path)
    read = WorkbookReader().read(path)
    assert [one.name for one in read.entries] == ["Norway", "Peru"]
    told = [f"{one.place.removeprefix(str(path))} {one.reason}" for one in read.unread]
    assert ": sheet 'Lists' is hidden, and was not read" in told
    assert " 1 formula has no value; save it in a program that computes them" in told
    assert ": sheet 'Rates' 1 row has no text" in told


def test_cells_that_are_only_formatted_or_merged_far_away_take_no_time(tmp_path: Path) -> None:
    path, made = book(tmp_path / "a.xlsx", ("Rates", RATES))
    made["Rates"]["XFD1048576"].number_format = "0%"
    made.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    merged = b'<mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", b"</sheetData>" + merged)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    # Each cell of the sheet would be one of 17 milliards.
    assert [one.name for one in WorkbookReader().read(path).entries] == ["Norway", "Peru"]


def test_what_is_too_wide_for_a_table_is_listed(tmp_path: Path) -> None:
    wide = [[f"c{n}" for n in range(600)]] * 2
    path = saved(tmp_path / "a.xlsx", ("Wide", wide), ("Rates", RATES))
    read = WorkbookReader().read(path)
    assert [one.name for one in read.entries] == ["Norway", "Peru"]
    assert (f"{path}: sheet 'Wide'", "has more than 500 columns; split it") in [
        (one.place, one.reason) for one in read.unread
    ]


def test_escaped_characters_are_what_they_stand_for(tmp_path: Path) -> None:
    rows = [("Term", "Definition"), ("VPN", "A private_x000D_\nnetwork for all of us.")]
    (entry,) = WorkbookReader().read(saved(tmp_path / "a.xlsx", ("T", rows))).entries
    assert entry.sections[0].text == "A private\nnetwork for all of us."


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", r"is no \.xlsx file, or encrypted or broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, r"is no \.xlsx file, or encrypted"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes, complaint: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(KnowledgeBaseError, match=complaint):
        WorkbookReader().read(path)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.XLSX"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(KnowledgeBaseError, match=r"is a broken \.xlsx file"):
        WorkbookReader().read(path)


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "a.xlsx", ("Rates", RATES))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(KnowledgeBaseError, match=r"pip install 'entrywise\[documents\]'"):
        WorkbookReader().read(path)


def test_many_rows_take_as_much_time_each(tmp_path: Path) -> None:
    sizes = (100, 1_600)
    for size in sizes:
        saved(tmp_path / f"{size}.xlsx", ("Rates", [RATES[0], *RATES[1:2] * size]))
    read = WorkbookReader().read
    assert grows_linearly(lambda size: read(tmp_path / f"{size}.xlsx"), max(sizes))
