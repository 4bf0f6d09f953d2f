"""Reads files that people write, as text, JSON and TOML: what is wrong is said in one line."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.fields import Record, as_record, show
from entrywise.data.system_errors import DAMAGED_ARCHIVE, unreadable
from entrywise.data.words import composed

LARGEST_FILE = 200 * 2**20
"""Bytes of the largest file that is read where most of them are no text: a PDF, a Word document."""
LARGEST = 50 * 2**20
"""Bytes of the largest text that is read: what is larger is an export or a log, no document."""

_UNREADABLE: tuple[type[Exception], ...] = (*DAMAGED_ARCHIVE, OSError)


def check_size(path: Path, largest: int = LARGEST) -> None:
    """Insist that a file is not too large to be read at once; one that is missing is not.

    Raises:
        KnowledgeBaseError: it is.
    """
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return
    if size > largest:
        raise KnowledgeBaseError(
            f"{path}: has {size / 2**20:,.0f} MB, and {largest / 2**20:,.0f} are read at most; "
            "split it, or leave it out"
        )


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a file.

    Raises:
        KnowledgeBaseError: it cannot be opened, or is too large.
    """
    check_size(path, largest)
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error


def read_archive(path: Path) -> bytes:
    """The bytes of a file that is an archive, as documents of office programs and books are.

    Raises:
        KnowledgeBaseError: it cannot be opened, is none, or holds too much text: one of a few
            kilobytes may hold gigabytes.
    """
    content = read_bytes(path, LARGEST_FILE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(one.file_size for one in archive.infolist() if _is_text(one.filename))
    except _UNREADABLE as error:
        raise KnowledgeBaseError(
            f"{path}: is no {path.suffix.lower()} file, or encrypted or broken; save it again "
            "without a password"
        ) from error
    if size > LARGEST:
        raise KnowledgeBaseError(
            f"{path}: holds {size / 2**20:,.0f} MB of text, and {LARGEST / 2**20:,.0f} are read "
            "at most; split it"
        )
    return content


def broken(path: Path, error: Exception) -> KnowledgeBaseError:
    """What to say of a file that a library cannot read, whatever it raised."""
    kind, reason = path.suffix.lower(), type(error).__name__
    return KnowledgeBaseError(f"{path}: is a broken {kind} file ({reason}); save it again")


def _is_text(name: str) -> bool:
    return name.lower().endswith((".xml", ".xhtml", ".html", ".htm"))


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark, lines ending in `\\n`.

    Raises:
        KnowledgeBaseError: it cannot be opened, is too large, or is no UTF-8 text.
    """
    check_size(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8"
        raise KnowledgeBaseError(message) from error
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if "\0" in text:
        raise KnowledgeBaseError(f"{path}: holds NUL bytes, so it is no text; save it as UTF-8")
    return composed(text)


def _unreadable(path: Path, error: Exception) -> KnowledgeBaseError:
    return KnowledgeBaseError(unreadable(path, error))


def parse_json(text: str, where: str) -> object:
    """Parse JSON in which no object has the same key twice.

    Raises:
        KnowledgeBaseError: it is no such JSON.
    """

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        values = dict(pairs)
        if len(values) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise KnowledgeBaseError(
                f"{where}: the key {show(twice)} is there twice in one object; remove one of them"
            )
        return values

    try:
        return json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        message = f"{where}: no valid JSON at {place} ({error.msg}); correct it there"
        raise KnowledgeBaseError(message) from error
    except (ValueError, RecursionError) as error:
        message = f"{where}: a number is too long or the nesting too deep; simplify the JSON"
        raise KnowledgeBaseError(message) from error


def parse_toml(
    text: str, where: str, number: Callable[[str], float | str] = float
) -> dict[str, object]:
    """Parse TOML.

    Args:
        number: what becomes of one with a fraction.

    Raises:
        KnowledgeBaseError: it is none.
    """
    import tomllib

    try:
        return tomllib.loads(text, parse_float=number)
    except (ValueError, RecursionError) as error:
        message = f"{where}: no valid TOML ({error}); correct it there"
        raise KnowledgeBaseError(message) from error


def json_lines(path: Path) -> Iterator[Record]:
    """The objects of a JSON Lines file, in order; blank lines are skipped.

    Raises:
        KnowledgeBaseError: the file cannot be read, or a line is no JSON object.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            where = f"{path}: line {number}"
            yield as_record(parse_json(line, where), where)
