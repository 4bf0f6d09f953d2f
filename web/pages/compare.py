"""The page that sets entries side by side: what differs between two, then all their fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from entrywise.data.entries import Entry, Section, short_name
from entrywise.data.questions.examples import headed
from entrywise.data.readers.places import is_opening_id
from entrywise.web.documents.html import Documents
from entrywise.web.pages.templating import render
from entrywise.web.pages.turns import SIDES, Turn
from entrywise.web.served.served import InUse, Served

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_NEAREST = 3
_GROUPS = 5
"""Categories that are looked at for an example."""

# Where no script completes what is typed, a browser offers names: more than one would look through
# are no help, and make a page of megabytes.
_OFFERED = 1_000


@dataclass(frozen=True, slots=True)
class Side:
    """What was asked for in one place of the comparison, and the entry that it names.

    Where it names none, `nearest` are entries that may be meant; `repeated` where a place before it
    names the same entry.
    """

    place: str
    asked: str
    entry: Entry | None
    nearest: tuple[Entry, ...] = ()
    repeated: bool = False

    @property
    def wrong(self) -> bool:
        """Whether it adds nothing to the comparison though something was asked for."""
        return bool(self.asked) and (self.entry is None or self.repeated)


@dataclass(frozen=True, slots=True)
class SectionRow:
    """The text of one section in each entry, None where an entry has no such section."""

    name: str
    texts: tuple[str | None, ...]


@router.get("/compare")
def compare(
    request: Request, served: InUse, a: str = "", b: str = "", c: str = "", d: str = ""
) -> HTMLResponse:
    """Two to four entries, each named by its id or one of its names, side by side."""
    sides: list[Side] = []
    entries: list[Entry] = []
    for place, asked in zip(SIDES, (a, b, c, d), strict=True):
        side = _side(place, asked, served)
        repeated = side.entry in entries
        sides.append(replace(side, repeated=repeated))
        if side.entry and not repeated:
            entries.append(side.entry)
    return render(
        request,
        "compare.html",
        served=served,
        sides=sides,
        places=_places(sides),
        hints=_hints(served),
        entries=entries,
        offered=served.knowledge_base.listing.by_ordinal(0, _OFFERED),
        rows=section_rows(entries),
        others=other_sections(entries),
        shared=shared_links(entries),
        addressed=dict(zip(SIDES, (entry.id for entry in entries), strict=False)),
        documents=Documents.of(served),
        turn=_compared(entries, served) if len(entries) == 2 else None,
        examples=() if len(entries) > 1 else served.pairs,
    )


def section_rows(entries: Sequence[Entry]) -> list[SectionRow]:
    """The sections of all entries, those of the same name in one row, in reading order; what two
    or more have comes first. Of documents only what two have, or what stands above all headings."""
    texts = [{section.name: section.text for section in entry.sections} for entry in entries]
    names = dict.fromkeys(name for sections in texts for name in sections)
    apart = {one.name for sections in other_sections(entries) for one in sections}
    rows = [
        SectionRow(name, tuple(sections.get(name) for sections in texts))
        for name in names
        if name not in apart
    ]
    return sorted(rows, key=lambda row: len(row.texts) - row.texts.count(None) < 2)


def other_sections(entries: Sequence[Entry]) -> list[list[Section]]:
    """The sections of each document that no other has, which have headings and are not shown beside
    each other; empty where there are terms among them."""
    if not all(entry.is_document for entry in entries):
        return []
    counts = Counter(section.name for entry in entries for section in entry.sections)
    return [[one for one in headed(entry) if counts[one.name] == 1] for entry in entries]


def shared_links(entries: Sequence[Entry]) -> frozenset[str]:
    """The ids that two of the entries or more name as related."""
    named = [entry_id for entry in entries for entry_id in set(entry.related)]
    return frozenset(entry_id for entry_id in named if named.count(entry_id) > 1)


def _places(sides: Sequence[Side]) -> int:
    """How many places are shown: two, and one more than are taken."""
    return max((number for number, side in enumerate(sides, 2) if side.asked), default=2)


def _hints(served: Served) -> list[str]:
    """The names of two entries, as an example of what to choose: those that people may want to
    compare, or the first of a category."""
    if pairs := served.pairs:
        return [entry.short_name for entry in pairs[0]]
    listing = served.knowledge_base.listing
    for group in (*listing.groups(_GROUPS), None):
        listed = [one for one in listing.by_name(0, 3, group) if not is_opening_id(one.id)]
        if len(listed) > 1:
            return [short_name(one.name) for one in listed[:2]]
    return []


def _side(place: str, asked: str, served: Served) -> Side:
    asked = asked.strip()
    if entry := served.named(asked):
        return Side(place, asked, entry)
    return Side(place, asked, None, tuple(served.completed(asked, _NEAREST)))


def _compared(entries: Sequence[Entry], served: Served) -> Turn | None:
    """The answer to what differs between two entries, None where there is none that quotes both and
    no third."""
    question = "Difference between {} and {}".format(*map(served.own_name, entries))
    # Nobody asked this: it is not logged.
    answer = served.unlogged.ask(question)
    cited = {citation.entry for citation in answer.citations}
    return Turn.of(served, answer, 1, ()) if cited == {entry.id for entry in entries} else None
