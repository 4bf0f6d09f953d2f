"""Annotates sentences when an index is built, so that no question has to.

features   what a sentence's wording gives away, whatever is asked: the stage that judges
           sentences says what that is (`Annotator`)
mentions   which entries a sentence names, and where
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.index.names.names import NameIndex
from entrywise.index.passages.rows import Mentions, Spans

Features = NDArray[np.uint8]
"""uint8 (sentences, features)."""


class Annotator(Protocol):
    """Tells features of a sentence's wording."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the features are called, in order."""
        ...

    def features(self, text: str) -> Sequence[int]:
        """The features of a sentence, each from 0 to 255."""
        ...


class _NoAnnotator:
    """Tells nothing."""

    names: tuple[str, ...] = ()

    def features(self, text: str) -> Sequence[int]:
        """Nothing."""
        return ()


NO_ANNOTATOR = _NoAnnotator()
"""For an index that is only searched."""


def annotate(entries: Sequence[Entry], sentences: Spans, annotator: Annotator) -> Features:
    """The features of all sentences."""
    told = [annotator.features(text) for text in _texts(entries, sentences)]
    return np.array(told, dtype=np.uint8).reshape(len(sentences), len(annotator.names))


def mentions(entries: Sequence[Entry], sentences: Spans, names: NameIndex) -> Mentions:
    """The names of entries in all sentences."""
    found = (
        number
        for row, text in enumerate(_texts(entries, sentences))
        for match in names.find(text, remember=True)
        for number in (row, match.entry, match.start, match.end)
    )
    # Into an array as they come: as tuples they would take ten times the memory.
    return np.fromiter(found, np.int32).reshape(-1, 4)


def _texts(entries: Sequence[Entry], sentences: Spans) -> Iterator[str]:
    for entry, section, start, end in sentences:
        yield entries[entry].sections[section].text[start:end]
