"""Cuts entries into chunks and sentences: the units that are embedded, found and quoted.

A span is `(entry, section, start, end)`: ordinals of the entry and of its section, and character
offsets into that section's text, end exclusive. A chunk is a run of whole sentences, so every
section that fits the encoder's window is one chunk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.languages import DEFAULT
from entrywise.index.passages.pieces import pieces
from entrywise.index.passages.rows import Spans
from entrywise.index.passages.section_titles import section_titles

Span = tuple[int, int, int, int]

# 256 word pieces is what all-MiniLM-L6-v2 was trained to read; technical English has about four
# characters to a piece. The longest section of the glossary has 750 characters.
MAX_CHARACTERS = 1000


def sentences(entries: Sequence[Entry], language: str = DEFAULT) -> Spans:
    """The spans of every sentence of every section, in reading order: of documents, their pieces
    (`pieces.py`)."""
    spans = (
        (ordinal, number, piece.start, piece.end)
        for ordinal, entry in enumerate(entries)
        for number, section in enumerate(entry.sections)
        for piece in pieces(section, language)
    )
    return as_spans(spans)


def chunks(sentence_table: Spans, max_characters: int = MAX_CHARACTERS) -> Spans:
    """Runs of sentences of one section, each at most `max_characters` long where one sentence
    is not longer by itself; a section that is cut overlaps by one sentence at each cut."""
    rows = [tuple(row) for row in sentence_table.tolist()]
    sections = groupby(rows, key=lambda row: row[:2])
    return as_spans(run for _, section in sections for run in _runs(section, max_characters))


def as_spans(rows: Iterable[Span]) -> Spans:
    """Rows as an int32 (n, 4) array, also when there are none."""
    return np.array(list(rows), dtype=np.int32).reshape(-1, 4)


def _runs(section: Iterable[Span], max_characters: int) -> Iterator[Span]:
    """The chunks of one section's sentences."""
    run: list[Span] = []
    for sentence in section:
        if run and _length(run[0], sentence) > max_characters:
            yield _joined(run)
            overlaps = len(run) > 1 and _length(run[-1], sentence) <= max_characters
            run = run[-1:] if overlaps else []
        run.append(sentence)
    yield _joined(run)


def _length(first: Span, last: Span) -> int:
    return last[3] - first[2]


def _joined(run: Sequence[Span]) -> Span:
    entry, number, start, _ = run[0]
    return entry, number, start, run[-1][3]


def passage(entry: Entry, section: int, start: int, end: int) -> str:
    """The text of a span under what it is about."""
    return heading(entry, section) + entry.sections[section].text[start:end]


def heading(entry: Entry, section: int) -> str:
    """What stands before the words of a section when they are embedded, and gives them a subject:
    the entry's name, and in a document the headings above them."""
    title = f"{entry.name} ({entry.expansion})" if entry.expansion else entry.name
    return f"{' > '.join((title, *section_titles(entry, section)))}: "


class ChunkText(NamedTuple):
    """What is embedded for a chunk, and the sentences in it that no chunk before it has, as (start,
    end) in characters, end exclusive. Those of all chunks, in order, are all sentences, in order:
    each takes its vector from the first chunk that holds it. `heading` is how many characters come
    before the chunk's own."""

    text: str
    sentences: tuple[tuple[int, int], ...]
    heading: int


def chunk_texts(
    entries: Sequence[Entry],
    chunk_table: Spans,
    sentence_table: Spans,
    language: str,
    *,
    rows: NDArray[np.int64],
) -> Iterator[ChunkText]:
    """What is embedded for the chunks in these `rows` of the table, int64 (n,), ascending."""
    bounds = first_sentences(chunk_table, sentence_table).tolist()
    numbered = zip(rows.tolist(), chunk_table[rows].tolist(), strict=True)
    for (entry, number), some in groupby(numbered, key=lambda row: (row[1][0], row[1][1])):
        section = entries[entry].sections[number]
        before = heading(entries[entry], number)
        told = {piece.start: piece.plain for piece in pieces(section, language) if section.blocks}
        for row, (_, _, start, end) in some:
            own = sentence_table[bounds[row] : bounds[row + 1], 2:]
            if section.blocks:
                yield _plain(before, {at: told[at] for at in told if start <= at < end}, own)
            else:
                spans = own + (len(before) - start)
                text = before + section.text[start:end]
                yield ChunkText(text, tuple(map(tuple, spans.tolist())), len(before))


def _plain(before: str, told: Mapping[int, str], own: Spans) -> ChunkText:
    """The plain text of a document's chunk.

    Args:
        told: {start of a piece: what it says}, in order.
        own: start and end of the pieces that no chunk before it has.
    """
    places, text = {}, before
    for start, plain in told.items():
        places[start] = (len(text), len(text) + len(plain))
        text += f"{plain}\n"
    sentences = tuple(places[start] for start, _ in own.tolist())
    return ChunkText(text.removesuffix("\n"), sentences, len(before))


def first_sentences(chunk_table: Spans, sentence_table: Spans) -> NDArray[np.int64]:
    """The row of the first sentence that no chunk before has, of each chunk, and their number:
    int64 (chunks + 1,)."""
    ends = np.searchsorted(_reading_order(sentence_table), _reading_order(chunk_table), "right")
    return np.concatenate([[0], ends])


def _reading_order(spans: Spans) -> NDArray[np.int64]:
    """Numbers that grow with the section, of those that hold text, and with a span's end in it."""
    is_next = np.any(np.diff(spans[:, :2], axis=0) != 0, axis=1)
    section = np.cumsum(np.concatenate([[0], is_next])[: len(spans)])
    return (section.astype(np.int64) << 32) + spans[:, 3]
