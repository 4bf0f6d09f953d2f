"""Names of which a question says only the first half: "tensor vs pipeline parallelism"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from entrywise.index.names.names import NameIndex
from entrywise.rag.understand.mention import Mention

_WORD = r"[\w-]{1,60}"
_SHARED_NOUN = re.compile(
    rf"(?<![\w-])({_WORD})(?:,? (vs\.?|versus|or|and) |/)({_WORD}) ([A-Za-z]{_WORD})", re.IGNORECASE
)


def half_names(text: str, names: NameIndex) -> Iterator[Mention]:
    """Both names of "A vs B noun", if an entry owns "A noun" or "B noun".

    A name that no entry owns counts only after "vs" ("memory and KV cache" is no "memory cache"),
    and is unknown.
    """
    for match in _SHARED_NOUN.finditer(text):
        first, versus, second, noun = match.groups()
        found = [
            _half(f"{first} {noun}", *match.span(1), names),
            _half(f"{second} {noun}", match.start(3), match.end(4), names),
        ]
        compares = (versus or "").lower().startswith("v")
        owned = [half for half in found if half.owners]
        yield from found if compares and owned else owned


def _half(name: str, start: int, end: int, names: NameIndex) -> Mention:
    owners = names.owners(name)
    return Mention(name, start, end, "half" if owners else "unknown", owners)
