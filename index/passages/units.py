"""Units: what is found by words. A term is one; of a document each section is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry

Units = NDArray[np.int32]
"""int32 (units, 2): ordinals of an entry and of its section, -1 for all of them; ordered."""

_ALL = -1


def units_of(entries: Sequence[Entry]) -> Units:
    """The units of entries, which are all terms or all documents, in reading order."""
    if not any(entry.is_document for entry in entries):
        ordinals = np.arange(len(entries), dtype=np.int32)
        return np.column_stack([ordinals, np.full_like(ordinals, _ALL)])
    rows = [
        (ordinal, section)
        for ordinal, entry in enumerate(entries)
        for section in range(len(entry.sections))
    ]
    return np.array(rows, dtype=np.int32).reshape(-1, 2)


def word_row(entry: Entry, section: int) -> tuple[str, str, str]:
    """What a unit is called, what it says, and how people ask for it.

    A section is called by its headings and its document's name; the name of the document's file
    may be another ("pto", "Paid time off").
    """
    names = (entry.name, entry.expansion, *entry.aliases)
    if section == _ALL:
        body = (one.text for one in entry.sections)
    else:
        names += (*entry.sections[section].path, entry.id.rpartition("/")[2])
        body = (block.plain for block in entry.sections[section].blocks)
    return "\n".join(names), "\n".join(body), "\n".join(entry.questions)


def unit_numbers(units: Units, places: Units) -> NDArray[np.int64]:
    """The unit that each section is of or is.

    Args:
        places: int32 (n, 2): ordinals of an entry and of its section.

    Returns:
        int64 (n,), rows of `units`.
    """
    # A term's unit, whose section is -1, is right before its first section.
    return np.searchsorted(_keys(units), _keys(places), "right") - 1


def _keys(places: Units) -> NDArray[np.int64]:
    return (places[:, 0].astype(np.int64) << 32) + places[:, 1]
