from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
import pytest
from growth import grows_linearly
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from entrywise.data.entries import Entry
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.formats.office.slides import SlidesReader

TITLE, CONTENT, TITLE_ONLY = 0, 1, 5
"""Layouts of the template that the library brings along."""
ASKED = "Whoever wants to know it all, and has no time to look it up in the rules by themselves."
BOX = (Inches(1), Inches(2), Inches(3), Inches(1))

Fill = Callable[[Any], object]


def deck(path: Path, *slides: tuple[int, str, Fill]) -> Path:
    """A presentation of slides: the layout of each, its title, and what fills it."""
    made = pptx.Presentation()
    for layout, title, fill in slides:
        slide = made.slides.add_slide(made.slide_layouts[layout])
        slide.shapes.title.text = title
        fill(slide)
    made.save(str(path))
    return path


def body(*items: tuple[int, str]) -> Fill:
    def fill(slide: Any) -> None:
        frame = slide.placeholders[1].text_frame
        for number, (level, text) in enumerate(items):
            paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
            paragraph.text, paragraph.level = text, level

    return fill


def nothing(slide: Any) -> None:
    pass


def sections(entry: Entry) -> list[tuple[tuple[str, ...], str]]:
    return [(one.path, one.text) for one in entry.sections]


def test_a_slide_is_a_section_with_its_lists_and_notes(tmp_path: Path) -> None:
    def first_day(slide: Any) -> None:
        body((0, "Badge"), (1, "at the gate"), (0, "Laptop"))(slide)
        slide.notes_slide.notes_text_frame.text = "Ask Dana.\n\nBring your passport."

    path = deck(
        tmp_path / "deck.pptx",
        (TITLE, "Onboarding *\vfor all *", body((0, "2026"))),
        (CONTENT, "First day", first_day),
        (CONTENT, "Leave", body((0, "You have 26 days."))),
    )
    (entry,) = SlidesReader().read(path).entries
    assert (entry.id, entry.name) == ("deck", "Onboarding *")
    assert sections(entry) == [
        ((), "for all \\*\n\n2026"),
        (
            ("First day",),
            "- Badge\n  - at the gate\n- Laptop\n\nAsk Dana.\n\nBring your passport.",
        ),
        (("Leave",), "You have 26 days."),
    ]


def test_a_slide_with_nothing_but_a_title_heads_those_behind_it(tmp_path: Path) -> None:
    path = deck(
        tmp_path / "a.pptx",
        (TITLE, "Rowing", nothing),
        (CONTENT, "Welcome", body((0, "Hello."))),
        (TITLE_ONLY, "Boats", nothing),
        (CONTENT, "Oars", body((0, "Two."))),
        (TITLE_ONLY, "Water", nothing),
        (CONTENT, "Tides", body((0, "Twice a day."))),
    )
    (entry,) = SlidesReader().read(path).entries
    assert [path for path, _ in sections(entry)] == [
        ("Welcome",),
        ("Boats", "Oars"),
        ("Water", "Tides"),
    ]


def test_tables_charts_links_and_labels_are_read(tmp_path: Path) -> None:
    def table(slide: Any) -> None:
        cells = slide.shapes.add_table(2, 2, *BOX).table
        for row, texts in enumerate((("Country", "Days"), ("Poland", "26 * 2"))):
            for column, text in enumerate(texts):
                cells.cell(row, column).text = text

    def boxes(slide: Any) -> None:
        cells = slide.shapes.add_table(2, 1, *BOX).table
        cells.cell(0, 0).text, cells.cell(1, 0).text = "Who asks?", ASKED

    def chart(slide: Any) -> None:
        data = CategoryChartData()
        data.categories = ["2025", "2026"]
        data.add_series("Boats", (3, 4.5))
        slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *BOX, data)

    def link(slide: Any) -> None:
        run = slide.shapes.add_textbox(*BOX).text_frame.paragraphs[0].add_run()
        run.text, run.hyperlink.address = "the whole of the rules", "https://a.example/rules"
        for place, text in enumerate(("Client", "Server")):
            left = Inches(1 + 4 * place)
            slide.shapes.add_textbox(left, Inches(5), *BOX[2:]).text_frame.text = text

    path = deck(
        tmp_path / "a.pptx",
        (TITLE, "Rowing", nothing),
        (TITLE_ONLY, "Table", table),
        (TITLE_ONLY, "Boxes", boxes),
        (TITLE_ONLY, "Chart", chart),
        (TITLE_ONLY, "Link", link),
    )
    (entry,) = SlidesReader().read(path).entries
    assert sections(entry) == [
        (("Table",), "| Country | Days |\n|---|---|\n| Poland | 26 \\* 2 |"),
        (("Boxes", "Who asks?"), ASKED),
        (("Chart",), "|  | Boats |\n|---|---|\n| 2025 | 3 |\n| 2026 | 4.5 |"),
        (("Link",), "[the whole of the rules](https://a.example/rules)\n\nClient\\\nServer"),
    ]


