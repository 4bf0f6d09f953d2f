"""A draft of an answer: quotes are added, citations number themselves, no sentence comes twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from entrywise.data.addresses import section_url
from entrywise.data.entries import Entry, Section
from entrywise.data.languages import DEFAULT
from entrywise.index.entry_table import EntryTable
from entrywise.rag.answer import ABSENT, Cell, Citation, Closest, Part, Row
from entrywise.rag.compose.texts.catalogue import Texts, texts_of
from entrywise.rag.judge.evidence import Sentence

if TYPE_CHECKING:
    from entrywise.data.documents.stretches import Stretch


class Draft:
    """Collects the parts of an answer in order."""

    def __init__(self, entries: EntryTable, first: int = 1, *, language: str = DEFAULT) -> None:
        """An empty draft that quotes entries in a language, by their ordinals; its first citation
        has the number `first`."""
        self._entries = entries
        self._language = language
        self._first = first
        self._used: set[int] = set()
        self._quoted: dict[int, Entry] = {}
        self.parts: list[Part] = []
        self.citations: list[Citation] = []
        self.evidence: list[tuple[int, Sentence]] = []
        """The sentences that are quoted, with the number of their citation."""
        self.closest: list[Closest] = []
        """What is near, but no answer."""
        self.meant: str | None = None
        """Another question, which may be meant."""
        self.complete = True
        """Whether nothing that was asked for is absent."""
        self.goes_on = False
        """Whether it goes on with what earlier answers showed."""

    @property
    def texts(self) -> Texts:
        """The fixed texts in the language of the answer; most answers need none."""
        return texts_of(self._language)

    def quote(
        self,
        sentences: Iterable[Sentence],
        *,
        heading: str | None = None,
        aspect: str | None = None,
        key: Sequence[Sentence] = (),
    ) -> None:
        """Add a part of quotes of one entry, in the given order; nothing when all are used up.

        Args:
            key: those of them that answer by themselves, if some do.
        """
        cited = self._cite(sentences, key)
        if cited:
            numbers = tuple(citation.number for citation in cited)
            text = joined_quotes(cited)
            self.parts.append(Part("quote", text, numbers, heading, cited[0].entry, aspect))

    def write(self, text: str, sentences: Iterable[Sentence], *, supported: bool) -> None:
        """Add a sentence that an LLM wrote, with the sentences that it cites."""
        numbers = dict.fromkeys(self._number_of(sentence) for sentence in sentences)
        self.parts.append(Part("connective", text, tuple(numbers), supported=supported))

    def cell(self, sentences: Iterable[Sentence]) -> Cell | None:
        """Cite sentences of one entry for a cell of a table; None when there are none."""
        cited = self._cite(sentences)
        if not cited:
            return None
        text = " ".join(citation.quote for citation in cited)
        return Cell(text, tuple(citation.number for citation in cited))

    def cells(self, rows: Sequence[Sequence[Sequence[Sentence]]]) -> list[tuple[Cell | None, ...]]:
        """Cite the sentences of each cell of some rows, in reading order."""
        return [tuple(self.cell(sentences) for sentences in row) for row in rows]

    def table(self, columns: Sequence[str], rows: Sequence[Row], *, heading: str | None) -> None:
        """Add a table, whose text is what a reader without tables gets.

        A column without any cell is something that was asked for and is absent.
        """
        cells = zip(*(row.cells for row in rows), strict=True)
        self.complete = self.complete and all(map(any, cells))
        said = ((row.aspect, [cell.text if cell else ABSENT for cell in row.cells]) for row in rows)
        numbers = tuple(n for row in rows for cell in row.cells if cell for n in cell.citations)
        self.parts.append(
            Part(
                "table",
                "\n".join(table_lines(columns, said)),
                numbers,
                heading,
                columns=tuple(columns),
                rows=tuple(rows),
            )
        )

    def notice(self, text: str, *, aspect: str | None = None) -> None:
        """Add a remark on the answer itself."""
        self.parts.append(Part("notice", text, aspect=aspect))

    def absent(self, told: str, *, aspect: str | None = None) -> None:
        """Say, in a sentence, that the knowledge base lacks what was asked for."""
        self.complete = False
        self.notice(told, aspect=aspect)

    def unknown(self, names: Iterable[str], *, aspect: str | None = None) -> None:
        """Say of names that no text holds them."""
        listed = self.texts.either(self.texts.in_quotes(names))
        self.absent(self.texts("missing.names", names=listed), aspect=aspect)

    def mentioned(self, names: Sequence[str], *, aspect: str | None = None) -> None:
        """Say of names that texts hold them, but no entry is about them."""
        listed = self.texts.joined(self.texts.in_quotes(names))
        told = self.texts("missing.entry", names=listed, count=len(names))
        self.absent(told, aspect=aspect)

    def near(self, sentences: Sequence[Sentence]) -> None:
        """Keep sentences that stand next to each other as near to the question."""
        first, last = sentences[0], sentences[-1]
        entry = self._entries[first.entry]
        section = entry.sections[first.section]
        quote = section.text[first.start : last.end]
        url = section_url(entry, section, first.start, last.end)
        self.closest.append(Closest(entry.id, section.name, first.start, last.end, quote, url))

    def pass_over(self, rows: Iterable[int]) -> None:
        """Quote no sentence of these rows of the index's table: they were shown before."""
        self._used.update(rows)
        self.goes_on = True

    def has_column(self, title: str) -> bool:
        """Whether a table has a column of this title."""
        return any(title in part.columns for part in self.parts)

    def unused(self, sentences: Iterable[Sentence]) -> list[Sentence]:
        """Those of some sentences that are not quoted yet."""
        return [sentence for sentence in sentences if sentence.row not in self._used]

    def _cite(self, sentences: Iterable[Sentence], key: Sequence[Sentence] = ()) -> list[Citation]:
        """Number the quotes of sentences that are not used yet; neighbours become one quote."""
        runs: list[list[Sentence]] = []
        for sentence in sentences:
            if sentence.row in self._used:
                continue
            self._used.add(sentence.row)
            last = runs[-1][-1] if runs else None
            if last and last.row + 1 == sentence.row and last.section == sentence.section:
                runs[-1].append(sentence)
            else:
                runs.append([sentence])
        return [self._number(run, key) for run in runs]

    def _number_of(self, sentence: Sentence) -> int:
        """The number under which a sentence is cited, if need be from now on."""
        for number, cited in self.evidence:
            if cited == sentence:
                return number
        return self._number([sentence]).number

    def _number(self, run: Sequence[Sentence], key: Sequence[Sentence] = ()) -> Citation:
        first, last = run[0], run[-1]
        if first.entry not in self._quoted:
            self._quoted[first.entry] = self._entries[first.entry]
        entry = self._quoted[first.entry]
        section = entry.sections[first.section]
        stretch = _stretch(section, first.start, last.end)
        citation = Citation(
            number=self._first + len(self.citations),
            entry=entry.id,
            title=entry.name,
            section=section.name,
            start=first.start,
            end=last.end,
            quote=section.text[first.start : last.end],
            url=section_url(entry, section, first.start, last.end) if entry.url else None,
            heading=" > ".join(section.path) or None,
            is_markdown=section.is_markdown,
            source=stretch and stretch.text,
            highlight=_highlight([sentence for sentence in run if sentence in key]),
            remarks=stretch.remarks if stretch else (),
        )
        self.citations.append(citation)
        self.evidence += ((citation.number, sentence) for sentence in run)
        return citation


