"""The list of all entries, in parts where it is long: by name, of one category or of all, or those
that hold some words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from entrywise.data.entries import Entry
from entrywise.data.words import plain_words
from entrywise.index.index import Index
from entrywise.index.listing.alphabet import Mark
from entrywise.index.listing.listing import Group, Listing, Summary
from entrywise.index.words.base import TOLD, Column
from entrywise.rag.render.formulas import readable
from entrywise.web.served.served import Served

PART = 200
"""Entries of one part."""

MOST_GROUPS = 200
"""Categories that a page lists."""

_GUESSES = 5
_NAMES: tuple[Column, ...] = ("names",)

# A page of the server's own language has some sections of a document for each entry it lists.
_ROWS_AN_ENTRY = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the list by name.

    `earlier` and `later` are the places at which the parts before and after it begin, None where
    there is none.
    """

    group: Group | None
    entries: Sequence[Summary]
    marks: Sequence[Mark]
    earlier: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class Matches:
    """The entries that hold some words, those with all of them in their names first; `more` where
    there may be others. `guesses` are those that may be meant where none holds them."""

    entries: Sequence[Summary]
    more: bool = False
    guesses: Sequence[Entry] = ()


def part(listing: Listing, group: Group | None, start: int) -> Part:
    """The part of the list that begins at a place, or right after it."""
    entries = listing.by_name(start, PART + 1, group)
    later = entries[PART].place if len(entries) > PART else None
    first = entries[0].place if entries else start
    earlier = listing.before(first, PART, group)
    return Part(group, entries[:PART], listing.marks(group), earlier, later)


def matches(served: Served, query: str) -> Matches:
    """The entries that hold the words of a query, whose last one may not be written to its end."""
    words, index = plain_words(query), served.assistant.index
    rows = _ROWS_AN_ENTRY * PART
    by_name = _entries(index, index.words.beginning(words, _NAMES, rows))
    by_text = _entries(index, index.words.beginning(words, TOLD, rows))
    found = list(islice(dict.fromkeys([*by_name, *by_text]), PART + 1))
    if not found:
        return Matches((), guesses=served.completed(query, _GUESSES))
    shown = found[:PART]
    named = {*by_name}
    summaries = served.knowledge_base.listing.of(shown)
    summaries.sort(key=lambda one: one.ordinal not in named)
    return Matches(summaries, more=len(found) > PART)


def shelved(
    groups: Sequence[Group], entries: Iterable[Summary]
) -> list[tuple[Group, list[Summary]]]:
    """All entries of some categories, in their order."""
    of = {group.category.id: (group, list[Summary]()) for group in groups}
    for entry in entries:
        of[entry.category][1].append(entry)
    return list(of.values())


def holds(entry: Summary, words: Iterable[str]) -> bool:
    """Whether what the page shows of an entry, or another name of it, holds every word (in lower
    case): the rule of browse.js, where the list is one page."""
    shown = (entry.name, readable(entry.expansion), readable(entry.oneliner), entry.aliases)
    text = " ".join(shown).lower()
    return all(word in text for word in words)


def _entries(index: Index, rows: Sequence[int]) -> list[int]:
    """The entries of rows of words, each once; ordinals."""
    return list(dict.fromkeys(index.units[list(rows), 0].tolist()))
