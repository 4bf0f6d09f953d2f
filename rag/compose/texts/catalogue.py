"""The texts of answers, in the language of the knowledge base that they quote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from entrywise.data import texts
from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import is_general

FOLDER = Path(__file__).parent
_LISTED = 5
_LONGEST = 60
"""Characters of a name that are shown: a pasted one has hundreds, and the sentence goes on."""


class Texts(texts.Texts):
    """The texts of a language."""

    def in_quotes(self, names: Iterable[str]) -> list[str]:
        """Names as a reader wrote them: of many, as a pasted text has them, the first, and how many
        more there are; of long ones the beginning."""
        several = [name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…" for name in names]
        listed = [self("name.quoted", name=name) for name in several[:_LISTED]]
        more = len(several) - _LISTED
        return [*listed, self("name.more", count=more)] if more > 0 else listed

    def either(self, names: Iterable[str]) -> str:
        """Names with "or" before the last of them."""
        return self._listed([*names], "name.or")

    def joined(self, names: Iterable[str]) -> str:
        """Names with "and" before the last of them.

        >>> texts_of("en").joined(["GQA", "MLA", "MQA"])
        'GQA, MLA and MQA'
        """
        return self._listed([*names], "name.and")

    def heading(self, aspect: Aspect) -> str:
        """What a row on an aspect is called; as its subject calls it, where it is one of a
        subject."""
        return self(f"aspect.{aspect.id}") if is_general(aspect) else aspect.heading

    def _listed(self, names: Sequence[str], last: str) -> str:
        if len(names) < 2:
            return "".join(names)
        return self(last, names=", ".join(names[:-1]), last=names[-1])


@cache
def texts_of(language: str) -> Texts:
    """The texts for a knowledge base in a language, given as a tag like `de-AT`."""
    return Texts(*texts.read_texts(FOLDER, language))
