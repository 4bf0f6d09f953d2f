from __future__ import annotations

from pathlib import Path

import pytest
from pdfs import Line, pdf

from entrywise.data.readers.formats.pdf import PdfReader


def parts_of_a_line(*parts: tuple[float, str]) -> str:
    """Letters of the font F5, which are 6 points wide, from some places on."""
    told = " ".join(f"1 0 0 1 {left} 700 Tm ({text}) Tj" for left, text in parts)
    return f"BT /F5 10 Tf {told} ET"


@pytest.mark.parametrize(
    ("letter", "blank", "said"),
    [("fi", 87, "define"), ("\ufb01", 87, "define"), ("fi", 90, "defi ne"), ("f", 87, "def ne")],
)
def test_a_blank_that_stands_upon_letters_that_are_set_as_one_is_none(
    tmp_path: Path, letter: str, blank: float, said: str
) -> None:
    path = tmp_path / "a.pdf"
    after = 90 if blank < 90 else 96
    line = parts_of_a_line((72, "dex"), (blank, " "), (after, "ne"))
    path.write_bytes(pdf([line], letters={"x": letter}))
    (entry,) = PdfReader().read(path).entries
    assert [one.text for one in entry.sections] == [said]


def test_the_cells_of_a_table_are_those_between_lines_that_are_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    drawn = ["1 w", *(f"72 {y} m 372 {y} l S" for y in (710, 690, 650, 630))]
    # Some programs draw lines as rectangles that are thin, and others those around cells.
    drawn += ["72 630 1 80 re f 371 630 1 80 re f", "172 630 100 80 re S"]
    page: list[Line] = [(10, 740, "Who lifts which boat is said in this table, and in no other:")]
    rows = (("Boat", "When", "By whom"), ("Blue", "", "The crane"), ("Red", "-", "Ann"))
    for top, row in zip((696, 670, 636), rows, strict=True):
        page += [(10, top, text, 76 + 100 * n) for n, text in enumerate(row)]
    page += [(10, 676, "In May and", 176), (10, 664, "in June", 176)]
    page.append((10, 600, "Nobody else lifts boats."))
    path.write_bytes(pdf([*page, *drawn]))
    (entry,) = PdfReader().read(path).entries
    assert entry.sections[0].text.endswith(
        "| Boat | When | By whom |\n|---|---|---|\n| Blue | In May and in June | The crane |\n"
        "| Red | - | Ann |\n\nNobody else lifts boats."
    )


def test_cells_that_stand_close_to_each_other_are_parted_by_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    drawn = [f"72 {y} m 192 {y} l S" for y in (710, 690, 670)]
    drawn += [f"{x} 670 m {x} 710 l S" for x in (72, 132, 192)]
    lines = [parts_of_a_line((74, "Boatnames"), (134, "Lengths"))]
    lines += [parts_of_a_line((74, "Blue"), (134, "9 m")).replace("700", "680")]
    path.write_bytes(pdf([*drawn, *lines]))
    (entry,) = PdfReader().read(path).entries
    assert "| Boatnames | Lengths |" in entry.sections[0].text
