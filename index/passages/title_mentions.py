"""Titles of documents that are names, and where other documents mention them.

No question is about a document by its name, since most titles are words of the language
("Holiday", "Installation"). A title is a name where texts write it as one: within their sentences
more often with its own capitals than in lower case. "FastAPI" is, and "Getting started" where it is
referred to so; of "Installation" the texts say "the installation".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from entrywise.data.entries import Entry
from entrywise.data.words import name_key
from entrywise.index.names.forms import Name
from entrywise.index.names.lookup import HeldNames
from entrywise.index.names.names import NameIndex
from entrywise.index.passages.annotation import Mentions
from entrywise.index.passages.chunks import Spans

_LONGEST = 5
"""Words: a longer title is a sentence, and quoted rather than mentioned."""


def title_mentions(entries: Sequence[Entry], sentences: Spans) -> Mentions:
    """The titles that are names, in the sentences of other documents, written as they are."""
    titles = _titles(entries)
    if not titles:
        return np.empty((0, 4), np.int32)
    index = NameIndex(HeldNames(titles))
    found = list(_found(entries, sentences, index))
    is_name = _are_names(entries, sentences, found)
    own = sentences[:, 0]
    kept = [
        (row, entry, start, end)
        for row, entry, start, end, written in found
        if is_name[entry] and written == entries[entry].name and own[row] != entry
    ]
    return np.array(kept, np.int32).reshape(-1, 4)


def _titles(entries: Sequence[Entry]) -> list[Name]:
    """What documents are called that no other is called."""
    keys = [name_key(entry.name) if entry.is_document else "" for entry in entries]
    owners = Counter(keys)
    return [
        Name(entries[ordinal].name, ordinal, True, key)
        for ordinal, key in enumerate(keys)
        if key and owners[key] == 1 and len(key.split()) <= _LONGEST
    ]


def _found(
    entries: Sequence[Entry], sentences: Spans, index: NameIndex
) -> Iterator[tuple[int, int, int, int, str]]:
    """Row, entry, start, end and text of each title in a sentence, however it is written."""
    for row, (entry, section, start, end) in enumerate(sentences.tolist()):
        text = entries[entry].sections[section].text[start:end]
        for match in index.find(text):
            yield row, match.entry, match.start, match.end, text[match.start : match.end]


def _are_names(
    entries: Sequence[Entry],
    sentences: Spans,
    found: Sequence[tuple[int, int, int, int, str]],
) -> dict[int, bool]:
    """Whether the title of each entry that is found is a name."""
    as_names: Counter[int] = Counter()
    for row, named, start, _, written in found:
        entry, section, begin, _ = sentences[row].tolist()
        before = entries[entry].sections[section].text[begin : begin + start].rstrip(" [*_“\"'(")
        # The first word of a sentence, of an item or of a cell has a capital anyway.
        if before[-1:].isalnum() or before.endswith((",", ";")):
            as_names[named] += 1 if written == entries[named].name else -1
    return {named: as_names[named] > 0 for _, named, *_ in found}
