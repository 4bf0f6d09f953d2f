"""Compares the files of a generation with its manifest.

What is small is hashed at every opening, in milliseconds. Of what is larger the hash is taken when
a file is new or has changed, and again after a week: a disk may rot without a trace. Beyond that
`entrywise index verify` hashes everything.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from entrywise.index.generations import file_states as states
from entrywise.index.generations.pointer import generation_of
from entrywise.index.layout import MANIFEST, FileRecord, Layout, Manifest, damaged, file_record

# Bytes: to hash so many takes 3 ms, a hundredth of a cold question.
_ALWAYS = 4 * 2**20
HASHED_AT_OPENING = 64 * 2**20
"""Bytes of a file: a larger one is hashed on demand alone."""
_SECONDS = 7 * 24 * 3600
"""After so many what was hashed is hashed again."""


def verify(folder: Path, manifest: Manifest, *, everything: bool = False) -> None:
    """Compare the files of a generation with its manifest.

    Args:
        everything: hash each file, whatever its size.

    Raises:
        IndexDamaged: a file is missing, truncated or altered.
    """
    named = generation_of(folder.name)
    if named and named != manifest.generation:
        raise damaged(folder, f"{MANIFEST} is not what was written")
    checked = Layout(folder).checked
    known, now = states.read(checked), int(time.time())
    seen: dict[str, list[object]] = {}
    always = _always_hashed(manifest.files)
    for name, record in manifest.files.items():
        try:
            state = _state(folder, name, record)
            when = _hashed_at(known.get(name), state, now)
            is_small = record.size <= HASHED_AT_OPENING
            if everything or name in always or (is_small and when is None):
                if file_record(folder / name) != record:
                    raise damaged(folder, f"{name} is not what was written")
                # What is hashed each time need not be written down each time.
                when = when if when is not None and not everything else now
            seen[name] = [*state, when if when is not None else 0]
        except OSError as error:
            raise damaged(folder, f"{name} cannot be read ({error.strerror})") from error
    if known != seen:
        states.keep(checked, seen)


def _state(folder: Path, name: str, record: FileRecord) -> states.State:
    state = states.state(folder / name)
    if state[0] != record.size:
        raise damaged(folder, f"{name} has {state[0]} bytes instead of {record.size}")
    return state


def _hashed_at(known: object, state: states.State, now: int) -> int | None:
    """When a file in this state was hashed, if that is not too long ago."""
    match known:
        case [*before, int(when)] if before == state and 0 <= now - when < _SECONDS:
            return when
    return None


def _always_hashed(files: Mapping[str, FileRecord]) -> frozenset[str]:
    """The smallest files, as many as are hashed in no time."""
    chosen, left = [], _ALWAYS
    for name in sorted(files, key=lambda name: files[name].size):
        left -= files[name].size
        if left < 0:
            break
        chosen.append(name)
    return frozenset(chosen)
