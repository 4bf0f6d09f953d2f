"""The texts of one language, by name.

    texts = texts_of("de-AT")
    texts("compare.side", number=1)      'Eintrag 1'
    texts("count.entries", count=1200)   '1.200 Einträgen', or of documents '1.200 Seiten'

Which language it is, the knowledge base says: its readers read that one, its quotes are in it, and
a page is the same for everyone who is sent its address. One that has no texts here gets English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from entrywise.data import texts
from entrywise.data.texts import Group
from entrywise.rag.answer import Citation

FOLDER = Path(__file__).parent
REFERENCES = FOLDER / "reference"


class Texts(texts.Texts):
    """The texts of a language."""

    def labels(self, group: str) -> dict[str, str]:
        """The texts of a group, each of which stands as it is."""
        return {name: str(text) for name, text in self._groups[group].items()}

    def reference(self, text: str) -> str:
        """What the API's reference says, which is described in English, in this language."""
        return _references(self.language).get(" ".join(text.split()), text)

    def section(self, name: str) -> str:
        """The name of a section as a heading: `training-details` is "Training details"."""
        return self("place.oneliner") if name == "oneliner" else name.replace("-", " ").capitalize()

    def place(self, citation: Citation) -> str:
        """The section of a citation in words: of a document the headings above it."""
        if citation.is_markdown or citation.heading:
            return below(citation.heading or self("place.introduction"))
        return self.section(citation.section)

    def day(self, date_text: str) -> str:
        """An ISO date as people write it; another text as it is."""
        try:
            day = date.fromisoformat(date_text)
        except ValueError:
            return date_text
        month = self._groups["date"]["months"][day.month - 1]
        return self("date.day", day=day.day, month=month, year=str(day.year))


@cache
def _references(language: str) -> Mapping[str, str]:
    """{English: the same in a language}; nothing for English itself."""
    path = REFERENCES / f"{language}.toml"
    found: dict[str, str] = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def below(headings: str) -> str:
    """Headings as answers join them, as pages do; no line begins with the sign between them.

    >>> below("Leaving > Notice")
    'Leaving\\xa0› Notice'
    """
    return headings.replace(" > ", "\xa0› ")


@cache
def texts_of(language: str, *, holds_documents: bool = False) -> Texts:
    """The texts for a knowledge base in a language, given as a tag like `de-AT`; where it
    `holds_documents`, they speak of pages rather than entries."""
    found, groups = texts.read_texts(FOLDER, language)
    return Texts(found, _of_documents(groups) if holds_documents else groups)


def _of_documents(groups: Mapping[str, Group]) -> Mapping[str, Group]:
    """Texts, with those that stand instead of them where entries are documents."""
    changed = {name: dict(group) for name, group in groups.items()}
    for name, text in groups["documents"].items():
        group, _, key = name.partition(".")
        changed[group][key] = text
    return changed
