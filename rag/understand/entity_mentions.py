"""Finds what a question names: entries, halves and descriptions of them, and unowned names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from entrywise.index.encoders.query import EncodedQuery
from entrywise.index.index import Index
from entrywise.index.names.names import EXACT
from entrywise.index.similarity import Similarities
from entrywise.rag.understand.decoded_name import DecodedName
from entrywise.rag.understand.implied_names import (
    DESCRIBED,
    described,
    half_names,
    nearest_entry,
)
from entrywise.rag.understand.mention import Mention, characters, strengths
from entrywise.rag.understand.unknown_entities import unowned_names

# Each half that no entry owns costs a run of the encoder; a question has one.
_DESCRIBED_HALVES = 4


def find_mentions(
    text: str,
    encoded: EncodedQuery,
    decoded: Sequence[DecodedName],
    near: Similarities,
    index: Index,
) -> tuple[Mention, ...]:
    """What a text names, in its order. Two mentions overlap only where one is doubtful.

    Args:
        decoded: the compound names in the text, which are named by their parts.
        near: how near the entries are to the text.
    """
    models = {position for name in decoded for position in range(name.start, name.end)}
    parts = {part.start: part for part in _parts(decoded)}
    names = list(_names(text, encoded, index))
    if models:
        names = [_with_parts(name, parts) for name in names if not name.is_within(models)]
    named = characters(name for name in names if name.is_sure)
    found = [*names, *_halves(text, named | models, near, index)]
    unowned = unowned_names(text, encoded, found, models, index)
    sides = [] if decoded else list(described(text, [*found, *unowned], near, index))
    # A description may have a name in it: "BERT-like encoders".
    said = characters(sides)
    found += [name for name in unowned if name.is_free(said)] + sides
    found += [part for part in parts.values() if part.is_free(named)]
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


def _names(text: str, encoded: EncodedQuery, index: Index) -> Iterator[Mention]:
    """The names of entries, each with all its owners."""
    matches = index.names.find(text, encoded.rare)
    for (start, end), owned in groupby(matches, key=lambda match: (match.start, match.end)):
        owners = {match.entry: match.strength for match in owned}
        yield Mention(text[start:end], start, end, "name", owners)


def _halves(text: str, taken: set[int], near: Similarities, index: Index) -> list[Mention]:
    """The names of which only a half is written, where nothing is taken yet; one that no entry
    owns may describe one."""
    halves = [half for half in half_names(text, index.names) if half.is_free(taken)]
    owned = [half for half in halves if half.owners]
    unowned = [half for half in halves if half.is_unowned]
    entries = set(strengths(owned))
    for place, half in enumerate(unowned[:_DESCRIBED_HALVES]):
        entry = nearest_entry(half.name, near, entries, index)
        if entry is not None:
            entries.add(entry)
            unowned[place] = half._replace(source="description", owners={entry: DESCRIBED})
    return owned + unowned


def _parts(decoded: Sequence[DecodedName]) -> Iterator[Mention]:
    """The parts of compound names that entries explain."""
    for part, entry in ((item.part, item.entry) for name in decoded for item in name.parts):
        if entry is not None:
            yield Mention(part.text, part.start, part.end, "part", {entry: EXACT})


def _with_parts(name: Mention, parts: Mapping[int, Mention]) -> Mention:
    """A name that names what explains the parts in it as well: "Mixtral 8x7B".

    Args:
        parts: {start: part}.
    """
    held = (parts[place] for place in range(name.start, name.end) if place in parts)
    return name._replace(owners=strengths([name, *held]))
