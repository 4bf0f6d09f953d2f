"""The list of all entries, in parts where it is long: by name, of one category or folder or of all,
or those that hold some words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice

from entrywise.data.entries import Entry
from entrywise.data.readers.places import folder_name
from entrywise.data.words import name_words, plain_words
from entrywise.index.index import Index
from entrywise.index.listing.alphabet import Mark
from entrywise.index.listing.folders import Folder
from entrywise.index.listing.listing import Group, Listing, Summary
from entrywise.index.words.base import TOLD, Column
from entrywise.rag.render.formulas import readable
from entrywise.web.served.served import ONE_PAGE, Served

PART = 200
"""Entries of one part."""

MOST_GROUPS = 200
"""Categories that a page lists, and folders of each folder."""

_GUESSES = 5
_NAMES: tuple[Column, ...] = ("names",)

# A page of the server's own language has some sections of a document for each entry it lists.
_ROWS_AN_ENTRY = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the list by name, of all entries or `among` those of a category or folder.

    `earlier` and `later` are the places at which the parts before and after it begin, None where
    there is none.
    """

    among: Group | Folder | None
    entries: Sequence[Summary]
    marks: Sequence[Mark]
    earlier: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Entries below one heading, which has an id: those of a `group`, of a folder, or of one
    initial; `shelves` are those of the folders in it."""

    id: str
    label: str
    entries: Sequence[Summary]
    group: Group | None = None
    shelves: Sequence[Shelf] = ()

    @property
    def all(self) -> list[Summary]:
        """All entries that stand on it, with those of the shelves in it."""
        return [*self.entries, *(entry for shelf in self.shelves for entry in shelf.all)]


@dataclass(frozen=True, slots=True)
class Branch:
    """A folder in the tree of folders, at a depth from 1."""

    folder: Folder
    depth: int


@dataclass(frozen=True, slots=True)
class Step:
    """A folder on the way to a document, and the path of the list of what lies in it."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Matches:
    """The entries that hold some words, those with all of them in their names first; `more` where
    there may be others. Where none holds them, `meant` are the words put right, if some hold those,
    and else `guesses` are the entries that may be meant."""

    entries: Sequence[Summary]
    more: bool = False
    meant: str = ""
    guesses: Sequence[Entry] = ()


def part(listing: Listing, among: Group | Folder | None, start: int) -> Part:
    """The part of the list that begins at a place, or right after it."""
    entries = listing.by_name(start, PART + 1, among)
    later = entries[PART].place if len(entries) > PART else None
    first = entries[0].place if entries else start
    earlier = listing.before(first, PART, among)
    return Part(among, entries[:PART], listing.marks(among), earlier, later)


def branches(listing: Listing, root: Folder, path: str, depth: int = 1) -> Iterator[Branch]:
    """The tree of the folders in one, open on the way to that with a path."""
    for folder in listing.folders_in(root, MOST_GROUPS):
        yield Branch(folder, depth)
        if f"{path}/".startswith(f"{folder.path}/"):
            yield from branches(listing, folder, path, depth + 1)


def trail(served: Served, entry: Entry) -> list[Step]:
    """The folders that a document lies in, from its category to it, without that."""
    listing, knowledge_base = served.knowledge_base.listing, served.knowledge_base
    category = knowledge_base.group(entry.category).category
    root = listing.folder_of(knowledge_base.group(entry.category)) if entry.is_document else None
    above = f"{root.path}/" if root else ""
    if not above or not entry.id.startswith(above):
        return []
    names = entry.id.removeprefix(above).split("/")[:-1]
    ways = accumulate(names, "{}/{}".format)
    return [
        Step(folder_name(name), served.folder_path(category, above, way))
        for name, way in zip(names, ways, strict=True)
    ]


def matches(served: Served, query: str) -> Matches:
    """The entries that hold the words of a query, whose last one may not be written to its end."""
    index = served.assistant.index
    named, found = _holding(index, query)
    if not found:
        for other in _put_right(index, query):
            if holding := _holding(index, other)[1]:
                entry = served.knowledge_base.entries[holding[0]]
                return Matches((), meant=_as_written(entry, other, query))
        return Matches((), guesses=served.completed(query, _GUESSES))
    shown = found[:PART]
    summaries = served.knowledge_base.listing.of(shown)
    summaries.sort(key=lambda one: one.ordinal not in named)
    return Matches(summaries, more=len(found) > PART)


