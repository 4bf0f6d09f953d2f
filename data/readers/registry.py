"""The readers: those that come with Entrywise, in the order in which they are tried, then those of
other distributions by name. No other module names one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.plugins import load, plugins
from entrywise.data.readers.base import Reader
from entrywise.data.readers.folder import FolderReader
from entrywise.data.readers.glossary import GlossaryReader
from entrywise.data.readers.markdown import MarkdownReader
from entrywise.data.readers.rows import CsvReader, JsonLinesReader
from entrywise.data.readers.text import TextReader

GROUP = "entrywise.readers"


def find_reader(source: Path) -> Reader:
    """The reader of a source. Those of other distributions are loaded one after the other, and only
    for what no reader before them accepts.

    Raises:
        KnowledgeBaseError: there is none; the message lists what can be read.
    """
    faults: list[KnowledgeBaseError] = []
    for reader in chain(_SHIPPED, _outside(faults)):
        if reader.accepts(source):
            return reader
    raise KnowledgeBaseError(_refusal(source, faults))


_SHIPPED: tuple[Reader, ...] = (
    GlossaryReader(),
    FolderReader(find_reader),
    MarkdownReader(),
    TextReader(),
    JsonLinesReader(),
    CsvReader(),
)


def readable() -> str:
    """What can be read, for help and messages: "a .json glossary, … or a .csv file"."""
    *most, last = (reader.reads for reader in chain(_SHIPPED, _outside([])))
    return f"{', '.join(most)} or {last}"


def _outside(faults: list[KnowledgeBaseError]) -> Iterator[Reader]:
    """The readers of other distributions; why one cannot be loaded is added to `faults`, as another
    may still be the right one."""
    for plugin in plugins(GROUP):
        try:
            factory: Callable[[], Reader] = load(plugin, "reader", KnowledgeBaseError)
        except KnowledgeBaseError as fault:
            faults.append(fault)
        else:
            yield factory()


def _refusal(source: Path, faults: list[KnowledgeBaseError]) -> str:
    if not source.exists():
        return f"{source}: does not exist; check the path"
    kind = source.suffix or "a file without suffix"
    remedies = [*map(str, faults), f"name {readable()}"]
    return f"{source}: {kind} cannot be read; {', or '.join(remedies)}"
