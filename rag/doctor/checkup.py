"""The check-up: all checks, in the order in which one thing rests on another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

from entrywise.index.index import Index
from entrywise.rag.doctor.backend import writer
from entrywise.rag.doctor.finding import Finding, findings_of
from entrywise.rag.doctor.knowledge import answered, indexed, known
from entrywise.rag.doctor.machine import places, settings_in_force, versions
from entrywise.rag.opening import open_index
from entrywise.rag.settings import Settings, load_settings


def check_up(index: str | None) -> Iterator[Finding]:
    """Check everything; one finding after the other.

    Args:
        index: the folder of an index; None for that of the settings.
    """
    yield from findings_of("versions", versions)
    wrong = findings_of("settings", settings_in_force)
    yield from wrong
    if any(found.state == "fault" for found in wrong):
        return
    settings = load_settings()
    opened: list[Index] = []
    yield from findings_of("index", partial(_opened, index, settings, opened))
    if opened:
        with closing(opened[0]):
            yield from findings_of("knowledge base", partial(known, opened[0]))
            yield from findings_of("answers", partial(answered, opened[0], settings))
    yield from findings_of("backend", partial(writer, settings))
    yield from findings_of("disk", partial(places, settings))


def _opened(named: str | None, settings: Settings, opened: list[Index]) -> Iterator[Finding]:
    index = open_index(named, settings)
    opened.append(index)
    yield from indexed(index)
