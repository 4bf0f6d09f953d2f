"""Messages for errors of the operating system: the file, the reason, and its remedy.

[Errno 28] No space left on device: 'a.json'
─▶ a.json: cannot be written (No space left on device); free space on its disk
"""

from __future__ import annotations

import errno
import os
import re
import struct
import zlib
from pathlib import Path
from zipfile import BadZipFile

DAMAGED_ARCHIVE: tuple[type[Exception], ...] = (
    *(BadZipFile, EOFError, OverflowError, ValueError, struct.error, zlib.error),
    # It is encrypted, or says that it is of a version or a method that there is not.
    RuntimeError,
)
"""What Python's `zipfile` raises for an archive that is damaged."""

_NO_ROOM = "free space on its disk"
_REMEDIES = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: f"{_NO_ROOM}, or have the quota raised",
    errno.EFBIG: "have the limit on the size of files raised",
    errno.EROFS: "its file system is read-only",
    errno.ENAMETOOLONG: "shorten the name",
    errno.ELOOP: "its links lead in a circle; mend them",
    errno.EEXIST: "a file is where a folder has to be; move it away",
    errno.EISDIR: "it is a folder; name a file",
    errno.ENOTDIR: "a part of its path is a file; correct the path",
    errno.EMFILE: "allow more open files (ulimit -n)",
    errno.ENFILE: "the system has too many open files; end some programs",
    errno.EIO: "the disk or what is at the other end fails; look after it",
    errno.EBUSY: "another program uses it; wait for that",
    errno.EAGAIN: "it cannot take more at the moment; try again",
}
_FORBIDDEN = (errno.EACCES, errno.EPERM)


def unreadable(path: Path | str, error: Exception) -> str:
    """A file or folder that cannot be read: the line to show, with the remedy."""
    return f"{path}: cannot be read ({reason(error)}); {_remedy(path, error, 'readable')}"


def unwritable(path: Path | str, error: Exception, *, otherwise: str = "") -> str:
    """A file or folder that cannot be written: the line to show, with the remedy.

    Args:
        otherwise: what else may be done, e.g. "name another file with --out".
    """
    remedies = [_remedy(path, error, "writable"), *([otherwise] if otherwise else [])]
    return f"{path}: cannot be written ({reason(error)}); {', or '.join(remedies)}"


def as_system_error(error: Exception) -> Exception:
    """The error of the system that a library of Rust puts into words: "… (os error 28)"."""
    found = re.search(r"\(os error (\d+)\)", str(error))
    return OSError(int(found[1]), os.strerror(int(found[1]))) if found else error


def reason(error: Exception) -> str:
    """What the system says is wrong, on one line."""
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(told).split())


def _remedy(path: Path | str, error: Exception, wanted: str) -> str:
    number = getattr(error, "errno", None)
    if number in _FORBIDDEN:
        return f"make it {wanted} for you"
    if number == errno.ENOENT:
        # A file that is read is missing itself, one that is written lacks its folder.
        return "check the path" if wanted == "readable" else f"make the folder {Path(path).parent}"
    return _REMEDIES.get(number or 0, "check the path")
