"""The icon, drawn: a square with three lines, in any colour and size; and pixels as PNG.

Phones and chats show no SVG, and a library that draws one weighs more than all of the pages. So
each shape is told by how far a point is from it, and half a pixel of that is its edge.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

Shape = NDArray[np.float64]
"""float64 (size, size): how far each pixel is outside of a shape, in pixels; inside it is < 0."""

_UNITS = 32
"""The side of icon.svg, in its own units."""
_ROUND = 7.0
_LINES = ((7.0, 9.0, 25.0), (7.0, 16.0, 18.0), (7.0, 23.0, 22.0))
"""Left end, height and right end of each."""
_HALF_WIDTH = 1.6
_LEVEL = 6
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6
"""Kinds of colours, as PNG counts them."""


def icon(size: int, paper: str, ink: str, *, fills: bool = False) -> NDArray[np.uint8]:
    """The icon, uint8 (size, size, 4).

    Args:
        size: pixels of its side.
        paper: the colour of the square, as `#rrggbb`.
        ink: that of the lines.
        fills: whether the square has no round corners, for those who cut it themselves.
    """
    scale = size / _UNITS
    y, x = np.mgrid[0:size, 0:size] / scale + 0.5 / scale
    square = _covered(_rounded(x, y, 0.0 if fills else _ROUND), scale)
    lines = np.max([_covered(_capsule(x, y, *line), scale) for line in _LINES], axis=0)
    colour = channels(paper) + lines[..., None] * (channels(ink) - channels(paper))
    return np.dstack([colour, square * 255]).round().astype(np.uint8)


def _rounded(x: Shape, y: Shape, radius: float) -> Shape:
    half = _UNITS / 2
    across = np.abs(x - half) - half + radius
    down = np.abs(y - half) - half + radius
    outside = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
    return outside + np.minimum(np.maximum(across, down), 0) - radius


def _capsule(x: Shape, y: Shape, left: float, height: float, right: float) -> Shape:
    return np.hypot(x - np.clip(x, left, right), y - height) - _HALF_WIDTH


def _covered(distance: Shape, scale: float) -> Shape:
    """How much of each pixel a shape covers, in [0, 1]."""
    return np.clip(0.5 - distance * scale, 0, 1)


def channels(colour: str) -> NDArray[np.float64]:
    """A colour as `#rrggbb` in red, green and blue, float64 (3,), in [0, 255]."""
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)


def png(pixels: NDArray[np.uint8]) -> bytes:
    """uint8 (height, width, 3 or 4), the fourth how opaque it is, as PNG
    (https://www.w3.org/TR/png/)."""
    height, width, depth = pixels.shape
    header = struct.pack(">II5B", width, height, 8, _RGBA if depth == 4 else _RGB, 0, 0, 0)
    # Each row begins with the number of its filter: none.
    rows = np.insert(pixels.reshape(height, -1), 0, 0, axis=1)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), _LEVEL)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
