"""Identifiers: names that programs have, and nothing else, as `LOG_LEVEL` and `--dry-run`.

One of several words ("one file system") means nothing by any of them, and an option of one word
("--frozen") nothing without its dashes, which words are told without. Such a name is looked for as
one; where no text has it, that tells more than that texts have each of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from entrywise.data.words import plain_words

_IDENTIFIER = re.compile(r"(?:--)?\w*(?:_|\b[a-z][a-z\d]*(?=[A-Z]))[\w.-]*(?:\(\))?|--\w[\w-]*")
"""`LOG_LEVEL`, `preHandler`, `--dry-run`, `add_to()`, but not PyPI and uv.lock, which much is
about: what has "package.json" is no more likely to answer, and near misses have it, too."""
_MOST, _LONGEST = 64, 100
"""Words of a text that are looked through, and characters of each: to look for the marks of one in
more takes the square of their number."""


def has_identifier(text: str) -> bool:
    """Whether the first words of a text are, or have, an identifier."""
    return any(True for _ in _found(text))


def is_identifier(text: str) -> bool:
    """Whether a text is an identifier.

    >>> is_identifier("LOG_LEVEL"), is_identifier("Log level")
    (True, False)
    """
    return len(text) <= _LONGEST and _IDENTIFIER.fullmatch(text) is not None


def identifiers(text: str) -> list[str]:
    """The distinct identifiers among the first words of a text that are more than a word, in order.

    >>> identifiers("What does --one-file-system do, with --quiet and LOG_LEVEL?")
    ['--one-file-system', '--quiet']
    """
    names = dict.fromkeys(_found(text))
    return [name for name in names if _is_option(name) or _words(name) > 1]


def options(names: Iterable[str]) -> list[str]:
    """Those of some identifiers that are options of one word, which no index of words tells from
    the word."""
    return [name for name in names if _is_option(name) and _words(name) == 1]


def has(text: str, name: str) -> bool:
    """Whether a text has an identifier as it is written, or its words next to each other; a word
    alone where that is all of a line, as of a heading.

    >>> has("With `--frozen` it is.", "--frozen"), has("It is frozen.", "--frozen")
    (True, False)
    """
    words = plain_words(name)
    if len(words) == 1:
        word = re.escape(words[0])
        wanted = rf"(?<![\w-]){re.escape(name)}(?![\w-])|^[^\w\n]*{word}[^\w\n]*$"
        return re.search(wanted, text, re.IGNORECASE | re.MULTILINE) is not None
    said = plain_words(text)
    return any(said[start : start + len(words)] == words for start in range(len(said)))


def _found(text: str) -> Iterator[str]:
    for word in islice(text.split(), _MOST):
        yield from (match.group() for match in _IDENTIFIER.finditer(word[:_LONGEST]))


def _is_option(name: str) -> bool:
    return name.startswith("--")


def _words(name: str) -> int:
    return len(plain_words(name))
