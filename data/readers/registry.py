"""The readers: those that come with Entrywise, in the order in which they are tried, then those of
other distributions by name. No other module names one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.plugins import load, plugins
from entrywise.data.readers.base import ALONE, Reader, Reading
from entrywise.data.readers.folder import FindReader, FolderReader
from entrywise.data.readers.formats.asciidoc import AsciiDocReader
from entrywise.data.readers.formats.book import BookReader
from entrywise.data.readers.formats.html import HtmlReader
from entrywise.data.readers.formats.markdown import MarkdownReader
from entrywise.data.readers.formats.notebook import NotebookReader
from entrywise.data.readers.formats.office.slides import SlidesReader
from entrywise.data.readers.formats.office.word import WordReader
from entrywise.data.readers.formats.pdf import PdfReader
from entrywise.data.readers.formats.questions import QuestionsReader
from entrywise.data.readers.formats.restructured import RestructuredReader
from entrywise.data.readers.formats.tables.rows import CsvReader, JsonLinesReader
from entrywise.data.readers.formats.tables.workbook import WorkbookReader
from entrywise.data.readers.formats.text import TextReader
from entrywise.data.readers.glossary import GlossaryReader
from entrywise.data.readers.site.reader import SiteReader

GROUP = "entrywise.readers"


def find_reader(source: Path, reading: Reading = ALONE) -> Reader:
    """The reader of a source. Those of other distributions are loaded one after the other, and only
    for what no reader before them accepts.

    Raises:
        KnowledgeBaseError: there is none; the message lists what can be read.
    """
    faults: list[KnowledgeBaseError] = []
    reader = _first(source, chain(_shipped(reading), _outside(faults)))
    if reader is None:
        raise KnowledgeBaseError(_refusal(source, faults))
    return reader


def readable() -> str:
    """What can be read, for help and messages: "a .json glossary, … or a .csv file"."""
    # A site is the last that comes to mind, and the first to be told by its address.
    site, *shipped = _shipped(ALONE)
    *most, last = (reader.reads for reader in chain(shipped, [site], _outside([])))
    return f"{', '.join(most)} or {last}"


def _file_readers(reading: Reading) -> FindReader:
    """Finds the readers of the files of one folder. Those of other distributions are looked for
    once; why one cannot be loaded is said of the first file that it may be for."""
    shipped = _shipped(reading)
    faults: list[KnowledgeBaseError] = []
    outside: list[Reader] | None = None

    def find(source: Path) -> Reader | None:
        nonlocal outside
        if reader := _first(source, shipped):
            return reader
        if outside is None:
            outside = list(_outside(faults))
        reader = _first(source, outside)
        if reader is None and faults:
            raise faults.pop()
        return reader

    return find


def _first(source: Path, readers: Iterable[Reader]) -> Reader | None:
    """The first of some readers that accepts a source."""
    return next((reader for reader in readers if reader.accepts(source)), None)


def _shipped(reading: Reading) -> tuple[Reader, ...]:
    return (
        SiteReader(reading),
        GlossaryReader(reading),
        FolderReader(_file_readers, reading),
        MarkdownReader(reading),
        RestructuredReader(reading),
        AsciiDocReader(reading),
        HtmlReader(reading),
        TextReader(reading),
        PdfReader(reading),
        WordReader(reading),
        SlidesReader(reading),
        BookReader(reading),
        NotebookReader(reading),
        QuestionsReader(reading),
        JsonLinesReader(reading),
        CsvReader(reading),
        WorkbookReader(reading),
    )


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
