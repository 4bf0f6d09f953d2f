from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from entrywise.data.system_errors import unreadable, unwritable

A = Path("folder/a.json")


def refused(number: int) -> OSError:
    return OSError(number, os.strerror(number), str(A))


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "free space on its disk"),
        (errno.EDQUOT, "free space on its disk, or have the quota raised"),
        (errno.EFBIG, "have the limit on the size of files raised"),
        (errno.EACCES, "make it writable for you"),
        (errno.EROFS, "its file system is read-only"),
        (errno.ENOENT, "make the folder folder"),
        (errno.ENAMETOOLONG, "shorten the name"),
        (errno.EISDIR, "it is a folder; name a file"),
        (errno.EXDEV, "check the path"),
    ],
)
def test_what_cannot_be_written_has_the_remedy_of_its_reason(number: int, remedy: str) -> None:
    assert unwritable(A, refused(number)) == (
        f"folder/a.json: cannot be written ({os.strerror(number)}); {remedy}"
    )


def test_another_remedy_stands_behind_the_first() -> None:
    line = unwritable(A, refused(errno.EROFS), otherwise="name another file with --out")
    assert line.endswith("; its file system is read-only, or name another file with --out")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (refused(errno.EACCES), "(Permission denied); make it readable for you"),
        (refused(errno.ENOENT), "(No such file or directory); check the path"),
        (ValueError("embedded null\nbyte"), "(embedded null byte); check the path"),
        (OSError(), "(OSError); check the path"),
    ],
)
def test_what_cannot_be_read_has_the_remedy_of_its_reason(error: Exception, line: str) -> None:
    assert unreadable(A, error) == f"folder/a.json: cannot be read {line}"
