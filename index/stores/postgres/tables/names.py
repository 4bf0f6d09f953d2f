"""Names, those of a whole question read at once: word by word it would ask the server a dozen
times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from entrywise.data.words import Word
from entrywise.index.memo import Remembered
from entrywise.index.names.forms import Name
from entrywise.index.names.tables import REMEMBERED, NameTables, name_of
from entrywise.index.words.database import Database

_FOLLOWING = """
SELECT coalesce(f.key, '') FROM unnest(?::text[]) WITH ORDINALITY AS t (text, place)
LEFT JOIN LATERAL (SELECT key FROM keys WHERE key >= t.text ORDER BY key LIMIT 1) f ON true
ORDER BY place
"""
_NAMED = """
SELECT k.key, n.form, n.entry, n.ordinary, n.key FROM keys k JOIN names n USING (number)
WHERE k.key = ANY(?) ORDER BY number
"""


class PostgresNames(NameTables):
    """`NameTables` of a database that is asked seldom."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._ahead = Remembered(partial(_read_following, database), REMEMBERED)
        self._names_ahead = Remembered(partial(_read_named, database), REMEMBERED)
        self.expect = partial(_read_ahead, self._ahead, self._names_ahead)

    def _following(self, text: str) -> str:
        return self._ahead.of([text])[text]

    def _named(self, key: str) -> tuple[Name, ...]:
        return self._names_ahead.of([key])[key]


def _read_ahead(
    ahead: Remembered[str, str], names: Remembered[str, tuple[Name, ...]], words: Sequence[Word]
) -> None:
    """Read what begins with each of these, alone and with the next one, and with two more as
    long as a name does."""
    keys = [word.key for word in words]
    named: list[str] = []
    begun, length = [*range(len(keys))], 0
    while begun:
        runs = [keys[first : first + length + more] for first in begun for more in (1, 2)]
        written = {"".join(run): " ".join(run) for run in runs}
        following = ahead.of(written)
        named += (written[text] for text, key in following.items() if text == key)
        length += 2
        begun = [
            first
            for first in begun
            if first + length < len(keys)
            and following[text := "".join(keys[first : first + length])].startswith(text)
        ]
    if named:
        names.of(named)


def _read_following(database: Database, texts: Sequence[str]) -> Mapping[str, str]:
    found = [key for (key,) in database.rows(_FOLLOWING, list(texts))]
    if not found:
        # One of them is no text that a table could hold: it is none of the keys, others may be.
        return {text: _alone(database, text) for text in texts}
    return dict(zip(texts, found, strict=True))


def _alone(database: Database, text: str) -> str:
    found = database.rows(_FOLLOWING, [text])
    return str(found[0][0]) if found else ""


def _read_named(database: Database, keys: Sequence[str]) -> Mapping[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {key: [] for key in keys}
    for key, *row in database.rows(_NAMED, list(keys)):
        found[key].append(name_of(row))
    return {key: tuple(names) for key, names in found.items()}
