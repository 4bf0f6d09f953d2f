"""How pictures of pages are compared."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from e2e.looks import accept, difference
from PIL import Image, ImageDraw


@pytest.fixture
def page(tmp_path: Path) -> Path:
    picture = Image.new("RGB", (400, 600), "#fbfaf7")
    draw = ImageDraw.Draw(picture)
    for line in range(20):
        draw.text((20, 20 + 28 * line), f"A line of text, the {line}th of them", fill="#1c2024")
    picture.save(tmp_path / "page.png")
    accept(tmp_path / "page.png", tmp_path / "accepted" / "page.webp")
    return tmp_path / "page.png"


def accepted(page: Path) -> Path:
    return page.parent / "accepted" / "page.webp"


def test_the_same_picture_does_not_differ(page: Path) -> None:
    assert not difference(page, accepted(page))


def test_what_nobody_sees_does_not_differ(page: Path) -> None:
    drawn = np.random.default_rng(0)
    with Image.open(page) as picture:
        pixels = np.asarray(picture, np.int16)
    noisy = np.clip(pixels + drawn.integers(-6, 7, pixels.shape), 0, 255)
    Image.fromarray(noisy.astype(np.uint8)).save(page)
    assert not difference(page, accepted(page))


@pytest.mark.parametrize("change", ["word", "colour", "moved"])
def test_what_a_reader_sees_differs_and_is_shown(change: str, page: Path, tmp_path: Path) -> None:
    with Image.open(page) as opened:
        picture = opened.copy()
    draw = ImageDraw.Draw(picture)
    if change == "word":
        draw.rectangle((20, 300, 90, 316), fill="#fbfaf7")
        draw.text((20, 300), "Changed", fill="#1c2024")
    elif change == "colour":
        draw.rectangle((0, 0, 400, 40), fill="#e0e0d8")
    else:
        picture = picture.transform(picture.size, Image.Transform.AFFINE, (1, 0, 0, 0, 1, 6))
    picture.save(page)
    found = difference(page, accepted(page), tmp_path / "shown.png")
    assert 0 < found.tiles < found.of
    assert "tiles differ" in found.said
    with Image.open(tmp_path / "shown.png") as shown:
        assert shown.size == (200, 300)


def test_another_size_differs(page: Path) -> None:
    with Image.open(page) as opened:
        cut = opened.crop((0, 0, 400, 500))
    cut.save(page)
    assert difference(page, accepted(page)).said == "400 x 500 instead of 400 x 600"


def test_a_picture_that_was_not_accepted_differs(page: Path, tmp_path: Path) -> None:
    assert difference(page, tmp_path / "none.webp").said == "none was accepted yet"
