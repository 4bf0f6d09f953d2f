"""The words of a question that tell what it is about, without those that only ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from entrywise.index.words.fts5 import STOP_WORDS
from entrywise.rag.understand.intent import tells_origin

# Words that ask, and say nothing of what is asked about.
_ASKING = STOP_WORDS.union(
    "what whats who which how why when where do does did can could should would i you we my me "
    "explain define describe tell about mean means meaning work works difference differences "
    "between compare compared vs versus different differ it its their there were has have any "
    "some please give use used using than better more most s".split()
)


def telling(text: str, *, asks_for_origin: bool) -> Iterator[re.Match[str]]:
    """The words, in order and with their places, that say what a question is about.

    "which paper introduced GQA" has one, "GQA": a question for the origin of something asks with
    more words than others.
    """
    for word in re.finditer(r"\w+", text):
        lower = word.group().lower()
        if lower not in _ASKING and not (asks_for_origin and tells_origin(lower)):
            yield word
