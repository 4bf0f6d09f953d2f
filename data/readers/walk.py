"""Walks a folder: the files that are there for people, in order.

    guide/setup.md             read
    build/out.md               left out: `.gitignore` says `build/`
    notes -> /home/me/notes    not followed, and listed
    answers/current            an index: left out, and listed

Hidden files and folders are left out. Of `.gitignore` those in the folder count, and those above it
in the same repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from entrywise.data.entries import Unread

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_IGNORE = ".gitignore"
_LONGEST_POINTER = 100
_WITHOUT_TEXT = frozenset(
    ".png .jpg .jpeg .gif .svg .webp .ico .bmp .avif .mp4 .webm .mov .mp3 .wav .woff .woff2 .ttf "
    ".otf .eot .css .map .zip .gz".split()
)
_FOR_PROGRAMS = frozenset(("robots.txt", "llms.txt", "llms-full.txt"))
"""What lists, or repeats, the pages of a site."""
_NAMED = 3
"""Files of a kind that no reader reads which are named."""


def is_index(folder: Path) -> bool:
    """Whether a folder is an index, whose files nobody wrote to be read: its `current` names a
    folder with a manifest (`index/generations/pointer.py`)."""
    try:
        with (folder / "current").open("rb") as pointer:
            name = pointer.read(_LONGEST_POINTER).decode("ascii").strip()
        is_name = bool(name) and Path(name).name == name
        return is_name and (folder / name / "manifest.json").is_file()
    except (OSError, ValueError):
        return False


class Walk:
    """The files of a folder; what was not followed is in `unread`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = folder.resolve()
        self.unread: list[Unread] = []

    def files(self) -> list[Path]:
        """The files, sorted by path, each below the folder as it was given."""
        above = [(place, spec) for place in repository(self._root) if (spec := self._spec(place))]
        found = sorted(self._below(self._folder, above))
        pages = [path for path in found if path.name.lower() not in _FOR_PROGRAMS]
        for path in sorted({*found}.difference(pages)) if pages else ():
            self._miss(path, "is for programs, and no document")
        return pages or found

    def _below(self, folder: Path, specs: list[tuple[Path, GitIgnoreSpec]]) -> Iterator[Path]:
        real = folder.resolve()
        spec = self._spec(real)
        specs = [*specs, (real, spec)] if spec else specs
        try:
            found = sorted(os.scandir(folder), key=lambda one: one.name)
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); check its permissions"
            self.unread.append(Unread(str(folder), reason, "error"))
            return
        for one in found:
            path = folder / one.name
            is_folder = one.is_dir(follow_symlinks=False)
            if one.name.startswith(".") or _is_ignored(real / one.name, specs, is_folder=is_folder):
                continue
            if one.is_symlink() and not self._is_followed(path):
                continue
            if is_folder and is_index(path):
                self._miss(path, "is an index, and no document")
            elif is_folder:
                yield from self._below(path, specs)
            elif one.is_file():
                yield path
            else:
                self._miss(path, "is a pipe, a socket or a device, and no file; remove it")

    def _is_followed(self, path: Path) -> bool:
        """Whether a link is: one to a file that lies in the folder itself."""
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            self._miss(path, "is a link that leads nowhere, or in a circle")
            return False
        is_folder = target.is_dir()
        if not target.is_relative_to(self._root):
            self._miss(path, "is a link that leads outside of the folder, and was not followed")
        elif is_folder:
            what = "is a link to a folder, and was not followed; its files are read where they are"
            self._miss(path, what)
        return not is_folder and target.is_relative_to(self._root)

    def _spec(self, folder: Path) -> GitIgnoreSpec | None:
        """What the `.gitignore` of a folder says; None without one."""
        path = folder / _IGNORE
        try:
            lines = path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return None
        # Whoever only asks walks no folder, and would wait for it.
        from pathspec import GitIgnoreSpec

        try:
            return GitIgnoreSpec.from_lines(lines)
        except ValueError as error:
            self._miss(path, f"is wrong ({error}), so nothing was left out; correct it")
            return None

    def _miss(self, path: Path, reason: str) -> None:
        self.unread.append(Unread(str(path), reason, "warning"))


def repository(folder: Path) -> list[Path]:
    """The folders above one, from the root of its repository down; none outside of one."""
    above: list[Path] = []
    for place in (folder, *folder.parents):
        if place != folder:
            above.append(place)
        if (place / ".git").exists():
            return above[::-1]
    return []


def _is_ignored(path: Path, specs: list[tuple[Path, GitIgnoreSpec]], *, is_folder: bool) -> bool:
    """Whether what is said nearest to a file leaves it out."""
    for folder, spec in reversed(specs):
        name = path.relative_to(folder).as_posix() + ("/" if is_folder else "")
        said = spec.check_file(name).include
        if said is not None:
            return said
    return False


def kinds(paths: Iterable[PurePosixPath]) -> Iterator[Unread]:
    """The files that no reader reads, by their kinds, with the names of the first."""
    of: dict[str, list[str]] = {}
    for path in paths:
        of.setdefault(path.suffix.lower(), []).append(str(path))
    for suffix, names in sorted(of.items()):
        count = len(names)
        files = "files" if count > 1 else "file"
        place = f"{count:,} {f'{suffix} {files}' if suffix else f'{files} without suffix'}"
        why = "no text" if suffix in _WITHOUT_TEXT else "no reader for this kind"
        more = f" and {count - _NAMED:,} more" if count > _NAMED else ""
        yield Unread(place, f"{why}: {', '.join(names[:_NAMED])}{more}", "warning")
