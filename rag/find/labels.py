"""Labels in documents: the words that a piece begins with and is about.

    what does --dry-run do?                 `--dry-run`, a term above its explanation
    what does error code 23505 mean?        "| 23505 | unique_violation |", a row
    when is the canteen open?               "Canteen: 11:30 to 14:00", an item or a paragraph

A long section has many pieces that are alike: the one whose label is asked about answers, and the
others only mention it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Section
from entrywise.index.index import Index
from entrywise.rag.find.definitions import Definition
from entrywise.rag.understand.question import Question

# Of 748 questions to fourteen collections 0.1 changes the answers of 4, 0.2 of 7, 0.3 of 16, and
# loses two that were right.
LABELLED = 0.2
"""What a piece is worth, against a cosine, whose label is all that a question is about."""
# Of 58 options of five documentations, asked "what does --x do", 40 are told in what is quoted
# first, 36 with half of it; no figure of fourteen collections is another one.
_OPTION_LABELLED = 2.0
"""How much of that a piece is worth that is labelled with an option that is asked for."""
_COLUMNS = re.compile(r"(?<!\\)\|")
_COLUMN_ENDS = " \\*_`[]"
_LABELLED_KINDS = ("item", "title", "row", "paragraph")
_MOST = 12
"""Words of a question that a label may begin with: the first ones."""
_LONGEST = 60
"""Characters of a label."""
_MARKER = r"[\s>|]*+(?:(?:[-*+•–]|\d{1,3}[.)])[ \t]++)?"
_OPENS, _CLOSES = r"[*_`\[\"“‘(]*", r"[*_`\]\"”’)]*"
_ENDS = r"[ \t]*(?:$|(?:[:：](?!\d)|(?<!\d)[:：])|[|\n–—]|-[ \t])"
"""What is behind a label; no colon of a time ("4:45")."""
_LABEL = re.compile(
    rf"{_MARKER}{_OPENS}(?P<label>[^\s|:：](?:[^\n|:：]{{0,{_LONGEST}}}?[^\s|:：])??)"
    rf"{_CLOSES}(?:\([^\s()]{{0,200}}\))?{_CLOSES}{_ENDS}"
)
_OPTION = re.compile(r"(?<![\w-])--?\w[\w-]*")
_OPTIONS = re.compile(rf"(?:{_OPENS}--?\w\S*(?:\s+[^\s-]\S*)?\s*)+")
_IDENTIFIER = re.compile(r"[^\w\s]|\w*[\d_]")
"""How a name begins that programs and catalogues give, which means nothing else."""
_OF_PARTS = re.compile(r"(?:[\w-]+\.)*[a-z][a-z\d]*[A-Z][\w.-]*|[\w-]+(?:\.[\w-]+)+")
"""What may be such a name, as `chunkCache`, `cache.enabled`, or what much is about, as `uv.lock`:
what it is labelled with says what it is, and may be beside what else is asked of it."""


def label_of(text: str, start: int = 0, end: int = sys.maxsize) -> str | None:
    """What a piece that begins and ends there begins with, where it is set off from the rest.

    >>> label_of("**`--lit`**"), label_of("| Malta | 18 % |"), label_of("1. Pier: at noon")
    ('--lit', 'Malta', 'Pier')
    >>> label_of("- 4:45 to 5:30: closing"), label_of("- Pier:12")
    (None, 'Pier')
    """
    found = _LABEL.match(text, start, end)
    return found and found["label"]


def labels_each(section: Section, things: Sequence[Definition]) -> bool:
    """Whether a section has each of some things as the label of a block of its own, as a list of
    terms has: "- **Oar**: rows. - **Rudder**: steers."; or a table with a column for each."""
    return bool(blocks_of_each(section, things) or headers_of_each(section, things))


def blocks_of_each(section: Section, things: Sequence[Definition]) -> list[int]:
    """The numbers of the first blocks that are labelled with each of some things; none where one
    of the things labels none."""
    if not (things and all(one.is_said(section.text) for one in things)):
        return []
    labels = {
        number: label
        for number, block in enumerate(section.blocks)
        if block.kind in _LABELLED_KINDS
        and (label := label_of(section.text, block.start, block.end))
    }
    found = [[n for n, label in labels.items() if _is_labelled(label, one)] for one in things]
    return [of[0] for of in found] if all(found) else []


def _is_labelled(label: str, thing: Definition) -> bool:
    """Whether a label, or one of the options that it gives (`-n, --name NAME`), is a thing."""
    names = _OPTION.findall(label) if _OPTIONS.fullmatch(label) else [label]
    return any(map(thing.is_called, names))


def headers_of_each(section: Section, things: Sequence[Definition]) -> list[int]:
    """The numbers of the headers of tables that have a column for each of some things."""
    if not things:
        return []
    found: list[int] = []
    for number, block in enumerate(section.blocks):
        if block.kind == "header":
            line = section.text[block.start : block.end].strip().split("\n", 1)[0]
            columns = {one.strip(_COLUMN_ENDS) for one in _COLUMNS.split(line)}
            if all(any(map(one.is_called, columns)) for one in things):
                found.append(number)
    return found


class Labels:
    """The labels that a question names.

    Where it asks for a definition these are identifiers alone: what is labelled with a thing tells
    something of it, and seldom what it is.
    """

    def __init__(self, question: Question, index: Index) -> None:
        self._asked = question.text.casefold()
        self._text = question.text
        self._options = set(_OPTION.findall(question.text))
        self._defined = bool(Definition(question, index.manifest.subject))
        words = list(dict.fromkeys(word.group().casefold() for word in question.keywords))[:_MOST]
        rarities = index.words.rarities(words)
        total = sum(rarities) or 1.0
        self._shares = dict(zip(words, (one / total for one in rarities), strict=True))
        any_word = "|".join(map(re.escape, words)) or r"(?!)"
        before = rf"{_MARKER}[^\w\n]{{0,12}}(?:(?<=-)\w[^\w\n]{{1,8}}(?<=-))?"
        self._begins = re.compile(rf"{before}(?:{any_word})(?!\w)", re.IGNORECASE)

    def worths(self, entry: int, section: int, index: Index) -> NDArray[np.float32]:
        """What the pieces of a section are worth by their labels, from 0 on, float32 (pieces,)."""
        rows = index.section_rows(entry, section)
        worths = np.zeros(len(rows), np.float32)
        own = index.entries[entry].sections[section]
        # Of a table the header names its columns.
        headers = {block.start for block in own.blocks if block.kind == "header"}
        for place, (start, end) in enumerate(index.sentences[rows.start : rows.stop, 2:].tolist()):
            if start in headers or not self._begins.match(own.text, start, end):
                continue
            if label := label_of(own.text, start, end):
                worths[place] = LABELLED * self._share(label)
        if worths.any():
            bare = _bare_items(own)
            worths *= [start not in bare for start in index.sentences[rows.start : rows.stop, 2]]
        return worths

    def _share(self, label: str) -> float:
        """How much of what the question is about a label is, by rarity; 0 where it does not say
        it. Of options with what is given to them (`-n, --name NAME`) each is one; `-d` is not
        `-D`, nor the flag `f` the flag `F`."""
        if _OPTIONS.fullmatch(label):
            return _OPTION_LABELLED * (not self._options.isdisjoint(_OPTION.findall(label)))
        is_identifier = _IDENTIFIER.match(label) or _OF_PARTS.fullmatch(label)
        if len(label) > 1:
            label = label.casefold()
        asked = self._asked if len(label) > 1 else self._text
        # "18F's values" are asked for, not 18F.
        if not re.search(rf"(?<![\w-]){re.escape(label)}(?![\w-]|['’]s\b)", asked):
            return 0.0
        if self._defined:
            return float(bool(is_identifier))
        return sum(
            self._shares.get(word, 0.0) for word in set(re.findall(r"\w+", label.casefold()))
        )


def _bare_items(section: Section) -> set[int]:
    """Where items begin that are a name alone, and so say nothing of it, with nothing below."""
    told = {block.lead for block in section.blocks}
    return {
        block.start
        for number, block in enumerate(section.blocks)
        if block.kind == "item" and number not in told and label_of(block.plain) == block.plain
    }
