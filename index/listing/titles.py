"""Finds headings of documents, and questions that are answered here, by a few typed words.

Both are written in the order in which they are shown, so that the first rows which hold all words
are the ones wanted, however many there are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from entrywise.data.entries import KnowledgeBase
from entrywise.data.words import name_key, name_words
from entrywise.index.words.database import Database, insert, new_file

_MOST_WORDS = 12
"""Words that are looked for: nobody types more of a title."""

_LOOKED_AT = 4
"""Times as many are looked at as are shown: headings that have the words themselves come first,
before those whose page has them, and questions that begin with them before those that have them."""

_ONE_SLIP, _TWO_SLIPS = 4, 8
"""Letters of a word from which on so many slips are forgiven."""
_LAST = chr(0x10FFFF)
"""After every letter of the alphabet."""

# The beginnings of words have indexes of their own: else a letter would read all words with it.
_WORDS = (
    "USING fts5(words, content='', columnsize=0, prefix='1 2 3', "
    "tokenize='unicode61 remove_diacritics 2')"
)
_TABLES = f"""
CREATE TABLE headings (
    number INTEGER PRIMARY KEY, entry INTEGER NOT NULL, section TEXT NOT NULL, path TEXT NOT NULL);
CREATE TABLE questions (number INTEGER PRIMARY KEY, question TEXT NOT NULL);
CREATE VIRTUAL TABLE heading_words {_WORDS};
CREATE VIRTUAL TABLE question_words {_WORDS};
CREATE VIRTUAL TABLE heading_vocabulary USING fts5vocab(heading_words, row);
"""


class Heading(NamedTuple):
    """The heading of a section: the ordinal of its entry, the name of the section, and the headings
    from the outermost to its own."""

    entry: int
    section: str
    path: tuple[str, ...]


class Titles:
    """Finds headings and questions."""

    def __init__(self, database: Database) -> None:
        """Open what `write` wrote."""
        self._database = database
        self.close = database.close
        """Release it; twice does no harm."""

    def headings(self, typed: str, most: int) -> list[Heading]:
        """The first headings that, with those above and the name of their entry, have all words,
        the last one as it is or as a beginning; those that have more of them themselves first."""
        rows = self._rows("heading", "entry, section, path", typed, _LOOKED_AT * most)
        found = [Heading(entry, section, tuple(path.split("\n"))) for entry, section, path in rows]
        found.sort(key=lambda one: sum(words_in(typed, one.path[-1])), reverse=True)
        return found[:most]

    def questions(self, typed: str, most: int) -> list[str]:
        """The first questions that have all words, the last one as it is or as a beginning; where
        these are several, those that begin with them first."""
        rows = self._rows("question", "question", typed, _LOOKED_AT * most)
        found = [question for (question,) in rows]
        if " " in (begun := name_key(typed)):
            found.sort(key=lambda one: not name_key(one).startswith(begun))
        return found[:most]

    def all_questions(self) -> list[str]:
        """All questions, in their order: for who builds."""
        statement = "SELECT question FROM questions ORDER BY number"
        return [question for (question,) in self._database.rows(statement)]

    def corrected(self, typed: str) -> str:
        """What is typed with each word that begins no word of a heading put right: to the nearest
        with its first letter, if a slip makes it, or two of eight letters and more; it is written
        as it is looked up, "sizes" as "size"."""
        parts, end = [], 0
        for word in name_words(typed)[:_MOST_WORDS]:
            if right := self.nearest(word.key):
                parts += [typed[end : word.start], right]
                end = word.end
        return "".join((*parts, typed[end:]))

    def nearest(self, word: str) -> str | None:
        """The word of headings that is meant by another, in lower case, where it is none and begins
        none."""
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        if len(word) < _ONE_SLIP:
            return None
        rows = self._database.rows(
            "SELECT term FROM heading_vocabulary WHERE term >= ? AND term < ? "
            "AND (length(term) BETWEEN ? AND ? OR term >= ? AND term < ?)",
            word[0],
            word[0] + _LAST,
            len(word) - slips,
            len(word) + slips,
            word,
            word + _LAST,
        )
        terms = [term for (term,) in rows]
        if any(term.startswith(word) for term in terms):
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extractOne(word, terms, scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found else None

    def _rows(self, of: str, columns: str, typed: str, most: int) -> list[Any]:
        words = [f'"{word.key}"' for word in name_words(typed)[:_MOST_WORDS]]
        if not words:
            return []
        return self._database.rows(
            f"SELECT {columns} FROM {of}_words w JOIN {of}s ON number = w.rowid "
            "WHERE words MATCH ? ORDER BY w.rowid LIMIT ?",
            f"{' AND '.join(words)} *",
            most,
        )


def words_in(typed: str, text: str) -> list[bool]:
    """Of each typed word, whether a text has it, as it is or as a beginning."""
    own = [word.key for word in name_words(text)]
    words = (word.key for word in name_words(typed)[:_MOST_WORDS])
    return [any(one.startswith(word) for one in own) for word in words]


def write(path: Path, knowledge_base: KnowledgeBase, questions: Iterable[str]) -> None:
    """Write the headings of a knowledge base, and questions that it answers and that can be
    offered (`offered_questions.py`).

    Raises:
        OSError: the file cannot be written.
    """
    with new_file(path) as connection:
        connection.executescript(_TABLES)
        _fill(connection, knowledge_base, questions)


def in_order(questions: Iterable[str]) -> list[str]:
    """Questions as they are shown: short ones first, which ask for what most want."""
    return sorted(questions, key=len)


def _fill(
    connection: sqlite3.Connection, knowledge_base: KnowledgeBase, questions: Iterable[str]
) -> None:
    headings = sorted(_headings(knowledge_base), key=lambda one: len("".join(one.path)))
    rows = enumerate((one.entry, one.section, "\n".join(one.path)) for one in headings)
    insert(connection, "headings", ((number, *row) for number, row in rows))
    entries = knowledge_base.entries
    _index(connection, "heading", (" ".join((entries[o.entry].name, *o.path)) for o in headings))
    shortest = in_order(questions)
    insert(connection, "questions", enumerate(shortest))
    _index(connection, "question", shortest)


def _headings(knowledge_base: KnowledgeBase) -> Iterator[Heading]:
    for ordinal, entry in enumerate(knowledge_base):
        for section in entry.sections:
            if section.path:
                yield Heading(ordinal, section.name, section.path)


def _index(connection: sqlite3.Connection, of: str, texts: Iterable[str]) -> None:
    connection.executemany(
        f"INSERT INTO {of}_words(rowid, words) VALUES (?, ?)",
        (
            (number, " ".join(word.key for word in name_words(text)))
            for number, text in enumerate(texts)
        ),
    )
    connection.execute(f"INSERT INTO {of}_words({of}_words) VALUES ('optimize')")
