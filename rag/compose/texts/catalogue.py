"""The texts of answers, in the language of the knowledge base that they quote."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from entrywise.data import texts
from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import is_general

FOLDER = Path(__file__).parent
_LISTED = 5


class Texts(texts.Texts):
    """The texts of a language."""

    def in_quotes(self, names: Iterable[str]) -> str:
        """Names as an answer lists them: of many, as a pasted text has them, the first."""
        several = list(names)
        listed = ", ".join(self("name.quoted", name=name) for name in several[:_LISTED])
        more = len(several) - _LISTED
        return self("name.more", names=listed, more=more) if more > 0 else listed

    def joined(self, names: Iterable[str]) -> str:
        """Names with "and" between them."""
        return self("name.and").join(names)

    def heading(self, aspect: Aspect) -> str:
        """What a row on an aspect is called; as its subject calls it, where it is one of a
        subject."""
        return self(f"aspect.{aspect.id}") if is_general(aspect) else aspect.heading


@cache
def texts_of(language: str) -> Texts:
    """The texts for a knowledge base in a language, given as a tag like `de-AT`."""
    return Texts(*texts.read_texts(FOLDER, language))
