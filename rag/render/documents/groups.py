"""Groups: quotes of one part that are shown as one piece, as the header of a table and its rows.

All others stand by themselves: a fence that is never closed reaches no other quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from entrywise.data.documents.dialects.commonmark import commonmark_lines, to_commonmark
from entrywise.data.documents.remarks import Remark, remarks_in
from entrywise.data.documents.stretches import at_margin
from entrywise.rag.answer import Citation
from entrywise.rag.render.documents.tree import Block, marked, paragraphs, parsed, with_remarks

_BELOW_HEADER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Group:
    """Citations that are shown as one piece, and its CommonMark or plain text."""

    citations: tuple[Citation, ...]
    source: str

    @property
    def is_markdown(self) -> bool:
        """Whether its source is CommonMark."""
        return self.citations[0].is_markdown

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks."""
        if not self.is_markdown:
            return paragraphs(self.source)
        return with_remarks(parsed(self.source), self.remarks)

    @property
    def remarks(self) -> list[Remark]:
        """The admonitions in its source, by their lines."""
        found: list[Remark] = []
        above = 0
        for one in self.citations:
            found += (
                Remark(range(above + own.lines.start, above + own.lines.stop), own.kind)
                for own in _remarks(one)
            )
            above += source_of(one).count("\n") + 1
        return found

    @property
    def marked(self) -> tuple[Block, ...]:
        """Its blocks, the last with the marks of the citations."""
        return marked(self.blocks, (one.number for one in self.citations))


def groups(cited: Sequence[Citation]) -> Iterator[Group]:
    """The groups of the citations of a part, in their order."""
    together: list[Citation] = []
    for one in cited:
        if together and not _goes_on(together[-1], one):
            yield _group(together)
            together = []
        together.append(one)
    if together:
        yield _group(together)


def source_of(citation: Citation) -> str:
    """The CommonMark of a quote that is Markdown; what is none stands as it is."""
    if not citation.is_markdown:
        return citation.quote
    if citation.source is not None:
        return citation.source
    return at_margin(to_commonmark(citation.quote))


def _remarks(citation: Citation) -> list[Remark]:
    if citation.source is not None:
        return [Remark(range(first, last), kind) for first, last, kind in citation.remarks]
    # A quote that begins with the line that opens a remark; of others its lines are not known.
    begun = remarks_in(citation.quote, commonmark_lines(citation.quote))[:1]
    return [one for one in begun if one.lines.start == 0]


def _group(cited: Sequence[Citation]) -> Group:
    source = "\n".join(map(source_of, cited))
    return Group(tuple(cited), _closed(source) if cited[0].is_markdown else source)


def _goes_on(before: Citation, after: Citation) -> bool:
    """Whether a quote begins with more of the table that the one before it ends with."""
    same = (before.entry, before.section) == (after.entry, after.section) and after.is_markdown
    above, below = source_of(before).split("\n"), source_of(after).split("\n")
    is_table = "|" in above[-1] and (len(below) == 1 or not _BELOW_HEADER.fullmatch(below[1]))
    return same and is_table and all("|" in line for line in takewhile(str.strip, below))


def _closed(source: str) -> str:
    """Markdown whose last fence is closed: its document may end within one."""
    fence = ""
    for line in source.split("\n"):
        found = _FENCE.match(line)
        if not fence:
            fence = found[1] if found else ""
        elif found and found[1].startswith(fence) and not line[found.end() :].strip():
            fence = ""
    return f"{source}\n{fence}" if fence else source
