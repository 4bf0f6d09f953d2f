"""Parts of long code, as of a file of settings: runs of lines between empty ones, each of which is
a block, as what is looked for is one of them, and a text of the whole says nothing of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONG = 1000
"""Characters: up to so many, code is one block. The encoder reads about as many at once."""
_SHORT = 40
"""Characters of a part that is one with what follows it."""
_OPENS = re.compile(r"\S|\s+(?:#|//|;|--|/\*|<!--)")
"""What a part begins with: a line without indentation, or a comment."""


def parts(code: str) -> Iterator[range]:
    """The lines of each part of some code, in order; of short code all of them.

    >>> settings = "# The folder that holds all pages.\\nroot = docs\\n\\n# A port.\\nport = 80\\n"
    >>> list(parts(settings)), list(parts(settings * 20))[:2]
    ([range(0, 5)], [range(0, 3), range(3, 8)])
    """
    lines = code.rstrip("\n").split("\n")
    first, said = 0, 0
    for number, line in enumerate(lines):
        is_free = number > 0 and not lines[number - 1].strip() and _OPENS.match(line)
        if is_free and said >= _SHORT and len(code) > _LONG:
            yield range(first, number)
            first, said = number, 0
        said += len(line.strip())
    yield range(first, len(lines))
