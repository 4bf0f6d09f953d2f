"""Pieces: the smallest stretches of an entry that are quoted, with what each says in plain text.

A section of a term is cut into sentences. Of a document's section a block is a piece; a long
paragraph is cut into its sentences, whose places are looked for in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from entrywise.data.documents.blocks import announces
from entrywise.data.entries import Block, Section
from entrywise.data.languages import UNSPACED
from entrywise.data.words import word_count
from entrywise.index.passages.sentences import sentence_spans

_LONG = 40
"""Words: up to so many, a paragraph or an item is quoted whole."""
_WIDE = f"{UNSPACED}\uff01-\uffee"
# Words; of what is written without spaces, letters, as markup may stand between any two.
_WORD = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+")
_ENDS_BEFORE = re.compile(rf"[\s{_WIDE}]")
_PROSE = ("paragraph", "item", "step", "note")
_HARD_BREAK = re.compile(r"(?<!\\)\\\n\s*$")
_CLAUSE = re.compile(
    r"(?:\((?:\w{1,2}|[ivxl]{3,5})\)|(?:\w{1,2}|[ivxl]{3,5})\)|[•–])\s", re.IGNORECASE
)
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
"""The mark of a footnote."""


class Piece(NamedTuple):
    """`text[start:end]` of a section, and what it says without markup. `block` is the number of
    the block that it is of, or -1."""

    start: int
    end: int
    plain: str
    block: int


def pieces(section: Section, language: str) -> Iterator[Piece]:
    """The pieces of a section, in reading order."""
    if not section.blocks:
        for start, end in sentence_spans(section.text, language):
            yield Piece(start, end, section.text[start:end], -1)
    for number, block in enumerate(section.blocks):
        for start, end, plain in _of_block(section, block, language):
            yield Piece(start, end, plain, number)


def _of_block(section: Section, block: Block, language: str) -> Iterator[tuple[int, int, str]]:
    is_long = block.kind in _PROSE and word_count(block.plain) > _LONG
    spans = sentence_spans(block.plain, language) if is_long else []
    if len(spans) < 2:
        yield block.start, block.end, block.plain
        return
    source = section.text[block.start : block.end]
    cuts = _cuts(source, block.plain, [start for start, _ in spans[1:]])
    begin, opening = 0, spans[0][0]
    for number, cut in enumerate([*cuts, len(source)]):
        if cut is None:
            continue
        closing = spans[number][1]
        end = begin + len(_HARD_BREAK.sub("", source[begin:cut]).rstrip())
        yield block.start + begin, block.start + end, block.plain[opening:closing]
        if number + 1 < len(spans):
            begin, opening = cut, spans[number + 1][0]


def _cuts(source: str, plain: str, starts: list[int]) -> list[int | None]:
    """Where sentences of the plain text begin in its source; None where that is not sure.

    The words of the plain text stand in the source in their order, with markup between them: looked
    for from the left, a word is found where it is or before; from the right, there or behind.
    Where both agree, it is there.
    """
    words = _words(plain)
    firsts, place = [], 0
    for _, word in words:
        found = source.find(word, place)
        firsts.append(found)
        place = found + len(word) if found >= 0 else place
    lasts, place = [], len(source)
    for _, word in reversed(words):
        found = source.rfind(word, 0, place)
        lasts.append(found)
        place = found if found >= 0 else place
    lasts.reverse()
    numbers = {start: number for number, (start, _) in enumerate(words)}
    cuts: list[int | None] = []
    for start in starts:
        number = numbers.get(start)
        sure = number is not None and firsts[number] == lasts[number] >= 0
        cut = _before_markup(source, firsts[number]) if sure and number is not None else None
        cuts.append(None if cut is not None and _is_within(source[:cut].rstrip()) else cut)
    return cuts


def _is_within(before: str) -> bool:
    """Whether no sentence ends with a text, whatever marks it has: it ends with code (`println!`),
    or within code or a tag."""
    tag = before.rfind("<")
    is_in_tag = tag > before.rfind(">") and before[tag + 1 : tag + 2].isalpha()
    return before.endswith("`") or before.count("`") % 2 == 1 or is_in_tag


def _before_markup(source: str, place: int) -> int:
    """Where the run without blanks begins that a place is in: markup opens before its word. Letters
    and signs of scripts without spaces are none."""
    while place and not _ENDS_BEFORE.match(source[place - 1]):
        place -= 1
    return place


def _words(text: str) -> list[tuple[int, str]]:
    return [(word.start(), word[0]) for word in _WORD.finditer(text)]


def with_clauses(section: Section) -> Sequence[Block]:
    """The blocks of a section, of which clauses that are written as paragraphs ("(a) charge
    interest; or") have a lead, as items of a list have: the paragraph that announces them."""
    blocks = list(section.blocks)
    lead = -1
    for number, block in enumerate(section.blocks):
        is_free = block.kind == "paragraph" and block.lead < 0
        text = section.text[block.start : block.end] if is_free else ""
        if is_free and lead >= 0 and _CLAUSE.match(text):
            blocks[number] = block._replace(lead=lead)
        else:
            lead = number if announces(text) else -1
    return blocks


def footnotes(section: Section) -> Mapping[str, list[int]]:
    """The numbers of the blocks of each footnote, by its name."""
    found: dict[str, list[int]] = {}
    for number, block in enumerate(section.blocks):
        if block.kind == "note" and (name := FOOTNOTE.match(section.text, block.start)):
            below = range(number + 1, len(section.blocks))
            found[name[1]] = [number, *(n for n in below if section.blocks[n].lead == number)]
    return found
