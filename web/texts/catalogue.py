"""The texts of one language, by name.

    texts = texts_of("de-AT")
    texts("compare.side", number=1)      'Eintrag 1'
    texts("count.pages", count=1200)     '1.200 Seiten'

Which language it is, the knowledge base says: its readers read that one, its quotes are in it, and
a page is the same for everyone who is sent its address. One that has no texts here gets English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from entrywise.data.languages import DEFAULT, primary
from entrywise.rag.answer import Citation

Group = Mapping[str, str | list[str]]
"""{name: text}; two texts are for one of something and for another number."""

FOLDER = Path(__file__).parent


class Texts:
    """The texts of a language."""

    def __init__(self, language: str, groups: Mapping[str, Group]) -> None:
        """Those of a file of this folder."""
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
        """Texts as scripts get them, not filled in."""
        return {name: self._groups[name] for name in names}

    def section(self, name: str) -> str:
        """The name of a section as a heading: `training-details` is "Training details"."""
        return self("place.oneliner") if name == "oneliner" else name.replace("-", " ").capitalize()

    def place(self, citation: Citation) -> str:
        """The section of a citation in words: of a document the headings above it."""
        if citation.is_markdown:
            return citation.heading or self("place.introduction")
        return self.section(citation.section)

    def day(self, date_text: str) -> str:
        """An ISO date as people write it; another text as it is."""
        try:
            day = date.fromisoformat(date_text)
        except ValueError:
            return date_text
        month = self._groups["date"]["months"][day.month - 1]
        return self("date.day", day=day.day, month=month, year=str(day.year))

    def _written(self, value: object) -> object:
        if not isinstance(value, int):
            return value
        return f"{value:,}".replace(",", str(self._groups["number"]["thousands"]))


@cache
def texts_of(language: str) -> Texts:
    """The texts for a knowledge base in a language, given as a tag like `de-AT`."""
    wanted = primary(language) if language else DEFAULT
    known = {path.stem for path in FOLDER.glob("*.toml")}
    found = wanted if wanted in known else DEFAULT
    groups: dict[str, Any] = tomllib.loads((FOLDER / f"{found}.toml").read_text("utf-8"))
    return Texts(found, groups)
