"""Identifiers: names that programs have, and nothing else, as `LOG_LEVEL` and `--dry-run`.

One of several words ("one file system") means nothing by any of them: it is looked for as one, and
where no text has it, that tells more than that texts have each of its words.
"""

from __future__ import annotations

import re

from entrywise.data.words import plain_words

_IDENTIFIER = re.compile(r"(?:--)?\w*(?:_|\b[a-z][a-z\d]*(?=[A-Z]))[\w.-]*(?:\(\))?|--\w[\w-]*")
"""`LOG_LEVEL`, `preHandler`, `--dry-run`, `add_to()`, but not PyPI and uv.lock, which much is
about: what has "package.json" is no more likely to answer, and near misses have it, too."""
_LONGEST = 100
"""Characters that are looked through: to look for its marks in more takes the square of their
number."""


def has_identifier(text: str) -> bool:
    """Whether the first words of a text are, or have, an identifier."""
    return _IDENTIFIER.search(text[:_LONGEST]) is not None


def is_identifier(text: str) -> bool:
    """Whether a text is an identifier.

    >>> is_identifier("LOG_LEVEL"), is_identifier("Log level")
    (True, False)
    """
    return len(text) <= _LONGEST and _IDENTIFIER.fullmatch(text) is not None


def identifiers(text: str) -> list[str]:
    """The distinct identifiers of several words among the first words of a text, in order.

    >>> identifiers("What does --one-file-system do, and --quiet?")
    ['--one-file-system']
    """
    found = (match.group() for match in _IDENTIFIER.finditer(text[:_LONGEST]))
    return [name for name in dict.fromkeys(found) if len(plain_words(name)) > 1]
