"""Titles of documents that are names, and where other documents mention them.

No question is about a document by its name, since most titles are words of the language
("Holiday", "Installation"). A title is a name where texts write it as one: within their sentences
more often with its own capitals than in lower case. "FastAPI" is, and "Getting started" where it is
referred to so; of "Installation" the texts say "the installation".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.words import name_key
from entrywise.index.names.forms import Name
from entrywise.index.names.lookup import HeldNames
from entrywise.index.names.names import NameIndex
from entrywise.index.passages.rows import Mentions, Spans

FoundTitles = NDArray[np.int32]
"""int32 (n, 5): a mention (`Mentions`), and 1 where it is written as the title is; by row."""

_LONGEST = 5
"""Words: a longer title is a sentence, and quoted rather than mentioned."""


def title_mentions(entries: Sequence[Entry], sentences: Spans, found: FoundTitles) -> Mentions:
    """The titles that are names, in the sentences of other documents, written as they are.

    Args:
        found: all titles in the sentences.
    """
    is_name = np.zeros(len(entries), bool)
    is_name[_names(entries, sentences, found)] = True
    named, is_as_written = found[:, 1], found[:, 4] == 1
    is_of_another = sentences[found[:, 0], 0] != named
    return found[is_name[named] & is_as_written & is_of_another, :4]


def found_titles(entries: Sequence[Entry], titles: Sequence[Name], sentences: Spans) -> FoundTitles:
    """Each title in a sentence, however it is written."""
    if not titles:
        return np.empty((0, 5), np.int32)
    index = NameIndex(HeldNames(titles))
    found = (
        number
        for row, (entry, section, start, end) in enumerate(sentences.tolist())
        for text in [entries[entry].sections[section].text[start:end]]
        for match in index.find(text)
        for number in (
            row,
            match.entry,
            match.start,
            match.end,
            text[match.start : match.end] == entries[match.entry].name,
        )
    )
    return np.fromiter(found, np.int32).reshape(-1, 5)


def own_titles(entries: Sequence[Entry]) -> list[Name]:
    """What documents are called that no other is called; a number, as rows without a title have
    one, is no name."""
    documents = [one for one in enumerate(entries) if one[1].is_document]
    keys = [name_key(entry.name) for _, entry in documents]
    owners = Counter(keys)
    return [
        Name(entry.name, ordinal, True, key)
        for (ordinal, entry), key in zip(documents, keys, strict=True)
        if any(map(str.isalpha, key)) and owners[key] == 1 and len(key.split()) <= _LONGEST
    ]


def _names(entries: Sequence[Entry], sentences: Spans, found: FoundTitles) -> list[int]:
    """The entries whose titles are names."""
    as_names: Counter[int] = Counter()
    for row, named, start, _, is_as_written in found.tolist():
        entry, section, begin, _ = sentences[row].tolist()
        before = entries[entry].sections[section].text[begin : begin + start].rstrip(" [*_“\"'(")
        # The first word of a sentence, of an item or of a cell has a capital anyway.
        if before[-1:].isalnum() or before.endswith((",", ";")):
            as_names[named] += 1 if is_as_written else -1
    return [named for named, often in as_names.items() if often > 0]
