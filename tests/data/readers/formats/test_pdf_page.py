from __future__ import annotations

from pathlib import Path

import pytest
from pdfs import pdf

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