def test_texts_come_from_top_to_bottom_and_from_left_to_right(tmp_path: Path) -> None:
    def fill(slide: Any) -> None:
        for text, left, top in (("three", 1, 5), ("two", 5, 2), ("one", 1, 2.05)):
            box = slide.shapes.add_textbox(Inches(left), Inches(top), *BOX[2:])
            box.text_frame.text = f"The one that is {text}."

    path = deck(tmp_path / "a.pptx", (TITLE, "Rowing", nothing), (TITLE_ONLY, "Order", fill))
    (entry,) = SlidesReader().read(path).entries
    assert [block.plain.split()[-1] for block in entry.sections[0].blocks] == [
        "one.",
        "two.",
        "three.",
    ]


def test_without_a_title_the_first_line_of_the_first_slide_is_it(tmp_path: Path) -> None:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    slide.shapes.add_textbox(*BOX).text_frame.text = "The rules of the harbour"
    slide.shapes.add_textbox(BOX[0], Inches(5), *BOX[2:]).text_frame.text = "Dogs may swim here."
    made.save(str(tmp_path / "a.pptx"))
    (entry,) = SlidesReader().read(tmp_path / "a.pptx").entries
    assert (entry.name, sections(entry)) == (
        "The rules of the harbour",
        [((), "Dogs may swim here.")],
    )


def test_what_is_not_read_is_told_by_its_slide(tmp_path: Path) -> None:
    def hidden(slide: Any) -> None:
        slide.element.set("show", "0")
        body((0, "Secret."))(slide)

    def picture(slide: Any) -> None:
        path = tmp_path / "dot.png"
        path.write_bytes(
            bytes.fromhex(
                "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944"
                "4154789c63606060f80f0001040100b5d9e1f30000000049454e44ae426082"
            )
        )
        slide.shapes.add_picture(str(path), *BOX)

    path = deck(
        tmp_path / "a.pptx",
        (TITLE, "Rowing", body((0, "2026"))),
        (CONTENT, "Draft", hidden),
        (TITLE_ONLY, "Plan", picture),
    )
    read = SlidesReader().read(path)
    assert [one.name for one in read.entries] == ["Rowing"]
    assert [(one.place.removeprefix(f"{path}: "), one.reason) for one in read.unread] == [
        ("slide 2", "is hidden, and was not read"),
        ("slide 3", "has pictures and no text below its title"),
    ]


def test_another_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ppt/presentation.xml", "<broken")
    with pytest.raises(KnowledgeBaseError, match=r"is a broken \.pptx file"):
        SlidesReader().read(path)


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = deck(tmp_path / "a.pptx", (TITLE, "Rowing", nothing))
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(KnowledgeBaseError, match=r"pip install 'entrywise\[documents\]'"):
        SlidesReader().read(path)


def test_many_slides_take_as_much_time_each(tmp_path: Path) -> None:
    sizes = (5, 80)
    for size in sizes:
        slide = (CONTENT, "Oars", body((0, "Two."), (0, "Four.")))
        deck(tmp_path / f"{size}.pptx", *[slide] * size)
    read = SlidesReader().read
    assert grows_linearly(lambda size: read(tmp_path / f"{size}.pptx"), max(sizes))
