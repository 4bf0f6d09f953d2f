"""Draws the letters of cards anew, from the font of the pages; signs that it has not, from that of
their formulas.

npm pack @fontsource/source-serif-4 && tar xzf fontsource-source-serif-4-*.tgz
python tests/web/site/draw_letters.py package/files web/site/letters
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

_WRITINGS = ("latin", "latin-ext", "greek", "cyrillic")
_FORMULAS = Path(__file__).parents[3] / "web/static/katex/fonts/KaTeX_Main-Regular.woff2"
_CHARACTERS = [chr(code) for code in (*range(0x20, 0x530), *range(0x1E00, 0x2300), 0xFFFD)]
_NONE = "\uffff"
_LOOKS = {"title": (600, 60), "text": (400, 40)}
"""Weight, and pixels of a size."""
_LEVELS = 15


def main(fonts: Path, out: Path) -> None:
    """Write a file for each look; `entrywise.web.site.lettering` says what is in it."""
    for look, (weight, size) in _LOOKS.items():
        drawn: dict[str, tuple[list[int], bytes]] = {}
        height = 0.0
        names = [fonts / f"source-serif-4-{one}-{weight}-normal.woff2" for one in _WRITINGS]
        for path in (*names, _FORMULAS):
            font = ImageFont.truetype(path, size)
            height = height or sum(font.getmetrics())
            for letter in filter(str.isprintable, _CHARACTERS):
                if letter not in drawn and _shape(font, letter) != _shape(font, _NONE):
                    drawn[letter] = _drawn(font, letter)
        np.savez_compressed(
            out / f"{look}.npz",
            letters=np.array([*drawn]),
            boxes=np.array([box for box, _ in drawn.values()], np.int16),
            pixels=np.frombuffer(b"".join(pixels for _, pixels in drawn.values()), np.uint8),
            height=np.array(height, np.int16),
        )


def _shape(font: ImageFont.FreeTypeFont, letter: str) -> tuple[bytes, float]:
    return bytes(font.getmask(letter)), font.getlength(letter)


def _drawn(font: ImageFont.FreeTypeFont, letter: str) -> tuple[list[int], bytes]:
    left, top, right, bottom = map(int, font.getbbox(letter))
    image = Image.new("L", (max(right - left, 0), max(bottom - top, 0)))
    if all(image.size):
        ImageDraw.Draw(image).text((-left, -top), letter, fill=255, font=font)
    pixels = np.rint(np.asarray(image) / 255 * _LEVELS).astype(np.uint8)
    return [left, top, *image.size, round(64 * font.getlength(letter))], pixels.tobytes()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
