"""Reads a knowledge base, whatever it is: the reader is chosen by what the source is.

    source ─ readers/registry.py ─▶ Reader ─ read ─▶ Contents ─▶ KnowledgeBase

Ways of asking, kept in files of their own, are merged in: those of one entry
(questions/by_entry.py), and those of several entries or of none (questions/across_entries.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from entrywise.data.entries import Category, Entry, KnowledgeBase
from entrywise.data.errors import ArgumentTypeError, KnowledgeBaseError
from entrywise.data.glossary.files import SHIPPED
from entrywise.data.questions.across_entries import add_asked
from entrywise.data.questions.by_entry import add_ways
from entrywise.data.readers.base import Reading, address_of
from entrywise.data.readers.documents import CATEGORY
from entrywise.data.readers.fields import fault_of_id, show
from entrywise.data.readers.formats.tables.columns import check_columns
from entrywise.data.readers.identity import FILE, read_identity
from entrywise.data.readers.page_cache import page_cache
from entrywise.data.readers.places import folder_name
from entrywise.data.readers.registry import find_reader
from entrywise.data.readers.walk import is_index
from entrywise.data.system_errors import unreadable


def read_knowledge_base(
    source: str | Path,
    ways: str | Path | None = None,
    asked: Iterable[str | Path] = (),
    *,
    columns: Mapping[str, str] | None = None,
    cache: str | Path | None = None,
) -> KnowledgeBase:
    """Read a knowledge base, with the ways of asking of other files merged in; what of its source
    was not read is in `unread`.

    Args:
        columns: names of columns of tables by what they hold, where they are not usual ones, e.g.
            `{"title": "Frage", "text": "Antwort"}`.
        cache: the folder in which pages are kept that were read; without, those of a site are kept
            in the user's, and others are not.

    Raises:
        KnowledgeBaseError: the source is missing, unknown, empty, or wrong as a whole.
        ArgumentTypeError: it is no path, or another argument is of another type.
    """
    source = _path("source", source)
    added = [_path("ways", ways)] if ways is not None else []
    if isinstance(asked, str | Path) or not isinstance(asked, Iterable):
        raise ArgumentTypeError(f"asked is of type {type(asked).__name__}; give a list of paths")
    questions = [_path("asked", path) for path in asked]
    kept = None if cache is None else _path("cache", cache)
    if not isinstance(columns, Mapping | None):
        raise ArgumentTypeError(f"columns is of type {type(columns).__name__}; give a dict of str")
    check_columns(columns or {})
    _insist_on_a_place(source)
    with page_cache(kept, source) as pages:
        knowledge_base = _read(source, Reading(columns=columns or {}, cache=kept, pages=pages))
    if not knowledge_base.entries:
        reasons = "; ".join(map(str, knowledge_base.unread[:3]))
        why = f" ({reasons})" if reasons else ""
        raise KnowledgeBaseError(f"{source}: holds no entry{why}; add one, or name another source")
    for path in added:
        knowledge_base = add_ways(knowledge_base, path)
    for path in questions:
        knowledge_base = add_asked(knowledge_base, path)
    return knowledge_base


def _path(name: str, value: object) -> Path:
    if not isinstance(value, str | Path):
        raise ArgumentTypeError(f"{name} is {value!r}, which is no path; give a str or a Path")
    return Path(value)


def _insist_on_a_place(source: Path) -> None:
    """Insist that a source can be looked at, and is no index; whether it is there, its reader
    says."""
    try:
        if address_of(source) is None:
            source.stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    # A ValueError where the name holds what no name may hold.
    except (OSError, ValueError) as error:
        raise KnowledgeBaseError(unreadable(source, error)) from error
    if is_index(source):
        raise KnowledgeBaseError(
            f"{source}: is an index; answer from it with --index {source}, or name what it is "
            "built from"
        )


def shipped() -> KnowledgeBase:
    """The glossary that comes with Entrywise.

    Raises:
        KnowledgeBaseError: the installation is incomplete.
    """
    return read_knowledge_base(SHIPPED.entries, SHIPPED.ways, SHIPPED.asked)


def _read(source: Path, reading: Reading) -> KnowledgeBase:
    contents = find_reader(source, reading).read(source)
    for entry in contents.entries:
        # Whoever reads it, a reader of another distribution too.
        if fault := fault_of_id(entry.id):
            raise KnowledgeBaseError(f"{show(str(source))}: the id {show(entry.id)} {fault}")
    identity = read_identity(source, (entry.name for entry in contents.entries))
    categories = contents.categories or _categories(contents.entries, identity.title)
    sections = {one.name for entry in contents.entries for one in entry.sections}
    if unknown := [name for name in identity.details if name not in sections]:
        what = f"{FILE}: no entry has a section {show(unknown[0])}; correct `details`"
        raise KnowledgeBaseError(f"{show(str(source))}: {what}")
    return KnowledgeBase(
        contents.entries,
        categories,
        identity,
        unread=contents.unread,
        pictures=contents.pictures,
    )


def _categories(entries: tuple[Entry, ...], title: str) -> tuple[Category, ...]:
    """A category for each name that entries give, in the order of appearance. What is in no folder
    is called by the title of all, a folder by its name made readable."""
    of: dict[str, list[Entry]] = {}
    for entry in entries:
        of.setdefault(entry.category, []).append(entry)
    return tuple(
        Category(name, _label(name, some, title), order)
        for order, (name, some) in enumerate(of.items())
    )


def _label(name: str, entries: list[Entry], title: str) -> str:
    if not all(entry.is_document for entry in entries):
        return name
    if name == CATEGORY:
        return title
    is_folder = all(f"{name}/" in entry.id for entry in entries)
    return folder_name(name, (entry.name for entry in entries)) if is_folder else name
