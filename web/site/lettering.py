"""Text in pictures: letters that were drawn before, set beside each other.

A library that draws fonts weighs five times what there is room for in the base install, so the
letters of the pages' font (Latin, Greek and Cyrillic ones) come as pixels, in `letters/`.
`tests/web/site/draw_letters.py` makes them anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

Canvas = NDArray[np.float32]
"""float32 (height, width, 3), in [0, 255]."""
Colour = NDArray[np.float64]
"""float64 (3,), in [0, 255]."""

_LEVELS = 15
"""A pixel of a letter is covered in so many steps."""
_UNITS = 64
"""Parts of a pixel, in which the width of a letter is kept."""
_CUT = "…"


class Letter(NamedTuple):
    """How a letter covers its pixels, float32 (height, width) in [0, 1]; where they begin, right
    of and below the place where it is set; and how far right of it the next one is."""

    covers: NDArray[np.float32]
    left: int
    top: int
    advance: float


class Lettering(NamedTuple):
    """The letters of one look, and how many pixels a line takes."""

    letters: Mapping[str, Letter]
    height: int

    def has(self, text: str) -> bool:
        """Whether there is a letter for each character of a text."""
        return all(one in self.letters for one in normalize("NFC", text))

    def width(self, text: str) -> float:
        """Pixels from the first letter of a text to behind the last one; it has all of them."""
        return sum(self.letters[one].advance for one in normalize("NFC", text))

    def lines(self, text: str, width: float, most: int) -> Sequence[str]:
        """A text in lines of this width. What does not fit into so many of them is left out, and
        an ellipsis says so; a word that is wider than a line is cut."""
        found = [""]
        for word in text.split():
            longer = f"{found[-1]} {word}".lstrip()
            if self.width(longer) <= width:
                found[-1] = longer
            elif not found[-1]:
                found[-1] = self._cut(word, width)
            else:
                found.append(word if self.width(word) <= width else self._cut(word, width))
        if len(found) > most:
            found[most - 1] = self._cut(f"{found[most - 1]} {_CUT}", width)
        return found[:most]

    def _cut(self, text: str, width: float) -> str:
        """A text as far as it fits, with an ellipsis where it does not."""
        text = text.removesuffix(_CUT)
        while text and self.width(text + _CUT) > width:
            text = text[:-1]
        return f"{text.rstrip()} {_CUT}" if text.endswith(" ") else text + _CUT

    def draw(
        self, canvas: Canvas, text: str, x: float, y: int, colour: NDArray[np.float64]
    ) -> None:
        """Draw a line of text, with its left end and its top here; it fits on the canvas."""
        for one in normalize("NFC", text):
            covers, left, top, advance = self.letters[one]
            height, width = covers.shape
            down, across = y + top, round(x) + left
            below = canvas[down : down + height, across : across + width]
            below += covers[..., None] * (colour - below)
            x += advance


@cache
def lettering(look: str) -> Lettering:
    """The letters of a look, `title` or `text`."""
    with np.load(Path(__file__).parent / "letters" / f"{look}.npz", allow_pickle=False) as file:
        covers = file["pixels"].astype(np.float32) / _LEVELS
        boxes = file["boxes"].tolist()
        ends = np.cumsum([width * height for _, _, width, height, _ in boxes])
        drawn = np.split(covers, ends[:-1])
        letters = {
            letter: Letter(pixels.reshape(height, width), left, top, advance / _UNITS)
            for letter, pixels, (left, top, width, height, advance) in zip(
                file["letters"].tolist(), drawn, boxes, strict=True
            )
        }
        return Lettering(letters, int(file["height"]))
