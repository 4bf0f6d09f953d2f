"""Tells what a typed word may be: one that only asks, one of the texts, the beginning of a name."""

from __future__ import annotations

from entrywise.data.languages import DEFAULT
from entrywise.data.words import plain_words
from entrywise.index.index import Index
from entrywise.rag.understand.detail import keywords

_SHORT = 3
"""Letters of a word that begins many names by accident: "how do" is not about DoRA."""

_COMMON = 10_000
"""The rank, by frequency, of the words after the common ones: others that are short may be on their
way to a name, even if texts have them."""


def is_idle(word: str, index: Index) -> bool:
    """Whether a short last word, in lower case, is of the texts and names nothing."""
    if len(word) > _SHORT:
        return False
    # "how do I" is not about int4, whose name begins so; "-it" is a name.
    return only_asks(word, index.language) or (
        are_known(word, index) and _is_common(word, index) and not _begins_a_name(word, index)
    )


def only_asks(word: str, language: str) -> bool:
    """Whether it says nothing of what is asked about."""
    return word.isalpha() and not any(keywords(word, None, language))


def are_known(text: str, index: Index) -> bool:
    """Whether the texts have all words of this one."""
    return all(index.words.known(plain_words(text)))


def may_go_on(text: str, index: Index) -> bool:
    """Whether there may be letters to come: after no word of the texts, and a short one but for
    common words and names."""
    word = text.split()[-1].lower()
    is_short = len(word) <= _SHORT and not _is_common(word, index)
    return not are_known(word, index) or (is_short and not _begins_a_name(word, index))


def _is_common(word: str, index: Index) -> bool:
    """Whether it is a common word; of other languages than English any may be."""
    return index.language != DEFAULT or index.spelling.ranks.get(word, 0) < _COMMON


def _begins_a_name(word: str, index: Index) -> bool:
    """Whether it is the first word of one."""
    return f"{index.name_tables.following(word)} ".startswith(f"{word} ")
