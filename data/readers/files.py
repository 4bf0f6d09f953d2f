"""Reads files that people write, as text, JSON and TOML: what is wrong is said in one line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.fields import Record, as_record, show


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte order mark, lines ending in `\\n`.

    Raises:
        KnowledgeBaseError: it cannot be opened, or is no UTF-8 text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path}: byte {error.start} is no UTF-8; save the file as UTF-8"
        raise KnowledgeBaseError(message) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{path}: cannot be read ({reason}); check the path and its permissions"
        raise KnowledgeBaseError(message) from error
    if "\0" in text:
        raise KnowledgeBaseError(f"{path}: holds NUL bytes, so it is no text; save it as UTF-8")
    return text


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


def parse_toml(text: str, where: str) -> dict[str, object]:
    """Parse TOML.

    Raises:
        KnowledgeBaseError: it is none.
    """
    import tomllib

    try:
        return tomllib.loads(text)
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
