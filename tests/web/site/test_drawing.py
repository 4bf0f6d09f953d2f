"""The icon, drawn."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from numpy.typing import NDArray

from entrywise.web.site.drawing import icon, png

PAPER, INK = "#0b6b66", "#ffffff"


def pixels(png: bytes) -> NDArray[np.uint8]:
    """What a PNG shows, read by its specification: chunks of a length, a name and a checksum."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, found = 8, {}
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack(">I", png[at + 8 + length : at + 12 + length])
        assert checksum == zlib.crc32(name + content)
        found[name] = content
        at += 12 + length
    width, height = struct.unpack(">II", found[b"IHDR"][:8])
    rows = np.frombuffer(zlib.decompress(found[b"IDAT"]), np.uint8).reshape(height, -1)
    assert not rows[:, 0].any()
    depth = {2: 3, 6: 4}[found[b"IHDR"][9]]
    return rows[:, 1:].reshape(height, width, depth)


@pytest.mark.parametrize("size", [32, 192])
def test_it_has_its_colours_where_icon_svg_has_them(size: int) -> None:
    picture = pixels(png(icon(size, PAPER, INK, fills=False)))
    assert picture.shape == (size, size, 4)

    def at(x: float, y: float) -> list[int]:
        column, row = int(x * size / 32), int(y * size / 32)
        return [int(one) for one in picture[row, column]]

    for x, y in ((16, 9), (10, 16), (14, 23)):
        assert at(x, y) == [255, 255, 255, 255]
    for x, y in ((16, 12.5), (24, 16), (28, 9)):
        assert at(x, y) == [0x0B, 0x6B, 0x66, 255]
    assert at(0, 0)[3] == 0


def test_one_that_others_cut_has_no_corners_of_its_own() -> None:
    assert pixels(png(icon(64, PAPER, INK, fills=True)))[..., 3].min() == 255
