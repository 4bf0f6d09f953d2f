"""The page that sets entries side by side: what differs between two, then all their fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from entrywise.data.documents.sections import INTRODUCTION
from entrywise.data.entries import DETAILS, Entry, Section, short_name
from entrywise.data.questions.comparability import are_comparable, fields
from entrywise.data.questions.examples import headed
from entrywise.data.readers.places import is_opening_id
from entrywise.web.documents.html import Documents
from entrywise.web.pages.templating import render
from entrywise.web.pages.turns import SIDES, Turn
from entrywise.web.served.served import InUse, Served

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)

_NEAREST = 3
_COMPARED_WITH = 4
_LOOKED_AT = 20
"""Documents of a category that may be in the same folder as one."""
_KIN = 8
"""Documents of a folder that may be of one kind; one of more holds whatever there is."""

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
    """One section in each entry, None where an entry has no such section; or one field, whose text
    is all that a table says of it."""

    name: str
    sections: tuple[Section | None, ...]
    is_field: bool = False

    @property
    def heading(self) -> str:
        """What it is called, as it is written; empty where it has no heading."""
        return next((one.path[-1] for one in self.sections if one and one.path), "")


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
    is_alike = any(are_comparable(*pair) for pair in combinations(entries, 2))
    return render(
        request,
        "compare.html",
        served=served,
        is_alike=is_alike,
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
        turn=_compared(entries, served) if len(entries) == 2 and is_alike else None,
        examples=() if len(entries) > 1 else served.pairs,
    )


def section_rows(entries: Sequence[Entry]) -> list[SectionRow]:
    """The sections of all entries, those of the same name in one row, in reading order; what two
    or more have comes first. Of documents only what two have, or what stands above all headings;
    what a table says of them is a row for each field."""
    opens = any(entry.is_document for entry in entries)
    told = [_sections(entry, opens=opens) for entry in entries]
    apart = {one.name for sections in other_sections(entries) for one in sections}
    names = (name for sections in told for name in sections if name not in apart)
    rows = _rows(names, told)
    beside = [
        {name: Section(name, value, (name,)) for name, value in fields(entry).items()}
        for entry in entries
    ]
    of_fields = _rows((name for named in beside for name in named), beside)
    return [*rows, *(replace(row, is_field=True) for row in of_fields)]


def _sections(entry: Entry, *, opens: bool) -> dict[str, Section]:
    """The sections of an entry by name. Beside a document what it begins with stands in the row of
    all beginnings, however it is called."""
    sections = [one for one in entry.sections if one.name != DETAILS or one.path]
    return {
        INTRODUCTION if opens and place == 0 and not one.path else one.name: one
        for place, one in enumerate(sections)
    }


def _rows(names: Iterable[str], told: Sequence[Mapping[str, Section]]) -> list[SectionRow]:
    rows = [SectionRow(name, tuple(one.get(name) for one in told)) for name in dict.fromkeys(names)]
    return sorted(rows, key=lambda row: len(row.sections) - row.sections.count(None) < 2)


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
    compare, or the first ones."""
    if served.compared_first:
        return [entry.short_name for entry in served.compared_first]
    listed = served.knowledge_base.listing.by_name(0, 3)
    return [short_name(one.name) for one in listed if not is_opening_id(one.id)][:2]


def compared_with(
    served: Served, entry: Entry, linked: Iterable[Entry], most: int = _COMPARED_WITH
) -> list[Entry]:
    """Entries that one may want to compare with another: those that are linked; of documents first
    those in the same folder, if it has few, and none that opens a folder, which is about all of
    them.

    Args:
        linked: read as far as need be.
    """
    if entry.is_document and is_opening_id(entry.id):
        return []
    kin = _kin(served, entry) if entry.is_document else []
    found: dict[str, Entry] = {}
    for one in chain(kin, linked):
        is_opening = one.is_document and is_opening_id(one.id)
        if one != entry and not is_opening and are_comparable(entry, one):
            found[one.id] = one
        if len(found) == most:
            break
    return list(found.values())


def _kin(served: Served, entry: Entry) -> list[Entry]:
    """The documents of the same folder, where they are few; none where they cannot be told from all
    of their category."""
    group = served.knowledge_base.group(entry.category)
    listed = served.knowledge_base.listing.by_name(0, _LOOKED_AT + 1, group)
    folder = entry.id.rpartition("/")[0]
    ids = [one.id for one in listed if one.id.rpartition("/")[0] == folder]
    are_all = len(listed) <= _LOOKED_AT
    return served.knowledge_base.known(ids) if are_all and len(ids) <= _KIN else []


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
