"""Lines below the title that say what a page is."""

from __future__ import annotations

import pytest

from entrywise.data.documents.sections import read_page


def sections(text: str, *, is_exported: bool = False) -> dict[str, str]:
    page = read_page(text, is_exported=is_exported)
    for section in page.sections:
        for block in section.blocks:
            assert (
                section.text[block.start : block.end].strip()
                == section.text[block.start : block.end]
            )
    return {section.name: section.text for section in page.sections}


@pytest.mark.parametrize(
    "lines",
    [
        "Owner: Uma Berg\nLast edited: March 3, 2024 10:12 AM",
        "**Owner:** Uma Berg  \n**Status**: Draft",
        "Zuständig: Uma Berg\\\nStand: Entwurf",
    ],
)
def test_properties_are_a_section_behind_the_text(lines: str) -> None:
    found = sections(f"# Rind\n\n{lines}\n\nWash it:\n\n- with salt\n\n## Sale\n\nAt noon.")
    assert found == {
        "introduction": "Wash it:\n\n- with salt",
        "sale": "At noon.",
        "details": lines,
    }


def test_what_is_below_the_properties_is_read_as_it_is_without_them() -> None:
    rest = "| A | B |\n|---|---|\n| 1 | 2 |"
    (told, _), (bare,) = (
        read_page(f"# Rind\n\n{one}{rest}").sections
        for one in ("Owner: Uma\nStatus: Draft\n\n", "")
    )
    assert told == bare


def test_properties_say_what_they_say_on_one_line() -> None:
    *_, told = read_page("# Rind\n\n**Owner:** Uma\n**Status:** Draft\n\nWash it.").sections
    assert [block.plain for block in told.blocks] == ["Owner: Uma; Status: Draft"]


@pytest.mark.parametrize(
    "text",
    [
        "# Rind\n\nNote: wash it.\n\nWith salt.",
        "# Rind\n\nOwner: Uma\nand this goes on.\n\nWith salt.",
        "# Rind\n\nUma: Wash it!\nUma: With salt!",
        "# Rind\n\nWarning: wash it every other day.\nNote: wash your hands before you do.",
        "# Rind\n\nWash it.\n\nOwner: Uma\nStatus: Draft",
        "Owner: Uma\nStatus: Draft\n\nWash it.",
        "# Rind\n\n- Owner: Uma\n- Status: Draft\n\nWash it.",
    ],
)
def test_other_lines_stay_where_they_are(text: str) -> None:
    assert list(sections(text)) == ["introduction"]


def test_of_what_a_tool_exports_one_line_is_enough() -> None:
    found = sections("# Rind\n\nOwner: Uma\n\nWash it.", is_exported=True)
    assert found == {"introduction": "Wash it.", "details": "Owner: Uma"}
