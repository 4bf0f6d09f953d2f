"""Parts of an answer as a page sets them: quotes in paragraphs, a compound name as a strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from entrywise.data.identity import Identity
from entrywise.data.languages import DEFAULT
from entrywise.index.passages.sentences import sentence_spans
from entrywise.rag.answer import Citation, Part, Step
from entrywise.rag.domains.base import Decoder
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.visitor import is_excerpt
from entrywise.web.texts.catalogue import below

_OPEN = 100
"""Words of quotes after which those on further entries are folded; most answers have no more."""
_EXCERPTS = 2
"""Excerpts of documents that are not folded."""
_BELOW = " > "
"""Parts headings."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Quotes of one section that stand together in an answer, by the numbers of their citations.

    `is_folded` says whether it is a technical note beside what was asked for. `first` is how many
    characters of the first quote are the sentence that answers, if this begins with it.
    """

    numbers: tuple[int, ...]
    is_folded: bool = False
    first: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a name: what kind of part it is, and the first quote on it, if there is."""

    text: str
    kind: str
    citation: Citation | None


def strip(answer: Answer | Step, table: Part, decoder: Decoder | None) -> list[Piece]:
    """The pieces of the names in a question, explained or not.

    A follow-up ("and what does it mean?") repeats no name: the explained parts stand alone then.
    """
    explained = {
        text: answer.citations[cell.citations[0] - 1]
        for row in table.rows
        for cell in row.cells[:1]
        if cell is not None
        for text in row.parts
    }
    quoted = {text.lower(): citation for text, citation in explained.items()}
    names = decoder.find(answer.question) if decoder else ()
    named = [
        Piece(part.text, decoder.label(part.kind), quoted.get(part.text.lower()))
        for name in names
        for part in name.parts
        if decoder
    ]
    if any(piece.citation for piece in named):
        return named
    return [Piece(text, "", citation) for text, citation in explained.items()]


def is_further(part: Part, answer: Answer | Step, identity: Identity) -> bool:
    """Whether a part is folded: quotes of one more entry, which the question does not name, where
    they are technical notes alone, or come after as many words as most answers have, without folded
    ones; of documents the third excerpt and those behind it."""
    if part.kind != "quote" or part.written or not part.heading or not part.citations:
        return False
    before = answer.citations[: part.citations[0] - 1]
    if is_excerpt(part, answer.citations):
        return len({(one.entry, one.section) for one in before}) >= _EXCERPTS
    if is_told(part, answer.citations):
        return False
    folded = _folded(answer.citations, identity)
    shown = sum(len(one.quote.split()) for one in before if one.section not in folded)
    are_notes = all(answer.citations[number - 1].section in folded for number in part.citations)
    is_beside = are_notes or shown >= _OPEN
    return is_beside and part.heading.casefold() not in answer.read_as.casefold()


def is_told(part: Part, citations: Sequence[Citation]) -> bool:
    """Whether what stands above a part is what it tells of the entry that was quoted before it, not
    what it quotes."""
    if part.kind != "quote" or not (part.heading and part.citations):
        return False
    if is_excerpt(part, citations):
        return False
    first = part.citations[0] - 1
    return first > 0 and citations[first].entry == citations[first - 1].entry


def heading(part: Part, citations: Sequence[Citation]) -> str:
    """What stands above a part: of a document its page and its headings, without the page where the
    part before quotes it, too."""
    said = part.heading or ""
    if not (is_excerpt(part, citations) and part.citations):
        return said
    first = part.citations[0] - 1
    goes_on = first > 0 and citations[first].entry == citations[first - 1].entry
    page, *path = said.split(_BELOW)
    return below(_BELOW.join(path if path and goes_on else [page, *path]))


def folded_heading(part: Part, citations: Sequence[Citation]) -> str:
    """What a folded part is called: of a document its page, which is left out where that is quoted
    already, and the last of its headings."""
    heading = part.heading or ""
    if not is_excerpt(part, citations):
        return heading
    first = part.citations[0] - 1
    is_known = citations[first].entry in {one.entry for one in citations[:first]}
    page, *path = heading.split(_BELOW)
    return below(_BELOW.join(path[-1:] if path and is_known else [page, *path[-1:]]))


def paragraphs(part: Part, citations: Sequence[Citation], identity: Identity) -> list[Paragraph]:
    """A part that is quotes of terms as paragraphs, one for each section, in its order; what is
    folded comes last, together. Notes are not, where a heading has nothing else below it.

    Args:
        citations: those of the answer, as far as they are known.
        identity: says which sections hold technical notes, and in which language.
    """

    def section(number: int) -> str:
        return citations[number - 1].section

    folded = _folded(citations, identity)
    language = identity.language or DEFAULT
    notes = tuple(number for number in part.citations if section(number) in folded)
    read = [number for number in part.citations if number not in notes]
    shown = [
        Paragraph(
            numbers,
            first=sentence_spans(citations[0].quote, language)[0][1] if numbers[0] == 1 else 0,
        )
        for _, run in groupby(read, section)
        if (numbers := tuple(run))
    ]
    is_folded = bool(shown) or not part.heading or is_told(part, citations)
    return [*shown, Paragraph(notes, is_folded=is_folded)] if notes else shown


def _folded(citations: Sequence[Citation], identity: Identity) -> set[str]:
    """The sections of an answer that are folded, as technical notes: where one answers, such notes
    are what was asked for."""
    return set(identity.details) - {citations[0].section}
