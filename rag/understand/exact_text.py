"""Texts to the letter: `Q4_K_M` is neither in "Q4_K" nor in "Q4_K_M_L"."""

from __future__ import annotations

import re
from collections.abc import Iterable

# A model name has a dozen parts; a pasted list of them would make a slow pattern.
_MOST = 64


def exactly(texts: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds texts as words of their own, in any case; nothing without any.

    The first 64 different texts are found, the longest at each place.
    """
    different = list(dict.fromkeys(text.lower() for text in texts))[:_MOST]
    longest_first = sorted(different, key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