def matches_of(served: Served, entries: Sequence[Summary], query: str) -> Matches:
    """Those of the entries of one page that hold all words of a query."""
    words = query.lower().split()
    found = [entry for entry in entries if holds(entry, words)]
    if found or not words:
        return Matches(found)
    index = served.assistant.index
    others = _put_right(index, query)
    everything = served.knowledge_base.entries
    for other in others:
        holding = (one.ordinal for one in entries if holds(one, other.lower().split()))
        if (first := next(holding, None)) is not None:
            return Matches((), meant=_as_written(everything[first], other, query))
    # The page shows names and first lines: what else says so is told by name.
    for other in others:
        if in_texts := _holding(index, other)[1][:_GUESSES]:
            return Matches((), guesses=[everything[ordinal] for ordinal in in_texts])
    return Matches((), guesses=served.completed(query, _GUESSES))


def _holding(index: Index, query: str) -> tuple[set[int], list[int]]:
    """The entries whose names hold the words of a query, and those that hold them anywhere, names
    first; ordinals."""
    words, rows = plain_words(query), _ROWS_AN_ENTRY * PART
    by_name = _entries(index, index.words.beginning(words, _NAMES, rows))
    by_text = _entries(index, index.words.beginning(words, TOLD, rows))
    return {*by_name}, list(islice(dict.fromkeys([*by_name, *by_text]), PART + 1))


def _put_right(index: Index, query: str) -> list[str]:
    """A query with its misspelt words put right: by names and texts, and by headings."""
    words = [(word.start, word.end) for word in name_words(query)]
    put_right = (index.spelling.corrected(query, words), index.titles.corrected(query))
    return [other for other in dict.fromkeys(put_right) if other != query]


def _as_written(entry: Entry, text: str, typed: str) -> str:
    """A text whose words are typed so or put right: those that are as an entry writes them most
    often, "Urlaub", since a word is looked up in small letters; where its texts have none, as its
    name does."""
    words = {word.key for word in name_words(text)} - {word.key for word in name_words(typed)}
    said = "\n".join(section.text for section in entry.sections)
    forms: dict[str, str] = {}
    for written in (entry.name, said):
        found = Counter(
            (one.key, written[one.start : one.end])
            for one in name_words(written)
            if one.key in words
        )
        forms |= {key: form for (key, form), _ in reversed(found.most_common())}
    parts, end = [], 0
    for word in name_words(text):
        parts += [text[end : word.start], forms.get(word.key, text[word.start : word.end])]
        end = word.end
    return "".join((*parts, text[end:]))


def shelved(listing: Listing, groups: Sequence[Group], *, by_name: bool) -> list[Shelf]:
    """All entries on shelves: those of the same initial, by name, or of the same category."""
    if by_name:
        entries = listing.by_name(0, ONE_PAGE)
        return [
            Shelf(f"by-{mark.label}", mark.label, entries[mark.first : mark.first + mark.entries])
            for mark in listing.marks()
        ]
    of: dict[str, list[Summary]] = {group.category.id: [] for group in groups}
    for entry in listing.by_category(0, ONE_PAGE):
        of[entry.category].append(entry)
    return [_shelf(listing, group, of[group.category.id]) for group in groups]


def _shelf(listing: Listing, group: Group, entries: Sequence[Summary]) -> Shelf:
    """A category; one that is a folder has a shelf for each folder in it."""
    folder, category = listing.folder_of(group), group.category
    shelf = _folded(category.id, category.label, entries, len(folder.path) + 1 if folder else None)
    return replace(shelf, group=group)


def _folded(shelf: str, label: str, entries: Iterable[Summary], start: int | None) -> Shelf:
    """Entries on the shelves of their folders.

    Args:
        start: where the part of their ids begins that is in the folder; None where it is none.
    """

    def folder(entry: Summary) -> str:
        return "" if start is None else entry.id[start:].rpartition("/")[0].partition("/")[0]

    own: dict[str, list[Summary]] = {}
    for entry in entries:
        own.setdefault(folder(entry), []).append(entry)
    direct = own.pop("", [])
    shelves = [
        _folded(f"{shelf}/{name}", folder_name(name), some, (start or 0) + len(name) + 1)
        for name, some in own.items()
    ]
    return Shelf(shelf, label, direct, shelves=shelves)


def holds(entry: Summary, words: Iterable[str]) -> bool:
    """Whether what the page shows of an entry, or another name of it, holds every word (in lower
    case): the rule of browse.js, where the list is one page."""
    shown = (entry.name, readable(entry.expansion), readable(entry.oneliner), entry.aliases)
    text = " ".join(shown).lower()
    return all(word in text for word in words)


def _entries(index: Index, rows: Sequence[int]) -> list[int]:
    """The entries of rows of words, each once; ordinals."""
    return list(dict.fromkeys(index.units[list(rows), 0].tolist()))
