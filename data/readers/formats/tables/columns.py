"""Columns: which column of a table holds the title, the text and so on, by usual names, as the user
says, or by content.

Title,Body,Link   found: title, text, url
Frage;Antwort     columns={"title": "Frage", "text": "Antwort"}, or by what they hold
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.readers.fields import nearest, show
from entrywise.data.readers.formats.tables.details import find_details, most, texts_of

USUAL: Mapping[str, tuple[str, ...]] = {
    "id": ("_id", "id", "key", "slug"),
    "title": ("title", "name", "question", "heading", "term"),
    "text": ("text", "body", "content", "answer", "description", "definition", "passage"),
    "url": ("url", "link"),
    "category": ("category", "section", "topic", "tags"),
}
"""What columns hold, and what each is usually called, the likeliest name first."""
_ALL_USUAL = frozenset(name for names in USUAL.values() for name in names)

_SHORTEST_PROSE, _LONGEST_TITLE = 20, 150
"""Characters."""
_LONGEST_NAME = 60
"""Characters of what a row without any other title is called."""
_AS_LONG = 0.7
"""The share of the longest column from which on another is about as long: what says the same in
French or Danish has 1.1 to 1.2 times the characters of English."""
_DISTINCT = 0.9
"""The share of rows whose titles are different, at least."""
_AMOUNT = re.compile(r"\D{0,3}\d+[.,]\d{2}\D{0,4}")
_ENDS = (".", "!", "。")


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
            what = f"{where}: column {show(given[holds])} is missing; it has {listed(names)}"
            raise KnowledgeBaseError(what + nearest(given[holds], names))
    return found


def told_by_content(
    header: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    found: Mapping[str, str],
    where: str,
) -> dict[str, str]:
    """The columns of a table whose names do not say which holds the text, or the title: the text is
    the one with the longest prose, in the median, and the title the first one with questions or,
    without, with a different short text in each row, a key (`KT-1001`) where there is no other.
    What has no prose is told by its title and what the other columns say.

    >>> rows = [{"Frage": "Wo ist das Boot?", "Antwort": "Am Steg, neben dem alten Kran."}]
    >>> told_by_content(["Frage", "Antwort"], rows, {}, "faq.csv")
    {'text': 'Antwort', 'title': 'Frage'}

    Args:
        found: what the names of others say.

    Raises:
        KnowledgeBaseError: none holds prose, and there is nothing beside a title.
    """
    told = {name: texts_of(rows, name) for name in header if name not in found.values()}
    asks = [name for name, texts in told.items() if most(texts, _is_question)]
    prose = [name for name, texts in told.items() if name not in asks and most(texts, _is_prose)]
    columns = dict(found)
    if "text" not in found and prose:
        columns["text"] = _longest({name: told[name] for name in prose}, len(rows))
    # Of one row all is different, which says nothing of a column by itself.
    if "title" not in found and (len(rows) > 1 or "text" in columns.keys() - found.keys()):
        asking = asks if "text" in columns else []
        if titles := _titles(told, asking, len(rows), columns):
            columns["title"] = titles[0]
    if "title" not in columns and "text" in columns.keys() - found.keys():
        # Names are no text where something else is said of each.
        texts = told[columns["text"]]
        if _are_names(texts, len(rows)) and find_details(header, rows, columns):
            columns["title"] = columns.pop("text")
    is_told = "text" in columns or ("title" in columns and find_details(header, rows, columns))
    if not is_told:
        raise KnowledgeBaseError(
            f"{where}: no column ({listed(header)}) is called text, body, content, answer …; "
            "name one with --columns text=COLUMN"
        )
    return columns


def _longest(told: Mapping[str, Sequence[str]], rows: int) -> str:
    """The column with the longest texts, in the median of all rows; the first of several that are
    about as long, as in a table of two languages, whose title is the first, too."""
    lengths = {
        name: median([*map(len, texts), *[0] * (rows - len(texts))]) for name, texts in told.items()
    }
    least = _AS_LONG * max(lengths.values())
    return next(name for name, length in lengths.items() if length >= least)


def _titles(
    told: Mapping[str, Sequence[str]], asks: Sequence[str], rows: int, found: Mapping[str, str]
) -> list[str]:
    """The columns that may hold the title, the likeliest first."""
    named = [
        name
        for name, texts in told.items()
        if len(texts) == rows and len(set(texts)) >= _DISTINCT * rows and all(map(_is_name, texts))
    ]
    keys = [name for name in named if most(told[name], _is_key)]
    named = [name for name in named if most(told[name], _is_called) and name not in keys]
    return [name for name in (*asks, *named, *keys) if name != found.get("text")]


def _are_names(texts: Sequence[str], rows: int) -> bool:
    """Whether texts are what the rows are called: in each another, of a few words and no
    sentence."""
    return len(set(texts)) == rows and all(
        len(text) <= _LONGEST_NAME and not text.endswith(_ENDS) and _is_called(text)
        for text in texts
    )


def _is_question(text: str) -> bool:
    return text.endswith(QUESTION_MARKS)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and any(map(str.isalpha, text)) and "://" not in text


def _is_called(text: str) -> bool:
    """Whether a name begins as one, rather than with a number, as a size and a day do."""
    return text[:1].isalpha() or not text[:1].isalnum()


def _is_key(text: str) -> bool:
    """Whether a text is one word of digits or capitals, which nobody would call a thing by who
    knows its name."""
    return " " not in text and (text.isupper() or any(map(str.isdigit, text)))


def _is_prose(text: str) -> bool:
    """Whether it may be a sentence, rather than a number, a name, an address or a key."""
    has_words = " " in text or not text.isascii()
    return len(text) >= _SHORTEST_PROSE and has_words and any(map(str.isalpha, text))


def is_header(
    first: Sequence[str], rows: Sequence[Sequence[str]], given: Mapping[str, str]
) -> bool:
    """Whether the first row of a table names its columns, rather than being like those below: it
    holds no sentence, no amount, and no question above others.

    >>> is_header(["Frage", "Preis"], [["Wo ist es?", "1,50"]], {})
    True
    >>> is_header(["Wie viel kostet es?", "1,50"], [["Wo ist es?", "2,50"]], {})
    False
    """
    # A number is what a column without a name is called.
    if known_names(first, {key: one for key, one in given.items() if not one.isdecimal()}):
        return True
    for place, cell in enumerate(map(str.strip, first)):
        below = [row[place].strip() for row in rows if place < len(row)]
        is_like_them = _is_question(cell) and " " in cell and most(below, _is_question)
        is_told = _is_prose(cell) and (cell.endswith(_ENDS) or len(cell) > _LONGEST_TITLE)
        if is_like_them or _AMOUNT.fullmatch(cell) or is_told:
            return False
    return True


def known_names(header: Iterable[str], given: Mapping[str, str]) -> int:
    """How many names of a header say what their columns hold."""
    own = {name.casefold() for name in given.values()}
    told = (name.strip().casefold() for name in header)
    return sum(name in _ALL_USUAL or name in own for name in told)


def listed(names: Sequence[str]) -> str:
    shown = ", ".join(show(name.strip()) for name in names[:8])
    return (shown or "none") + (" …" if len(names) > 8 else "")