def _highlight(key: Sequence[Sentence]) -> tuple[int, int] | None:
    return (key[0].start, key[-1].end) if key else None


def _stretch(section: Section, start: int, end: int) -> Stretch | None:
    if not section.is_markdown:
        return None
    # Whoever asks for terms does not wait for what documents need (3 ms).
    from entrywise.data.documents.stretches import stretch

    return stretch(section, start, end)


def joined_quotes(cited: Sequence[Citation]) -> str:
    """Quotes of one part as one text: sentences go on, blocks of Markdown stand apart, and rows of
    a table below each other."""
    if not any(one.is_markdown for one in cited):
        return " ".join(one.quote for one in cited)
    text = ""
    for one in cited:
        if text:
            text += "\n" if _is_row(text) and _is_row(one.quote) else "\n\n"
        text += one.quote
    return text


def _is_row(text: str) -> bool:
    return text.rpartition("\n")[2].lstrip().startswith("|")


def table_lines(columns: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """What a reader without tables gets: a line for each cell, row by row.

    >>> list(table_lines(["GQA", "MLA"], [("Cost", ["Low.", "Lower."])]))
    ['GQA, Cost: Low.', 'MLA, Cost: Lower.']
    """
    for aspect, cells in rows:
        for column, cell in zip(columns, cells, strict=True):
            # A table of one subject has no titles.
            yield f"{column}, {aspect}: {cell}" if column else f"{aspect}: {cell}"
