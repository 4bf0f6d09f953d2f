"""Encodings of texts that people have: UTF-8, what a byte order mark says, or what is likeliest.

"Caf\\xe9"  ─▶  "Café", and Unread("menu.txt", "is no UTF-8; read as cp1252 …", "warning")
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from entrywise.data.entries import Unread
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.files import read_bytes

EXTRA = "pip install 'entrywise[documents]'"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LIKELIEST = "cp1252"
_NEAR = 0.03
"""What it may be less coherent by than another encoding, and still be likelier, as most texts that
are no UTF-8 are in it: by 0 and 0.024 in French and Spanish sentences that are, by 0.045 in a
Turkish one that is not."""
_SAMPLE = 2**18
"""Bytes from which an encoding is guessed: guessing from 50 MB would take minutes."""


def read_any_text(
    path: Path, declared: re.Pattern[bytes] | None = None
) -> tuple[str, tuple[Unread, ...]]:
    """The text of a file, lines ending in `\\n`; where its encoding was guessed, a warning of it.

    Args:
        declared: finds an encoding that a file names in its first bytes.

    Raises:
        KnowledgeBaseError: it cannot be opened, is too large, or is no text.
    """
    data = read_bytes(path)
    text = _marked(data, path) or _declared(data, declared)
    guessed: tuple[Unread, ...] = ()
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            encoding = _guess(data, error.start, path)
            # A cut sample may not tell of a character that the encoding has not.
            text = data.decode(encoding, errors="replace")
            reason = f"is no UTF-8; read as {encoding}, which was guessed: save it as UTF-8"
            guessed = (Unread(str(path), reason, "warning"),)
    if "\0" in text:
        raise KnowledgeBaseError(f"{path}: holds NUL bytes, so it is no text; save it as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n"), guessed


def missing_package(path: Path, error: ImportError) -> KnowledgeBaseError:
    """What to say where a file needs a package of the extra `documents`."""
    return KnowledgeBaseError(f"{path}: needs the package {error.name!r}; {EXTRA}")


def _marked(data: bytes, path: Path) -> str | None:
    """The text of bytes that begin with a byte order mark; None of others."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                message = f"{path}: byte {error.start} is no {encoding.upper()}; save it as UTF-8"
                raise KnowledgeBaseError(message) from error
    return None


def _declared(data: bytes, pattern: re.Pattern[bytes] | None) -> str | None:
    """The text of bytes that name their encoding and are right; None of others."""
    found = pattern.search(data[:1024]) if pattern else None
    try:
        return data.decode(found[1].decode("ascii")) if found else None
    except (LookupError, ValueError):
        return None


def _guess(data: bytes, wrong: int, path: Path) -> str:
    if b"\0" in data:
        raise KnowledgeBaseError(f"{path}: holds NUL bytes, so it is no text; save it as UTF-8")
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        message = f"{path}: byte {wrong} is no UTF-8; save the file as UTF-8, or {EXTRA}"
        raise KnowledgeBaseError(message) from error
    # What is no UTF-8 tells most.
    start = max(0, wrong - _SAMPLE // 2)
    found = from_bytes(data[start : start + _SAMPLE])
    best = found.best()
    if best is None:
        raise KnowledgeBaseError(f"{path}: is no text in any known encoding; save it as UTF-8")
    for other in found:
        is_near = other.chaos <= best.chaos and other.coherence >= best.coherence - _NEAR
        if other.encoding == _LIKELIEST and is_near:
            return _LIKELIEST
    return best.encoding
