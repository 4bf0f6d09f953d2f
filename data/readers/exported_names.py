"""Exports: what tools add to the names of files and to titles when they write pages into a folder,
and makers of sites when they tell what is made of a file.

Time off 2b7c1d9e0f3a4b5c8d6e7f0a1b2c3d4e.md      ─▶  Time off.md                Notion
Dairy : Cheese, Dairy : Butter, Dairy : Milk      ─▶  Cheese, Butter, Milk       Confluence
Policies.csv beside Policies/Travel.md: its row "Travel" is that page            Notion
pay/travel.html.md.erb                            ─▶  pay/travel.md              Middleman
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from entrywise.data.entries import Entry

_ID = re.compile(
    r"(?<=[^\s/_-])[ _-]+(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
    r"(?=(?:_all)?(?:\.\w{1,8})?(?:/|$))"
)
"""An id behind the name of a file or folder; `_all` is that of Notion's table without filters."""
_MADE = re.compile(r"\.html(?=\.(?:md|markdown)(?:\.erb)?$)|(?:(?<=\.md)|(?<=\.markdown))\.erb$")
"""What is made of Markdown, and what of it is filled in first."""
_ALL = "_all"
_PARTING = re.compile(r"\s+(?:[-–—|·•»]|::)\s+|\s*:\s+")
"""What stands between the name of a page and that of its site."""
_FEWEST = 3
"""Pages whose titles tell the name of their site."""


def without_ids(path: str) -> str:
    """A path without the ids behind its names.

    >>> without_ids("Time off 2b7c1d9e0f3a4b5c8d6e7f0a1b2c3d4e.md"), without_ids("cafe 2024.md")
    ('Time off.md', 'cafe 2024.md')
    """
    return _ID.sub("", path)


def has_id(source: Path) -> bool:
    """Whether a tool put an id behind the name of a file."""
    return without_ids(source.name) != source.name


def bare_paths(paths: Iterable[PurePosixPath]) -> dict[PurePosixPath, PurePosixPath]:
    """The paths of files without ids and what is made of them; where two are the same then, the
    second keeps its own name."""
    found: dict[PurePosixPath, PurePosixPath] = {}
    taken: set[PurePosixPath] = set()
    for path in paths:
        bare = PurePosixPath(_MADE.sub("", without_ids(str(path))))
        found[path] = bare if bare not in taken else bare.with_name(path.name)
        taken.add(found[path])
    return found


def names_without_site(names: Mapping[str, str]) -> dict[str, str]:
    """The names of pages, {id: name}, without that of their site, which most of them begin or end
    with.

    >>> names = {"a": "Cheese | Dairy", "b": "Milk | Dairy", "c": "Butter | Dairy", "d": "Imprint"}
    >>> names_without_site(names)
    {'a': 'Cheese', 'b': 'Milk', 'c': 'Butter', 'd': 'Imprint'}
    """
    ends = Counter(end for name in set(names.values()) for end in _ends(name))
    site, count = max(ends.items(), key=lambda one: (one[1], len(one[0])), default=("", 0))
    if count < _FEWEST or 2 * count < len(names):
        return dict(names)
    return {key: name.removeprefix(site).removesuffix(site) for key, name in names.items()}


def _ends(name: str) -> Iterator[str]:
    """What a name begins and ends with, up to what parts it."""
    parting = list(_PARTING.finditer(name))
    if parting and parting[0].start() and parting[-1].end() < len(name):
        yield name[: parting[0].end()]
        yield name[parting[-1].start() :]


def repeated_rows(
    rows: Mapping[str, PurePosixPath],
    documents: Mapping[str, PurePosixPath],
    entries: Mapping[str, Entry],
) -> list[str]:
    """The rows of tables that say nothing beside what a page of their name does, in the folder that
    is called like the table, or a row of the table without filters.

    Args:
        rows: {id: path of the table}.
        documents: {id: path} of the pages.
    """
    pages = {(str(path.parent), entries[key].name): key for key, path in documents.items()}
    whole = {(str(path.with_suffix("")), entries[key].name): key for key, path in rows.items()}
    found: list[str] = []
    for key, path in rows.items():
        table, entry = str(path.with_suffix("")), entries[key]
        page = pages.get((table.removesuffix(_ALL), entry.name))
        others = filter(None, (page, whole.get((f"{table}{_ALL}", entry.name))))
        if any(_says(entries[one], entry) for one in others):
            found.append(key)
    return found


def _says(page: Entry, row: Entry) -> bool:
    """Whether a page says all that a row does: `Owner: Uma; Status: Draft`."""
    said = "\n".join(section.text for section in page.sections)
    parts = (part for one in row.sections for part in re.split(r"; |\n+", one.text))
    return all(part in said or part.partition(": ")[2] == row.name for part in parts)
