"""Texts that the program says by itself, in the language of a knowledge base.

    texts = read_texts(FOLDER, "de-AT")
    texts("answer.more", count=1200)         'und 1.200 weitere'

A folder has a file for each language, `en.toml`, `de.toml`; a language without one gets English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from entrywise.data.languages import DEFAULT, primary

Group = Mapping[str, str | list[str]]
"""{name: text}; two texts are for one of something and for another number."""


class Texts:
    """The texts of a language."""

    def __init__(self, language: str, groups: Mapping[str, Group]) -> None:
        """Those of a file; the text `number.thousands` stands between thousands."""
        self.language = language
        self._groups = groups

    def __call__(self, name: str, /, **values: object) -> str:
        """A text, filled in; whole numbers are written as the language does.

        Args:
            name: group and name, as "compare.side".
            values: what stands for each `{value}`; where there are two texts, `count` chooses.

        Raises:
            KeyError: there is no such text, or a value is missing.
        """
        group, _, key = name.partition(".")
        text = self._groups[group][key]
        if isinstance(text, list):
            text = text[0 if values["count"] == 1 else 1]
        return text.format(**{one: self._written(value) for one, value in values.items()})

    def groups(self, *names: str) -> dict[str, Group]:
        """Texts as they stand, not filled in."""
        return {name: self._groups[name] for name in names}

    def number(self, value: int) -> str:
        """A whole number as the language writes it."""
        return f"{value:,}".replace(",", str(self._groups["number"]["thousands"]))

    def _written(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) else value


@cache
def read_texts(folder: Path, language: str) -> tuple[str, Mapping[str, Group]]:
    """The language of the file for a knowledge base in a language, given as a tag like `de-AT`, and
    its texts by group."""
    wanted = primary(language) if language else DEFAULT
    known = {path.stem for path in folder.glob("*.toml")}
    found = wanted if wanted in known else DEFAULT
    groups: dict[str, Any] = tomllib.loads((folder / f"{found}.toml").read_text("utf-8"))
    return found, groups
