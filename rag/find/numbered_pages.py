"""Numbered pages: proposals, decisions and rules that people call by their number.

"what is ADR 12"   "Ropes of hemp (ADR-12)", "ADR 0012: Ropes of hemp", from its beginning
"""

from __future__ import annotations

import re

from entrywise.index.index import Index
from entrywise.rag.find.prose import first_prose
from entrywise.rag.understand.question import Question

NUMBERED = 1.0
"""The cosine of what such a page begins with: it need not say its number."""
_READ = 256
"""Sections of pages in whose names a number is looked for: "ADR-1" begins a hundred others."""


def numbered_page(question: Question, index: Index) -> list[tuple[int, int]]:
    """The pages, each with the section that it begins with, whose number is all that is asked for,
    in all of their versions; none where another thing is, or none is called so."""
    words = [word.group().lower() for word in question.keywords]
    if len(words) != 2 or not (words[0].isalpha() and words[1].isdecimal()):
        return []
    kind, asked = words
    own = asked.lstrip("0") or "0"
    number = rf"{re.escape(kind)}[\s-]?0*{own}"
    named = re.compile(rf"{number}\s*(?:[:.|–—-].*)?|.*\({number}\)", re.IGNORECASE)
    units = [
        unit
        for written in dict.fromkeys((asked, own))
        for unit in index.words.beginning([kind, written], ("names",), _READ)
    ]
    entries = dict.fromkeys(index.units[units, 0].tolist())
    pages = ((entry, index.entries[entry]) for entry in entries)
    return [(entry, first_prose(page)) for entry, page in pages if named.fullmatch(page.name)]
