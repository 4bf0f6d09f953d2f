"""The names of an entry, and the key that each is looked up by.

What is an ordinary English word besides ("ReAct", "CLIP", "Outlines") is read off the encoder's own
vocabulary, which lists the words of its language by frequency, and off the entry, which shows
whether its name is a proper one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from entrywise.data.entries import Entry
from entrywise.data.words import VERSUS, abbreviates, name_key

# "rope", "react", "clip" and "zero" are among the most frequent 15,000 pieces of BERT's vocabulary,
# "rag", "mla", "moe" and "dora" are not: in lower case these more likely mean the term.
COMMON = 15_000


class Name(NamedTuple):
    """One form under which an entry is known, and what it is looked up by.

    An index keeps names in this order of fields: who changes it raises `layout.FORMAT_VERSION`.
    """

    form: str
    entry: int
    ordinary: bool
    key: str


def names_of(entry: Entry, ordinal: int, vocabulary: Mapping[str, int]) -> list[Name]:
    """All forms of an entry's names.

    Args:
        vocabulary: {word in lower case: rank by frequency, from 0} of the entry's language.
    """
    if entry.is_document:
        # What a document is called is a word of many questions that are not about it.
        return []
    forms = (*_of_name(entry.name), *_of_expansion(entry.expansion), *entry.aliases)
    keys = {form: name_key(form) for form in forms}
    return [
        Name(form, ordinal, _is_ordinary(form, entry, vocabulary), key)
        for form, key in keys.items()
        if key
    ]


def titles_of(entries: Iterable[tuple[int, Entry]]) -> list[Name]:
    """What documents are called, with their ordinals: a beginning of it is completed, though no
    question names them."""
    return [Name(entry.name, ordinal, True, "") for ordinal, entry in entries if entry.is_document]


def _of_name(name: str) -> Iterator[str]:
    """A name, its sides (`fp16 / float16`), and an abbreviation in parentheses."""
    outside = _without_parentheses(name)
    yield name
    yield from _sides(outside)
    for inside in re.findall(r"\(([^()]+)\)", name):
        yield from (part for part in _sides(inside) if abbreviates(part, outside))


def _of_expansion(expansion: str) -> Iterator[str]:
    """An expansion, its title (`CLIP — Contrastive …`) and its sides of several words."""
    yield expansion
    title, _, rest = _without_parentheses(expansion).partition(" — ")
    yield from (side for side in _sides(title) if not rest or abbreviates(title, rest))
    yield from (side for side in _sides(rest) if " " in side and abbreviates(title, rest))


def _without_parentheses(text: str) -> str:
    return re.sub(r"\s*\([^()]*\)", "", text).strip()


def _sides(text: str) -> list[str]:
    sides = re.split(rf"\s+/\s+|/(?=-)|\s+(?:{VERSUS})\s+", text)
    return [side.strip() for side in sides if len(side.strip()) > 1]


def _is_ordinary(form: str, entry: Entry, vocabulary: Mapping[str, int]) -> bool:
    """Whether a form, not written as the entry writes it, is more likely plain English."""
    rank = vocabulary.get(form.lower())
    if rank is None or form.islower():
        return False
    return _is_proper(form, entry) if form.istitle() else rank < COMMON


def _is_proper(form: str, entry: Entry) -> bool:
    """Whether the entry writes the word with a capital even within its sentences."""
    text = " ".join(section.text for section in entry.sections)
    word = re.escape(form)
    capitals = len(re.findall(rf"(?<=[a-z,;] ){word}\b", text))
    return capitals > len(re.findall(rf"\b{word.lower()}\b", text))
