"""Columns: which of a table holds what, found by usual names or as people say.

Frage;Antwort     columns={"title": "Frage", "text": "Antwort"}
Title,Body,Link   found: title, text, url
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.fields import nearest, show

USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("_id", "id", "key", "slug"),
    "title": ("title", "name", "question", "heading", "term"),
    "text": ("text", "body", "content", "answer", "description", "definition", "passage"),
    "url": ("url", "link"),
    "category": ("category", "section", "topic", "tags"),
}
"""What columns hold, and what each is usually called, the likeliest name first."""


def parse_columns(text: str) -> dict[str, str]:
    """Columns as a command line gives them.

    >>> parse_columns("title=Frage, text=Antwort")
    {'title': 'Frage', 'text': 'Antwort'}

    Raises:
        KnowledgeBaseError: it is written otherwise, or names what no column holds.
    """
    columns: dict[str, str] = {}
    for part in filter(str.strip, text.split(",")):
        name, equals, column = (piece.strip() for piece in part.partition("="))
        if not equals or not column:
            raise KnowledgeBaseError(f"columns: {show(part)} is no NAME=COLUMN; write title=Frage")
        columns[name] = column
    check_columns(columns)
    return columns


def check_columns(columns: Iterable[str]) -> None:
    """Insist that what columns are to hold is known.

    Raises:
        KnowledgeBaseError: it is not.
    """
    for name in columns:
        if name not in USUAL:
            known = ", ".join(USUAL)
            raise KnowledgeBaseError(
                f"columns: {show(name)} is nothing that a column holds; give one of {known}"
                + nearest(name, USUAL)
            )


def find_columns(header: Iterable[str], given: Mapping[str, str], where: str) -> dict[str, str]:
    """The names of columns by what they hold.

    Args:
        header: the names of all columns.
        given: those that people name, which go before what is found.

    Raises:
        KnowledgeBaseError: a given column or one of text is missing, or one of them is there twice.
    """
    names = list(header)
    folded: dict[str, list[str]] = {}
    for name in names:
        folded.setdefault(name.strip().casefold(), []).append(name)
    found: dict[str, str] = {}
    for holds, usual in USUAL.items():
        wanted = [given[holds].casefold()] if holds in given else list(usual)
        column = next((folded[name] for name in wanted if name in folded), [])
        if len(column) > 1:
            raise KnowledgeBaseError(f"{where}: column {show(column[0])} is there twice; keep one")
        if column:
            found[holds] = column[0]
        elif holds in given:
            what = f"{where}: column {show(given[holds])} is missing; it has {_listed(names)}"
            raise KnowledgeBaseError(what + nearest(given[holds], names))
    if "text" not in found:
        raise KnowledgeBaseError(
            f"{where}: no column ({_listed(names)}) is called text, body, content, answer …; name "
            "one with --columns text=COLUMN"
        )
    return found


def known_names(header: Iterable[str], given: Mapping[str, str]) -> int:
    """How many names of a header say what their columns hold."""
    usual = {name for names in USUAL.values() for name in names}
    known = usual | {name.casefold() for name in given.values()}
    return sum(name.strip().casefold() in known for name in header)


def _listed(names: list[str]) -> str:
    shown = ", ".join(show(name.strip()) for name in names[:8])
    return (shown or "none") + (" …" if len(names) > 8 else "")
