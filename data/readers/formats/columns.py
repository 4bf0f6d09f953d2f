"""Columns: which of a table holds what, found by usual names, as people say, or by what they hold.

Title,Body,Link   found: title, text, url
Frage;Antwort     columns={"title": "Frage", "text": "Antwort"}, or by what they hold
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

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

_SHORTEST_PROSE, _LONGEST_TITLE = 20, 150
"""Characters."""


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
        KnowledgeBaseError: a given column is missing, or one of them is there twice.
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
    return found


def told_by_content(
    header: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    found: Mapping[str, str],
    where: str,
) -> dict[str, str]:
    """The columns of a table none of whose names says that it holds the text: the text is the one
    with the longest prose, in the median; the title the first one with questions or, without, with
    a different short text in each row.

    >>> rows = [{"Frage": "Wo ist das Boot?", "Antwort": "Am Steg, neben dem alten Kran."}]
    >>> told_by_content(["Frage", "Antwort"], rows, {}, "faq.csv")
    {'text': 'Antwort', 'title': 'Frage'}

    Args:
        found: what the names of others say.

    Raises:
        KnowledgeBaseError: none holds prose.
    """
    told = {name: _texts(rows, name) for name in header if name not in found.values()}
    asks = [name for name, texts in told.items() if _most(texts, _is_question)]
    prose = [name for name, texts in told.items() if name not in asks and _most(texts, _is_prose)]
    if not prose:
        raise KnowledgeBaseError(
            f"{where}: no column ({_listed(header)}) is called text, body, content, answer …; "
            "name one with --columns text=COLUMN"
        )
    text = max(prose, key=lambda name: median(map(len, told[name])))
    distinct = [name for name, texts in told.items() if len(set(texts)) == len(rows)]
    named = [name for name in distinct if all(map(_is_name, told[name]))]
    titles = [name for name in (*asks, *named) if name != text]
    title = {} if "title" in found or not titles else {"title": titles[0]}
    return {**found, "text": text, **title}


def _texts(rows: Sequence[Mapping[str, object]], name: str) -> list[str]:
    values = (row.get(name) for row in rows)
    return [value.strip() for value in values if isinstance(value, str) and value.strip()]


def _most(texts: Sequence[str], is_one: Callable[[str], bool]) -> bool:
    return 2 * sum(map(is_one, texts)) > len(texts)


def _is_question(text: str) -> bool:
    return text.endswith(("?", "？"))


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and any(map(str.isalpha, text)) and "://" not in text


def _is_prose(text: str) -> bool:
    """Whether it may be a sentence, rather than a number, a name, an address or a key."""
    has_words = " " in text or not text.isascii()
    return len(text) >= _SHORTEST_PROSE and has_words and any(map(str.isalpha, text))


def known_names(header: Iterable[str], given: Mapping[str, str]) -> int:
    """How many names of a header say what their columns hold."""
    usual = {name for names in USUAL.values() for name in names}
    known = usual | {name.casefold() for name in given.values()}
    return sum(name.strip().casefold() in known for name in header)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(show(name.strip()) for name in names[:8])
    return (shown or "none") + (" …" if len(names) > 8 else "")
