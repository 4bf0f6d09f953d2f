"""The files that includes may take in: those below the folder that is read, up to a size.

A path is looked for beside the document and in each folder above it, up to the root: the folder
that is read; a snippet first in the folders that settings name for them. What lies outside of the
root, by `..` or by a link, is never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from entrywise.data.entries import Severity, Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import read_text

DEEPEST = 8
"""Includes within includes: those of real documents go down to three."""
LARGEST = 2_000_000
"""Characters that one document may take in: a few files that name each other often make any
number of them."""
MOST = 2_000
"""Files that one document may take in, each as often as it is."""
_TOO_MUCH = f"is too much: over {LARGEST:,} characters are included"
_TOO_MANY = f"is too much: over {MOST:,} files are included"


class Place(NamedTuple):
    """Where an include stands: in which document and line, from 1, and whether it shows code."""

    document: Path
    line: int
    is_code: bool = False

    def __str__(self) -> str:
        return f"{self.document}: line {self.line}"


class IncludedFiles:
    """Finds and reads the files that documents below a folder name.

    `snippets` are folders, links resolved, in which snippets are looked for first.
    `whole` are those whose whole text was taken, but as code; `unread` is what could not be.
    """

    def __init__(self, root: Path, snippets: Sequence[Path] = ()) -> None:
        self._root = root.resolve()
        self._snippets = snippets
        self._open: list[tuple[Path, str]] = []
        self._size = self._number = 0
        self._told: set[str] = set()
        self.whole: set[Path] = set()
        self.unread: list[Unread] = []

    @contextmanager
    def opened(self, file: Path, part: str = "") -> Iterator[None]:
        """While what a file includes is taken in, or what a part of it does; the first that is
        opened is the document that takes in all others."""
        if not self._open:
            self._size = self._number = 0
        self._open.append((file, part))
        try:
            yield
        finally:
            self._open.pop()

    def read(
        self,
        name: str,
        place: Place,
        part: str | None = "",
        path: Path | None = None,
        *,
        is_snippet: bool = False,
    ) -> tuple[Path, str] | None:
        """The file of a name, and its text; None of what cannot be taken in, which is listed.

        Args:
            part: what of it is wanted, in any words, empty of all; None of code, which includes
                nothing.
            path: the file, where it has been found; it is read below the root alone.
        """
        self._number += 1
        if self._number > MOST:
            if self._number == MOST + 1:
                self.miss(place, name, _TOO_MANY)
            return None
        path = path or self.find(name, place.document, is_snippet=is_snippet)
        if path is None or not path.resolve().is_relative_to(self._root):
            reason = "is no file below the folder that is read; correct it, or read more"
        elif part is not None and (path, part) in self._open:
            # Another part of the same file may well stand here.
            reason = "includes itself"
        elif len(self._open) > DEEPEST:
            reason = f"is included through more than {DEEPEST} others"
        elif self._size > LARGEST:
            reason = _TOO_MUCH
        else:
            try:
                text = read_text(path)
            except KnowledgeBaseError as error:
                reason = str(error).removeprefix(f"{path}: ")
            else:
                self._size += len(text)
                if self._size <= LARGEST:
                    return path, text
                reason = _TOO_MUCH
        self.miss(place, name, reason)
        return None

    def spare(self, size: int) -> None:
        """Count so many characters of a file less, as they were not taken in."""
        self._size -= size

    def find(self, name: str, document: Path, *, is_snippet: bool = False) -> Path | None:
        """The file that is meant, links resolved; None where none lies below the root."""
        for place in self._snippets if is_snippet else ():
            if path := self._below_root(place, name):
                return path
        folder = document.resolve().parent
        folders = [folder, *folder.parents]
        names = _names(name)
        for place in folders if folder.is_relative_to(self._root) else []:
            for one in names:
                if path := self._below_root(place, one):
                    return path
            if place == self._root:
                break
        return None

    def _below_root(self, folder: Path, name: str) -> Path | None:
        """The file of a name in a folder, where it lies below the root."""
        with suppress(OSError, ValueError):
            path = (folder / name).resolve()
            if path.is_relative_to(self._root) and path.is_file():
                return path
        return None

    def miss(self, place: Place, name: str, reason: str, severity: Severity = "error") -> None:
        """List what cannot be taken in; what only its site may know once, as a template may stand
        behind each block of code."""
        if severity == "warning":
            if name in self._told:
                return
            self._told.add(name)
        self.unread.append(Unread(str(place), f"the include {name!r} {reason}", severity))


def _names(name: str) -> tuple[str, ...]:
    """What the file of a name may be called in a folder or one above it: who writes `@parts/a.mdx`
    has most often called a folder so.

    >>> _names("@site/docs/a.mdx"), _names("@parts/a.mdx")
    (('docs/a.mdx',), ('@parts/a.mdx', 'parts/a.mdx', '_parts/a.mdx'))
    """
    alias, _, rest = name.partition("/")
    if not rest or alias[:1] not in ("@", "~"):
        return (name.lstrip("/"),)
    folder = alias[1:]
    if folder in ("", "site"):
        return (rest,)
    return (name, f"{folder}/{rest}", f"_{folder}/{rest}")
