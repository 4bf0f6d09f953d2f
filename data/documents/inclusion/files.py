"""Which files are taken in: those below the folder that is read, and no more than is good."""

from __future__ import annotations

from pathlib import Path

from entrywise.data.entries import Severity, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import read_text

DEEPEST = 8
"""Includes within includes: those of real documents go down to three."""
LARGEST = 2_000_000
"""Characters that one document may take in: a few files that name each other often make any
number of them."""


class IncludedFiles:
    """Finds and reads the files that documents below a folder name.

    `open` are those that are being read, each taken in by the one before it; `whole` are those
    whose whole text was taken, but as code; `unread` is what could not be.
    """

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._size = 0
        self.open: list[Path] = []
        self.whole: set[Path] = set()
        self.unread: list[Unread] = []

    def read(
        self, name: str, document: Path, where: str, path: Path | None = None
    ) -> tuple[Path, str] | None:
        """The file of a name, and its text; None of what cannot be taken in, which is listed."""
        path = path or self.find(name, document)
        reason = ""
        if path is None:
            reason = "is no file below the folder that is read; correct it, or read more"
        elif path in self.open:
            reason = "includes itself"
        elif len(self.open) > DEEPEST:
            reason = f"is included through more than {DEEPEST} others"
        if reason or path is None:
            self.miss(where, name, reason)
            return None
        try:
            text = read_text(path)
        except KnowledgeBaseError as error:
            self.miss(where, name, str(error).removeprefix(f"{path}: "))
            return None
        self._size += len(text)
        if self._size > LARGEST:
            self.miss(where, name, f"is too much: over {LARGEST:,} characters are included")
            return None
        return path, text

    def find(self, name: str, document: Path) -> Path | None:
        """The file that is meant, links resolved; None where none lies below the root."""
        folder = document.resolve().parent
        folders = [folder, *folder.parents]
        for place in folders if folder.is_relative_to(self._root) else []:
            try:
                path = (place / name.removeprefix("@site").lstrip("/")).resolve()
                if path.is_relative_to(self._root) and path.is_file():
                    return path
            except (OSError, ValueError):
                return None
            if place == self._root:
                break
        return None

    def miss(self, where: str, name: str, reason: str, severity: Severity = "error") -> None:
        """List what cannot be taken in."""
        self.unread.append(Unread(where, f"the include {name!r} {reason}", severity))
