"""An accent as colours that can be read: by the formula of WCAG, on the papers of the styles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers

import entrywise.web
from entrywise.web.served.colours import (
    DARK_PAPERS,
    LIGHT_PAPERS,
    READABLE,
    Scheme,
    contrast,
    dark_scheme,
    light_scheme,
    readable,
)

STATIC = Path(entrywise.web.__path__[0], "static")

colours = integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # As WebAIM's checker has them.
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#000000", 5.25),
        ("#abc", "#aabbcc", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.005)


@given(accent=colours)
def test_every_accent_can_be_read_on_both_papers(accent: str) -> None:
    for scheme, papers in (
        (light_scheme(accent), LIGHT_PAPERS),
        (dark_scheme(accent), DARK_PAPERS),
    ):
        below = (*papers, scheme.tint, scheme.on_accent)
        assert min(contrast(scheme.accent, paper) for paper in below) >= READABLE


@given(accent=colours)
def test_what_can_be_read_stays_as_it_is(accent: str) -> None:
    found = readable(accent, LIGHT_PAPERS)
    assert readable(found, LIGHT_PAPERS) == found
    if min(contrast(accent, paper) for paper in LIGHT_PAPERS) >= READABLE:
        # But for what rounding takes in the way to hue and lightness and back.
        assert contrast(found, accent) < 1.03


def test_a_colour_keeps_its_hue() -> None:
    assert light_scheme("#ffcc00") == Scheme("#816700", "#ffffff", "#eeeadc")
    assert dark_scheme("#0a2a6c").accent == "#5c8cf0"


@pytest.mark.parametrize("style", ["css/base.css", "widget/widget.css"])
def test_the_papers_are_those_of_the_styles(style: str) -> None:
    text = (STATIC / style).read_text("utf-8")
    for name, light, dark in zip(
        ("paper", "raised", "sunk"), LIGHT_PAPERS, DARK_PAPERS, strict=True
    ):
        assert re.search(rf"--{name}: light-dark\({light}, {dark}\);", text)
