"""Pictures that documents show, kept in one file: a ZIP archive, by their paths in the folder that
was read."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.system_errors import DAMAGED_ARCHIVE, unreadable

LARGEST = 2 * 2**20
"""Bytes of a picture."""
MOST = 50 * 2**20
"""Bytes of all pictures of a knowledge base."""
_WIDEST = 20_000
"""Pixels: more is a mistake, or meant to break a page."""


def write_pictures(path: Path, pictures: Mapping[str, Path]) -> None:
    """Write an archive; the same pictures give the same bytes.

    Args:
        pictures: {name: file}.

    Raises:
        KnowledgeBaseError: one cannot be read any more.
        OSError: the archive cannot be written.
    """
    with ZipFile(path, "w") as archive:
        for name, file in sorted(pictures.items()):
            try:
                content = file.read_bytes()
            except OSError as error:
                message = unreadable(file, error)
                raise KnowledgeBaseError(message) from error
            archive.writestr(ZipInfo(name), content)


class Pictures:
    """The pictures of an archive, by name. Safe to share between threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Open an archive; without one there are none.

        Raises:
            OSError: it cannot be read, or is none.
        """
        try:
            self._archive = ZipFile(path) if path else None
        except DAMAGED_ARCHIVE as error:
            raise OSError(f"{path} is damaged ({error})") from error
        self._sizes: dict[str, tuple[int, int] | None] = {}
        self.names = frozenset(self._archive.namelist() if self._archive else ())

    def read(self, name: str) -> bytes:
        """The bytes of a picture.

        Raises:
            KeyError: there is none of this name.
            OSError: it is damaged.
        """
        if self._archive is None:
            raise KeyError(name)
        try:
            return self._archive.read(name)
        except DAMAGED_ARCHIVE as error:
            raise OSError(f"the picture {name!r} is damaged ({error})") from error

    def size(self, name: str) -> tuple[int, int] | None:
        """How wide and high a picture is, in pixels; None where it does not say, or is damaged.

        Raises:
            KeyError: there is none of this name.
        """
        if name not in self._sizes:
            try:
                self._sizes[name] = _size(self.read(name))
            except OSError:
                self._sizes[name] = None
        return self._sizes[name]


def _size(content: bytes) -> tuple[int, int] | None:
    # A page that shows no picture does not wait for it.
    from imagesize import imagesize

    try:
        width, height = map(round, imagesize.get(BytesIO(content)))
    except Exception:  # What imagesize raises at a broken file is not documented.
        return None
    return (width, height) if 0 < width <= _WIDEST and 0 < height <= _WIDEST else None


NO_PICTURES = Pictures()
"""The pictures of a knowledge base whose documents show none."""
