"""What one subject may add to the engine, which itself knows no subject.

A `Domain` is made of values: names that can be taken apart (`Decoder`), what sentences tell
(`Aspect`), how people word their questions, and what numbers count (`Unit`). All of it is optional.
A package registers a domain with an entry point, and a knowledge base names it in its identity:

    [project.entry-points."entrywise.domains"]
    part_numbers = "my_package:PART_NUMBERS"        # a Domain

    # entrywise.toml
    domain = "part_numbers"
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, Protocol

from entrywise.rag.answer import Intent

UNKNOWN = "unknown"
"""The kind of a part that a decoder cannot tell."""


class NamePart(NamedTuple):
    """One part of a compound name: `text[start:end]` of the text it was found in (characters, end
    exclusive), and what kind of part it is.

    `value` is what the part says in words, where its letters alone tell that ("3B active of 30B"):
    it stands beside the part in the table of a name. The decoder computes it, no entry says it.
    """

    text: str
    kind: str
    start: int
    end: int
    value: str = ""


class CompoundName(NamedTuple):
    """A name that is made of parts, which are in order and do not overlap; separators lie between
    them."""

    text: str
    start: int
    end: int
    parts: tuple[NamePart, ...]


class Decoder(Protocol):
    """Takes the names of a subject apart, part numbers or the names of models say. An entry
    explains the kinds of parts that its field `parts` lists."""

    @property
    def noun(self) -> str:
        """What such a name is called, e.g. "part number"."""
        ...

    @property
    def example(self) -> str:
        """One such name."""
        ...

    @property
    def kinds(self) -> Sequence[str]:
        """All kinds of parts that there are; none is "unknown"."""
        ...

    @property
    def essential(self) -> frozenset[str]:
        """The kinds without whose explanation a name is explained in part only."""
        ...

    def find(self, text: str) -> Sequence[CompoundName]:
        """The names in a text, in its order; nothing for prose."""
        ...

    def label(self, kind: str) -> str:
        """A kind of part as readers call it."""
        ...


class Aspect(NamedTuple):
    """A named aspect of what sentences tell, its heading in a table, and the wording that gives it
    away: a regular expression, in which case does not matter."""

    id: str
    heading: str
    wording: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The wording, compiled when it is first needed."""
        return _compiled(self.wording)

    def words(self, text: str) -> set[str]:
        """The different words of a text that give the aspect away, in lower case; a digit is none,
        or a table would tell most of numbers."""
        found = {match.group().lower() for match in self.pattern.finditer(text)}
        return {word for word in found if not word.isdigit()}


@cache
def _compiled(wording: str) -> re.Pattern[str]:
    return re.compile(wording, re.IGNORECASE)


class Unit(NamedTuple):
    """A unit: what it measures, and how much of that kind's own unit it is. Numbers in units of one
    kind are compared: with `mm` as `Unit("metre", 0.001)` and `cm` as `Unit("metre", 0.01)` "40 mm"
    is "4 cm"."""

    kind: str
    size: float = 1.0


@dataclass(frozen=True, eq=False)
class Domain:
    """What one subject adds.

    >>> Domain("sailing", aspects=(Aspect("rig", "Rig", r"\\b(sails?|masts?|sloop)\\b"),)).name
    'sailing'
    """

    name: str
    decoder: Decoder | None = None
    named: str = ""
    """What has the names that the decoder takes apart, "a screw": where one only stands beside what
    is asked, that is looked up of this."""
    aspects: tuple[Aspect, ...] = ()
    """One with the id of a general aspect (`rag/judge/aspects.py`) takes its place; others are rows
    of comparisons, behind the general ones."""
    wordings: Mapping[Intent, str] = field(default_factory=dict)
    """{intent: a regular expression}: what else a question says that asks for this; for "decode"
    words that say nothing where a name is asked for: the "file" of "what file is …?"."""
    remedies: str = ""
    """A regular expression: what else a sentence says that tells what is done against something."""
    units: Mapping[str, Unit] = field(default_factory=dict)
    """{word in lower case: what it measures}, beside those of everyday life
    (`rag/llm/checks/units.py`), in whose place they stand."""


GENERAL = Domain("")
"""What a knowledge base has that names no domain: nothing."""
