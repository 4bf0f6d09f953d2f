"""Terms: whether rows explain things one by one, as a glossary does, or are documents."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.words import word_count

_WORDS = 100
"""The most words of a term's text: of the glossary's sections one in a thousand has more."""
_NAME_WORDS = 6


def are_terms(rows: Iterable[tuple[str, str]]) -> bool:
    """Whether most rows are terms, which a few sentences explain under a name of a few words.

    Args:
        rows: titles and texts.

    >>> are_terms([("Blanching", "To cook briefly in boiling water."), ("Mise en place", "…")])
    True
    >>> are_terms([("How long does delivery take?", "Three days.")])
    False
    """
    told = [(title, word_count(text)) for title, text in rows if text.strip()]
    named = [title for title, _ in told if _is_name(title)]
    return bool(told) and 2 * len(named) > len(told) and median(size for _, size in told) <= _WORDS


def _is_name(title: str) -> bool:
    return word_count(title) <= _NAME_WORDS and not title.rstrip().endswith(QUESTION_MARKS)
