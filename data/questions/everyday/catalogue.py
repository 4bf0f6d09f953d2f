"""The everyday questions of a language, and the words that say what each of them is about.

>>> len(everyday_in("de-AT")), everyday_in("eu")
(24, ())
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from entrywise.data.languages import primary
from entrywise.data.words import content_words

FOLDER = Path(__file__).parent

_SEVERAL = 2
"""Of two dozen questions in thirteen languages two share how they ask ("wie", "soll ich"), and
hardly anything that they are about ("leaves" that turn red, and those of rhubarb)."""


@cache
def everyday_in(language: str) -> tuple[str, ...]:
    """The questions in a language, given as a tag like `de-AT`; none where it has no file."""
    path = {path.stem: path for path in FOLDER.glob("*.txt")}.get(primary(language))
    return tuple(path.read_text("utf-8").splitlines()) if path else ()


def unshared(text: str, questions: Sequence[str]) -> list[str]:
    """The words of one of some questions that no other has, in lower case: questions about
    different things share how they ask, so no language needs a list of words that ask.

    >>> unshared("Wie weit ist der Mond?", ["Wie weit ist der Mond?", "Wie alt ist der Papst?"])
    ['weit', 'mond']
    """
    counts = _counted(tuple(questions))
    return [word for word in content_words(text) if counts[word] < _SEVERAL]


@cache
def _counted(questions: tuple[str, ...]) -> Counter[str]:
    """How many questions have a word."""
    return Counter(word for question in questions for word in content_words(question))
