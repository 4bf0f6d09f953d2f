"""Text in pictures."""

from __future__ import annotations

import numpy as np
import pytest

from entrywise.web.site.lettering import Lettering, lettering

INK = np.array([0.0, 0.0, 0.0])


def drawn(look: Lettering, text: str) -> np.ndarray:
    """How dark each pixel is where a text is set on white paper."""
    canvas = np.full((look.height, 600, 3), 255, np.float32)
    look.draw(canvas, text, 20, 0, INK)
    return 255 - canvas[..., 0]


@pytest.mark.parametrize("look", ["title", "text"])
def test_the_letters_of_the_languages_that_pages_speak_are_at_hand(look: str) -> None:
    assert lettering(look).has(
        "The quick brown fox, 0123456789: “naïve”? (90 %) — “Größe”, Ελλάδα, Привет …"
    )
    assert not lettering(look).has("注意")


def test_letters_are_set_one_beside_the_other() -> None:
    look = lettering("text")
    ink = drawn(look, "lil")
    columns = np.flatnonzero(ink.max(axis=0) > 128)
    assert columns[0] >= 20
    assert columns[-1] <= 20 + look.width("lil")
    # Between two letters is paper.
    assert np.diff(columns).max() > 1
    assert ink.max() == 255
    assert drawn(look, "é").sum() > drawn(look, "e").sum()


def test_a_letter_and_its_accent_are_one() -> None:
    assert np.array_equal(drawn(lettering("text"), "e\u0301"), drawn(lettering("text"), "é"))


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("one two three", 3, ["one two", "three"]),
        ("one two three", 1, ["one two …"]),
        ("one", 3, ["one"]),
        ("", 3, [""]),
        ("oneoneoneoneone two", 3, ["oneoneon…", "two"]),
        ("two oneoneoneoneone", 3, ["two", "oneoneon…"]),
        ("oneone twotwo three", 2, ["oneone", "twotwo …"]),
        ("oneone oneoneone three", 2, ["oneone", "oneoneon…"]),
    ],
)
def test_lines_fit(text: str, most: int, lines: list[str]) -> None:
    look = lettering("text")
    width = look.width("oneoneon…") + 1
    assert look.lines(text, width, most) == lines
    assert all(look.width(line) <= width for line in lines)
