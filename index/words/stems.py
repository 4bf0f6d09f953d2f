"""Stems of words in other languages than English, without accents, by which words are looked up.

    de    Überstunden, Überstunde, überstunden → uberstund
    fr    réinitialiser, réinitialisation      → reinitialis
    cs    hotely                               → hotel
    ja    ＶＰＮ                               → vpn

The stems are Snowball's (Porter, "Snowball: A language for stemming algorithms", 2001). English
words have those of FTS5 (`fts5.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from unicodedata import normalize

from entrywise.data.languages import language_name

_REMEMBERED = 2**17
"""Words, as a stem takes up to 0.4 ms: those of a build, or of all that is quoted in a while."""
# What is left out as often as it is written: accents of Latin and Greek letters, vowels of Hebrew
# and Arabic. Cyrillic й and kana with marks are letters of their own.
_ACCENTS = re.compile(
    "(?<=[A-Za-z\\u0370-\\u03ff])[\\u0300-\\u036f]+|[\\u0591-\\u05bd\\u05bf-\\u05c7\\u064b-\\u065f]+"
)


@cache
def keys(language: str) -> Callable[[str], str]:
    """What makes of a word in lower case, cut as by `plain_words`, what it is looked up by.

    >>> keys("de")("überstunden"), keys("fr")("réinitialiser"), keys("ja")("残業")
    ('uberstund', 'reinitialis', '残業')
    """
    stem = _stemmer(language)

    def key(word: str) -> str:
        return without_accents(stem(normalize("NFKC", word)))

    return lru_cache(_REMEMBERED)(key)


def without_accents(word: str) -> str:
    """A word without accents, as many type it.

    >>> without_accents("café"), without_accents("йод"), without_accents("が")
    ('cafe', 'йод', 'が')
    """
    if word.isascii():
        return word
    return normalize("NFC", _ACCENTS.sub("", normalize("NFD", word)))


def levelled(text: str) -> str:
    """A text without accents that is as long as it was: every letter is where it was.

    >>> levelled("Crème brûlée")
    'Creme brulee'
    """
    if text.isascii():
        return text
    return "".join(letter if letter.isascii() else without_accents(letter) for letter in text)


def _stemmer(language: str) -> Callable[[str], str]:
    """What stems a language's words; they are left as they are where nothing does."""
    # Here, as reading all of its languages takes 60 ms.
    import snowballstemmer

    name = language_name(language).lower()
    if name not in snowballstemmer.algorithms():
        return str
    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return stem
