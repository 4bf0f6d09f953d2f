"""Finds passages by words of their texts that are being typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from entrywise.data.entries import Entry, Section
from entrywise.data.languages import DEFAULT, is_unspaced
from entrywise.index.index import Index
from entrywise.index.passages.sentences import sentence_spans
from entrywise.index.words.base import TOLD
from entrywise.index.words.stems import levelled
from entrywise.rag.render.formulas import readable
from entrywise.rag.understand.detail import keywords

_LAST = (2, 1)
"""So many words are looked for where no text has all."""
_READ = 100
"""Texts that are ranked, the first that hold the words."""
_BEGINNING = 4
"""Letters from which on a word may be a beginning: that of three letters takes up to 30 ms where
there are 100,000 texts, that of four 4 ms."""
_ENDING = 2
"""Letters of a longer word that may differ in the text, where it has another form."""
_WORD = re.compile(r"\w+")
_BEFORE = 32
"""Characters before the word in a line, which is cut at its end."""


class Passage(NamedTuple):
    """A block or sentence with typed words: its entry's ordinal, its place in a section, and a line
    that begins shortly before the word."""

    entry: int
    section: Section
    start: int
    end: int
    line: str


def passages(index: Index, typed: str, most: int) -> list[Passage]:
    """The passages whose texts hold the typed words, or where there are none the last two or the
    last, best first; words that only ask do not count. The last may be a beginning, if it has four
    letters.

    No more than 100 texts that hold them are looked at, however many there are.
    """
    typed_words = [
        *dict.fromkeys(word.group().lower() for word in keywords(typed, None, index.language))
    ]
    language = index.manifest.identity.language or DEFAULT
    for words in (typed_words, *(typed_words[-last:] for last in _LAST if last < len(typed_words))):
        if rows := _rows(index, words)[:most]:
            units = index.units[rows].tolist()
            shown = (
                _shown(index.entries[e], e, section, words, language, index.words.key)
                for e, section in units
            )
            return list(dict.fromkeys(one for some in shown for one in some))
    return []


def _rows(index: Index, words: Sequence[str]) -> list[int]:
    """The rows of the words' index that hold all words, best first; a short one at their end counts
    only as a whole word, and where none holds it for nothing."""
    if not words:
        return []
    scores = index.words.scores(" ".join(words))
    # To the index "with_streaming_res" is three words in a row, the last of which is short.
    parts = words[-1].split("_")
    last = next((n for n in range(len(parts), 0, -1) if len(parts[n - 1]) >= _BEGINNING), 0)
    short = list(filter(None, parts[last:]))
    whole = [*words[:-1], "_".join(parts[:last])] if last else words[:-1]
    found = index.words.beginning(whole, TOLD, _READ) if whole else np.flatnonzero(scores)
    rows = np.array(found, dtype=np.int64)
    for part in short if whole else ():
        # "what is MLA" is about MLA, wherever "what" stands.
        has_part = index.words.scores(part) > 0
        rows = rows[has_part[rows]] if has_part.any() else rows
    ranked: list[int] = rows[np.argsort(-scores[rows], kind="stable")].tolist()
    return ranked


def _shown(
    entry: Entry,
    ordinal: int,
    section: int,
    words: Sequence[str],
    language: str,
    key: Callable[[str], str],
) -> Iterator[Passage]:
    """The first block or sentence with a word of an entry's text, or of one of its sections; none
    where only a name has it, as that of a file."""
    sections = entry.sections if section < 0 else entry.sections[section : section + 1]
    pieces = [(one, *piece) for one in sections for piece in _pieces(one, language)]
    for word in reversed(words):
        for one, start, end, text in pieces:
            if (place := _place(word, text, key)) is not None:
                yield Passage(ordinal, one, start, end, _line(text, place))
                return


def _pieces(section: Section, language: str) -> Iterator[tuple[int, int, str]]:
    """The blocks or sentences of a section: where they stand, and what they say."""
    if section.blocks:
        yield from ((block.start, block.end, block.plain) for block in section.blocks)
        return
    for start, end in sentence_spans(section.text, language):
        yield start, end, readable(section.text[start:end])


def _place(word: str, text: str, key: Callable[[str], str]) -> int | None:
    """Where a word begins that begins so, or is looked up by what begins so: "Überstunden" by what
    one types of "ueberstunden"."""
    if begun := _beginning(word).search(levelled(text)):
        return begun.start()
    stem = key(word)
    if stem == word:
        return None
    found = (one.start() for one in _WORD.finditer(text) if key(one[0].lower()).startswith(stem))
    return next(found, None)


def _beginning(word: str) -> re.Pattern[str]:
    """Finds a word of the same beginning, as an index knows words by their stems, in a text without
    accents; a short one only as it is."""
    if is_unspaced(word):
        return re.compile(re.escape(word))
    word = levelled(word)
    stem = word[: max(_BEGINNING, len(word) - _ENDING)]
    end = r"(?![^\W_])" if len(word) < _BEGINNING else ""
    return re.compile(rf"(?<![^\W_]){re.escape(stem)}{end}", re.IGNORECASE)


def _line(text: str, place: int) -> str:
    """A text from a word shortly before a place on, on one line."""
    start = text.rfind(" ", 0, place - _BEFORE) + 1 if place > _BEFORE else 0
    return ("… " if start else "") + " ".join(text[start:].split())
