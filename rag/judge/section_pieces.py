"""The pieces of a document's section, and what each cannot be read without.

A step comes with the other steps, an item of a short list with the others, a row with its header,
an item with what announces it, a title with what stands below it; what ends with a colon with what
it announces; what refers back ("After that …") with what it refers to; code or a short list with
what leads up to it; and a footnote with what refers to it, and with nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, pairwise

from entrywise.data.documents.blocks import announces
from entrywise.data.entries import Block, Section
from entrywise.data.languages import QUESTION_MARKS, REFERS_BACK
from entrywise.data.words import word_count
from entrywise.index.passages.pieces import FOOTNOTE, footnotes, with_clauses
from entrywise.rag.find.boilerplate import idle_blocks, only_heads

_GAP = 30
"""Words between two blocks that belong together which are quoted with them."""
_BEFORE = 110
"""Words that come with what refers back to them."""
_STEPS = 500
"""Words of a list of steps that is quoted whole."""
_LIST, _ITEM, _TABLE = 100, 100, 100
"""Words of another list, of a step or an item, and of a table that are quoted whole."""
_COMPARED = 300
"""Words of tables that are quoted where two of their columns are what is compared."""
_CODE = 150
"""Words of a block of code that is quoted with what leads up to it."""
_OPENING = 30
"""Words that a paragraph begins with which come with the rest of it."""
_UP_TO_CODE = 2
"""Pieces behind an excerpt that are looked at for code."""
_CROSSING = 0.3
"""What it costs to go on into a table that nothing before it announces."""
_ANNOUNCED = 120
"""Words of a list that comes with what announces it."""
_NAMES, _TITLED = 6, 40
"""Words of an item that names what is below it, and of what comes with a title, the first paragraph
whatever its length."""
_REFERS_BACK = re.compile(REFERS_BACK, re.IGNORECASE)
_CLOSES = " \n*_”\"')"
_LABEL = re.compile(r"(?:^|[.!?]\s)(?:\*\*|__)[^*_\n]{1,80}(?:\*\*|__)[.:]?$")
"""What only says what the next sentence is about (`**Background.**`)."""
_ALL_CODE = re.compile(r"[\s>]*(?:[-*+]\s+)?`+[^`]+`+[.:]?\s*")


class SectionPieces:
    """The pieces of a section, with the blocks that they are of."""

    def __init__(self, section: Section, places: Iterable[Sequence[int]]) -> None:
        """The pieces from some places of a section to others, in characters."""
        starts = [block.start for block in section.blocks]
        spans = list(places)
        self.texts = [section.text[start:end] for start, end in spans]
        self.sizes = [*map(word_count, self.texts)]
        self._until = [0, *accumulate(self.sizes)]
        self._blocks = with_clauses(section)
        self.block_of = [bisect_right(starts, start) - 1 for start, _ in spans]
        idle = idle_blocks(section)
        self.idle = {place for place, number in enumerate(self.block_of) if number in idle}
        self.headings = {place for place, one in enumerate(self.texts) if only_heads(one)}
        self._notes = footnotes(section)
        self._of_block: dict[int, list[int]] = {}
        for place, number in enumerate(self.block_of):
            self._of_block.setdefault(number, []).append(place)

    @property
    def blocks(self) -> list[Block]:
        """The block of each piece."""
        return [self._blocks[number] for number in self.block_of]

    @property
    def crossings(self) -> list[float]:
        """What it costs to come to each piece from the one before it."""
        return [_CROSSING * (block.kind == "header" and block.lead < 0) for block in self.blocks]

    def is_code(self, place: int) -> bool:
        """Whether a piece is nothing but code."""
        return self.blocks[place].kind == "code" or bool(_ALL_CODE.fullmatch(self.texts[place]))

    def complete(self, run: Collection[int]) -> set[int]:
        """A run with what its pieces cannot be read without."""
        chosen = set(run)
        first = begins = min(run)
        while first and self._goes_on(first, begins):
            first -= 1
            chosen.add(first)
        chosen = self._joined(self._with_needs(chosen | self._below(max(run))))
        chosen = self._with_opening(chosen)
        last = len(self.texts) - 1
        if announces(self.texts[last]) and chosen != {last}:
            # What it announces stands below other headings.
            chosen.discard(last)
        return self._with_rows(self._with_needs(self._with_list(self._with_code(chosen))))

    def _with_needs(self, chosen: set[int]) -> set[int]:
        """With what they need, and what that needs."""
        found, waiting = set(chosen), chosen
        while waiting:
            waiting = {place for one in waiting for place in self._needs(one)} - found
            found |= waiting
        return found

    def steps(self, place: int) -> list[list[int]]:
        """The pieces of each step of the list that a step is of; none of another piece, nor where
        these are too many to read."""
        first = self.blocks[place]
        steps: dict[int, list[int]] = {}
        if first.kind == "step":
            for one in sorted(self._list(self.block_of[place])):
                steps.setdefault(self._at_level(self.block_of[one], first), []).append(one)
        return [*steps.values()]

    def _with_rows(self, chosen: set[int]) -> set[int]:
        """With the first rows below a header that stands alone, as before a large table."""
        for place in sorted(chosen):
            rows = self._rows(self.block_of[place])
            if rows and chosen.isdisjoint(rows):
                last = self._until[rows[0]] + _TABLE
                chosen = chosen.union(one for one in rows if self._until[one] < last)
        return chosen

    def with_beginning(self, chosen: set[int], worths: Sequence[float], bar: float) -> set[int]:
        """With what the section says first, where that is worth reading by itself: it tells what
        the rest is about ("The command lists clients. […] The fields are …"), as "Hi," does not."""
        blocks = self.blocks
        first = next((place for place, block in enumerate(blocks) if block.kind != "image"), 0)
        tells = blocks[first].kind == "paragraph" and not self.texts[first].rstrip().endswith(",")
        if first > min(chosen) or not tells or worths[first] <= bar or announces(self.texts[first]):
            return chosen
        return self._joined(chosen | {first} | self.announced(first))

    def _with_opening(self, chosen: set[int]) -> set[int]:
        """With what the paragraph that they begin in says before, if that is little."""
        first = min(chosen)
        opening = self._of_block[self.block_of[first]][0]
        little = self._until[first] - self._until[opening] <= _OPENING
        return chosen.union(range(opening, first)) if little else chosen

    def announced(self, place: int) -> set[int]:
        """What a piece announces, if it does."""
        if place < self._of_block[self.block_of[place]][-1] and _LABEL.search(self.texts[place]):
            return {place + 1}
        if not (self._is_title(self.block_of[place]) or announces(self.texts[place])):
            return set()
        return set(self._announced(self.block_of[place]))

    def _below(self, place: int) -> set[int]:
        """The items below one that only names them, where a run would end with it."""
        number = self.block_of[place]
        leads = number + 1 < len(self._blocks) and self._blocks[number + 1].lead == number
        is_name = self._blocks[number].kind == "item" and leads and self.sizes[place] <= _NAMES
        return set(self._announced(number)) if is_name else set()

    def _is_title(self, number: int) -> bool:
        return self._blocks[number].kind == "title" or self._of_block[number][0] in self.headings

    def _with_code(self, chosen: set[int]) -> set[int]:
        """With a short block of code right behind the last of them, or behind one more piece: what
        is to be typed is what a text leads up to."""
        last = self._last(chosen)
        for place in range(last + 1, min(last + 1 + _UP_TO_CODE, len(self.texts))):
            block = self._blocks[self.block_of[place]]
            if block.kind == "code" and self.sizes[place] <= _CODE:
                return chosen.union(range(last + 1, place + 1))
        return chosen

    def _with_list(self, chosen: set[int]) -> set[int]:
        """With the steps, a short list or a small table right behind the paragraph that they end
        with: what it leads up to ("The following intervals are used.")."""
        last = self._last(chosen)
        behind = self.block_of[last] + 1
        follows = last + 1 in self._of_block.get(behind, ())
        if not follows or self._blocks[behind - 1].kind != "paragraph":
            return chosen
        if self._blocks[behind].kind == "header":
            rows = [*self._table(behind)]
            return chosen.union(self._of_block[behind], rows) if rows else chosen
        is_list = self._blocks[behind].kind in ("item", "step", "title")
        return chosen.union(self._list(behind)) if is_list else chosen

    def _last(self, chosen: Collection[int]) -> int:
        """The last of some pieces that is no footnote, where one is none."""
        own = [one for one in chosen if self._blocks[self.block_of[one]].kind != "note"]
        return max(own or chosen)

    def _goes_on(self, place: int, until: int) -> bool:
        """Whether a piece refers to the one before it, and little is said until the excerpt."""
        is_prose = self._blocks[self.block_of[place]].kind == "paragraph"
        is_inside = self.block_of[place] == self.block_of[place - 1]
        refers = (is_prose or is_inside) and _REFERS_BACK.match(self.texts[place]) is not None
        # A sentence that code stands in the middle of.
        is_rest = is_prose and self.texts[place][:1].islower() and self.is_code(place - 1)
        return (refers or is_rest) and self._until[until] - self._until[place - 1] <= _BEFORE

    def _needs(self, place: int) -> Iterable[int]:
        number = self.block_of[place]
        block = self._blocks[number]
        if block.lead >= 0:
            # Of a long paragraph its last sentence announces what follows.
            lead = self._of_block[block.lead]
            yield from lead if self._blocks[block.lead].kind == "header" else lead[-1:]
        if block.kind in ("header", "row"):
            yield from self._table(number)
        if block.kind in ("step", "item"):
            own = self._of_block[number]
            if sum(self.sizes[one] for one in own) <= _ITEM:
                yield from own
            yield from self._list(number)
        if block.kind == "code" and number == 0:  # Of a signature what it is.
            yield from self._of_block.get(1, ())[:1]
        for name in FOOTNOTE.findall(self.texts[place]):
            for note in self._notes.get(name, ()):
                yield from self._of_block.get(note, ())
        yield from self.announced(place)
        if self.texts[place].rstrip(_CLOSES).endswith(QUESTION_MARKS):  # Its answer.
            yield from range(place + 1, len(self.texts))[:1]

    def tables(self, headers: Iterable[int]) -> set[int]:
        """Tables from their headers on, as many of their rows as are not too many to read."""
        found: set[int] = set()
        for header in headers:
            places = [*self._of_block.get(header, ()), *self._rows(header)]
            left = _COMPARED - sum(self.sizes[place] for place in found)
            until = zip(places, accumulate(map(self.sizes.__getitem__, places)), strict=True)
            read = [place for place, words in until if words <= left]
            found.update(read if len(read) > 1 else ())
        return found

    def _table(self, number: int) -> Sequence[int]:
        """The rows of a small table, which comes whole."""
        header = number if self._blocks[number].kind == "header" else self._blocks[number].lead
        places = self._rows(header)
        return places if sum(self.sizes[place] for place in places) <= _TABLE else ()

    def _rows(self, header: int) -> Sequence[int]:
        """The pieces below a header; none below other blocks."""
        if self._blocks[header].kind != "header":
            return ()
        rows = [n for n in range(header + 1, len(self._blocks)) if self._blocks[n].lead == header]
        return [place for row in rows for place in self._of_block.get(row, ())]

    def _list(self, number: int) -> Sequence[int]:
        """All of the list that a step, an item or a title is of, with what is below them, where
        these are not too many words to read."""
        block = self._blocks[number]
        most = _STEPS if block.kind == "step" else _LIST
        found, words = list[int](), 0
        for step in (-1, 1):
            place = number if step < 0 else number + 1
            while 0 <= place < len(self._blocks) and self._is_of_list(place, block):
                own = self._of_block.get(place, [])
                words += sum(self.sizes[one] for one in own)
                if words > most:
                    return ()
                found += own
                place += step
        return found

    def _is_of_list(self, number: int, of: Block) -> bool:
        """Whether a block is of the same list as a step, an item or a title, or below one of it."""
        block = self._blocks[self._at_level(number, of)]
        return (block.kind, block.lead) == (of.kind, of.lead)

    def _at_level(self, number: int, of: Block) -> int:
        """A block, or the one that it is below at the level of another one."""
        while self._blocks[number].lead > of.lead:
            number = self._blocks[number].lead
        return number

    def _announced(self, number: int) -> Iterable[int]:
        """What a block announces: what names it as its lead, else what follows."""
        below = [n for n in range(number + 1, len(self._blocks)) if self._blocks[n].lead == number]
        most = _TITLED if self._is_title(number) else _ANNOUNCED
        words = 0
        for one in below or range(number + 1, min(number + 2, len(self._blocks))):
            titled = self._announced(one) if self._blocks[one].kind == "title" else ()
            places = [*self._of_block.get(one, ()), *titled]
            words += sum(self.sizes[place] for place in places)
            if words > most and one != (below or [one])[0]:
                return
            yield from places

    def _joined(self, chosen: set[int]) -> set[int]:
        """With what little stands between two of them, unless it is rows of a table, or one is a
        footnote."""
        places = sorted(one for one in chosen if self._blocks[self.block_of[one]].kind != "note")
        for before, after in pairwise(places):
            between = range(before + 1, after)
            size = self._until[after] - self._until[before + 1]
            kinds = {self._blocks[self.block_of[place]].kind for place in between}
            if size <= _GAP and not kinds.intersection(("row", "note")):
                chosen.update(between)
        return chosen
