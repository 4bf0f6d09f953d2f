"""What the path of a page tells of its edition: which language it is in, of which version it is.

    fr/guide/setup, guide/setup.fr     guide/setup in French
    docs/v2/setup, docs/2.x/setup      docs/setup of version 2, of 2.x
    versioned_docs/version-2.1/setup   docs/setup of version 2.1                         Docusaurus
    i18n/fr/docusaurus-plugin-content-docs/version-2.1/setup    this in French           Docusaurus

Whether it is so, only the pages can tell: `cs` may be C#, and 2 the second chapter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from entrywise.data.entries import Entry
from entrywise.data.languages import is_language

_DEEPEST = 16
"""Folders within each other that may be called by an edition, the outermost."""
_VERSION = re.compile(r"(?:version-|v)?(\d{1,9}(?:\.\d{1,9})*(?:\.x)?)", re.IGNORECASE)
_OF_DOCUSAURUS = re.compile(r"(?:^|(?<=/))(?:(\w+)_)?versioned_docs/(?=version-)")
_IN_DOCUSAURUS = re.compile(
    r"(?:^|(?<=/))i18n/([^/]+)/docusaurus-plugin-content-(docs|blog)(?:-([^/]+))?/"
    r"(?:current/|(?=version-))?"
)

Editions = dict[str, dict[str, int]]
"""{path without what tells the edition: {edition, "" where none is told: ordinal of an entry}}."""
Told = Callable[[str], Iterable[tuple[str, str]]]
"""The editions that an id may be told to be, each with the id without it."""


def alike(entries: Sequence[Entry], told: Told) -> Editions:
    """The pages that differ by their editions alone; those that are there once, too, where they
    tell of one."""
    paths: Editions = {}
    for ordinal, entry in enumerate(entries):
        for edition, path in told(_usual(entry.id)):
            paths.setdefault(path, {}).setdefault(edition, ordinal)
    for ordinal, entry in enumerate(entries) if paths else ():
        if group := paths.get(_usual(entry.id)):
            group.setdefault("", ordinal)
    return paths


def languages_told(page: str) -> Iterator[tuple[str, str]]:
    """See `Told`.

    >>> [*languages_told("docs/pt-br/setup")]
    [('pt-br', 'docs/setup')]
    """
    folder, slash, name = page.rpartition("/")
    for tag, rest in _in_folders(folder, _language):
        yield tag, f"{rest}{name}"
    rest, dot, tag = name.rpartition(".")
    if dot and is_language(tag):
        yield tag, f"{folder}{slash}{rest}"


def versions_told(page: str) -> Iterator[tuple[str, str]]:
    """See `Told`.

    >>> [*versions_told("docs/version-2.1/setup")]
    [('2.1', 'docs/setup')]
    """
    folder, _, name = page.rpartition("/")
    for version, rest in _in_folders(folder, _version):
        yield version, f"{rest}{name}"


def language_of_path(page: str) -> str:
    """The first language that an id tells; empty where it tells none."""
    return next((tag for tag, _ in languages_told(_usual(page))), "")


def _usual(page: str) -> str:
    """An id as most sites have them; which of both signs parts its words tells no pages apart."""
    if "docusaurus" in page or "versioned_docs" in page:
        page = _IN_DOCUSAURUS.sub(_folder_in_docusaurus, page)
        page = _OF_DOCUSAURUS.sub(lambda found: f"{found[1] or 'docs'}/", page)
    return page.replace("_", "-").lower()


def _folder_in_docusaurus(found: re.Match[str]) -> str:
    language, kind, name = found.groups()
    return f"{language}/{name or kind}/"


def _language(part: str) -> str:
    return part if is_language(part) else ""


def _version(part: str) -> str:
    found = _VERSION.fullmatch(part)
    return found[1] if found else ""


@lru_cache(maxsize=4096)
def _in_folders(folder: str, of: Callable[[str], str]) -> Sequence[tuple[str, str]]:
    parts = folder.split("/")
    return [
        (edition, "".join(f"{one}/" for one in (*parts[:place], *parts[place + 1 :])))
        for place, part in enumerate(parts[:_DEEPEST])
        if (edition := of(part))
    ]
