"""Pictures of pages beside the last accepted ones.

What is accepted is kept small, in half its size: what a reader would see differ differs there, too,
and the last digit of a letter's edge, which another version of a browser draws otherwise, does not.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

ACCEPTED = Path(__file__).parent / "accepted"
_QUALITY = 35
_HIGHEST = 2_400
"""Pixels of a page from its top that are kept and compared: what follows is more of the same."""
_TILE = 8
"""Pixels of the halved picture: half the height of a line."""
_DIFFERENT = 14.0
"""Of 255, in the mean over a tile: a letter that is another one."""
_TALL = 2
"""Pixels of the halved picture by which heights may differ."""

Pixels = NDArray[np.float32]
"""float32 (height, width, 3), 0 to 255."""


class Difference(NamedTuple):
    """Where two pictures differ: how many tiles of how many, and a line that says so."""

    tiles: int
    of: int
    said: str

    def __bool__(self) -> bool:
        return bool(self.said)


def halved(picture: Image.Image) -> Image.Image:
    """The top of a picture in half its size."""
    top = picture.crop((0, 0, picture.width, min(picture.height, _HIGHEST)))
    size = (max(1, top.width // 2), max(1, top.height // 2))
    return top.convert("RGB").resize(size, Image.Resampling.BOX)


def _encoded(picture: Path) -> bytes:
    """What is kept of a picture."""
    kept = BytesIO()
    with Image.open(picture) as taken:
        halved(taken).save(kept, "WEBP", quality=_QUALITY, method=6)
    return kept.getvalue()


def accept(picture: Path, accepted: Path) -> None:
    """Keep a picture as the one that others are compared with."""
    accepted.parent.mkdir(parents=True, exist_ok=True)
    accepted.write_bytes(_encoded(picture))


def difference(picture: Path, accepted: Path, shown: Path | None = None) -> Difference:
    """How a picture differs from the accepted one.

    Args:
        shown: where the picture is written with what differs framed, if anything does.
    """
    if not accepted.exists():
        return Difference(0, 0, "none was accepted yet")
    # As it would be kept: what is lost by that is lost in both.
    with Image.open(BytesIO(_encoded(picture))) as taken, Image.open(accepted) as before:
        new, old = taken.convert("RGB"), before.convert("RGB")
    if new.width != old.width or abs(new.height - old.height) > _TALL:
        told = f"{2 * new.width} x {2 * new.height} instead of {2 * old.width} x {2 * old.height}"
        return Difference(0, 0, told)
    height = min(new.height, old.height)
    differs = _tiles(_pixels(new)[:height] - _pixels(old)[:height]) > _DIFFERENT
    if not differs.any():
        return Difference(0, differs.size, "")
    if shown:
        _framed(new, differs).save(shown)
    count = int(differs.sum())
    return Difference(count, differs.size, f"{count} of {differs.size} tiles differ")


def _pixels(picture: Image.Image) -> Pixels:
    return np.asarray(picture, np.float32)


def _tiles(apart: Pixels) -> Pixels:
    """The mean difference of each tile, float32 (rows, columns); what is left over at the right and
    below is a tile, too."""
    height, width, _ = apart.shape
    rows, columns = -(-height // _TILE), -(-width // _TILE)
    padded = np.zeros((rows * _TILE, columns * _TILE), np.float32)
    padded[:height, :width] = np.abs(apart).mean(axis=2)
    tiles: Pixels = padded.reshape(rows, _TILE, columns, _TILE).mean(axis=(1, 3))
    return tiles


def _framed(picture: Image.Image, differs: NDArray[np.bool_]) -> Image.Image:
    """A picture in which all is pale but the tiles that differ."""
    mask = np.kron(differs, np.ones((_TILE, _TILE), bool))[: picture.height, : picture.width]
    pixels = _pixels(picture)
    rows, columns = mask.shape
    pale = 255 - (255 - pixels[:rows, :columns]) / 4
    pale[mask] = pixels[:rows, :columns][mask]
    return Image.fromarray(pale.astype(np.uint8))
