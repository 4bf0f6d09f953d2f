"""Excerpts: of the best sections the stretches that answer, each a few whole blocks.

Each piece of a section (a block, or a sentence of a long paragraph) is worth the cosine of its
vector and the question's, and more the more of the question's rare words it has. An excerpt is the
run of pieces whose worth exceeds a bar by most in sum: the bar is a little below the best piece, so
that what stands between good pieces comes with them and what is beside the point does not. Then it
takes in what its blocks cannot be read without.

The run with the largest sum: Bentley, "Programming Pearls: Algorithm Design Techniques", 1984.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from entrywise.data.entries import Section
from entrywise.data.words import content_words, plain_words, singular
from entrywise.index.index import Index
from entrywise.rag.find.retrieval import Candidate
from entrywise.rag.find.sections import SectionHit
from entrywise.rag.judge.evidence import Sentence, scored
from entrywise.rag.understand.question import Question

MOST = 3
"""Excerpts of an answer."""
_MARGIN = 0.12
"""A section whose score is lower than the best one's by more adds nothing."""
_BUDGETS = {1: (150,), 2: (90, 60), 3: (80, 40, 30)}
"""{excerpts: words of each}, the best first; what they cannot be read without comes on top."""
_BAR = 0.25
"""How far below the best piece's worth a piece is still worth reading."""
_WORDS = 0.3
"""What all of the question's words in a piece are worth against the cosine."""
_STARTS = 64
"""Pieces of a section that a run may begin with: the best ones."""
_GAP = 30
"""Words between two blocks that belong together which are quoted with them."""
_BEFORE = 60
"""Words of a block that comes with the one that refers back to it."""
_STEPS = 250
"""Words of a list of steps that is quoted whole."""
_TABLE = 60
"""Words of a table that is quoted whole."""
_CROSSING = 0.3
"""What it costs to go on into a table that nothing before it announces."""
_ANNOUNCED = 120
"""Words of a list that comes with what announces it."""

_ANNOUNCES = (":", "：")
# What begins so goes on with what stands before it.
_REFERS_BACK = re.compile(
    r"[^\w]*(?:this|these|that|those|such|they|it|its|both|after that|for (?:example|instance)|"
    r"however|similarly|likewise|instead|otherwise|then|also|alternatively|as a result|therefore|"
    r"thus|but|or|and|in (?:this|that|such|contrast|addition))\b",
    re.IGNORECASE,
)
_SHORTEST_STEM = 4
_ENDING = 3


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a section that may answer: its pieces in reading order.

    `worth` is that of its best piece; `coverage` is the share, weighted by rarity, of the
    question's words that it or the headings above it have, in [0, 1].
    """

    hit: SectionHit
    sentences: tuple[Sentence, ...]
    worth: float
    coverage: float

    @property
    def contiguous(self) -> tuple[Sentence, ...]:
        """Its longest run of pieces that stand next to each other."""
        longest: list[Sentence] = []
        run: list[Sentence] = []
        for sentence in self.sentences:
            run = [*run, sentence] if run and run[-1].row + 1 == sentence.row else [sentence]
            longest = max(longest, run, key=len)
        return tuple(longest)


def excerpts(
    question: Question, candidates: Sequence[Candidate], index: Index
) -> tuple[Excerpt, ...]:
    """What may be quoted of the documents that were found, the best first."""
    hits = sorted((hit for one in candidates for hit in one.sections), key=lambda hit: -hit.score)
    best = hits[0].score if hits else 0.0
    chosen = [hit for hit in hits[:MOST] if hit.score > best - _MARGIN]
    words = _Words(question, index)
    return tuple(
        _excerpt(hit, budget, words, question, index)
        for hit, budget in zip(chosen, _BUDGETS.get(len(chosen), ()), strict=False)
    )


class _Words:
    """The words that a question is told by, each with its share of their rarity."""

    def __init__(self, question: Question, index: Index) -> None:
        words = content_words(question.text)
        rarities = index.words.rarities(words)
        total = sum(rarities) or 1.0
        self._shares = [
            (word, rarity / total) for word, rarity in zip(words, rarities, strict=True)
        ]

    def coverage(self, text: str) -> float:
        """The share of them that a text has, in [0, 1]."""
        said = set(map(singular, plain_words(text)))
        return sum(share for word, share in self._shares if _has(said, word))


def _has(said: set[str], word: str) -> bool:
    """Whether a word, or another form of it, is among those that are said."""
    word = singular(word)
    if word in said:
        return True
    stem = word[: max(_SHORTEST_STEM, len(word) - _ENDING)]
    return len(word) > _SHORTEST_STEM and any(
        other.startswith(stem) and abs(len(other) - len(word)) <= _ENDING for other in said
    )


def _excerpt(
    hit: SectionHit, budget: int, words: _Words, question: Question, index: Index
) -> Excerpt:
    rows = index.section_rows(hit.entry, hit.section)
    section = index.entries[hit.entry].sections[hit.section]
    cosines = (index.sentence_vectors[rows.start : rows.stop] @ question.encoded.vector).tolist()
    pieces = _Pieces(section, index.sentences[rows.start : rows.stop, 2:].tolist())
    worths = [
        cosine + _WORDS * words.coverage(text)
        for cosine, text in zip(cosines, pieces.texts, strict=True)
    ]
    run = _best_run([*zip(worths, pieces.crossings, strict=True)], pieces.sizes, budget)
    chosen = pieces.complete(run)
    told = [s for s in scored(rows, cosines, question, index) if s.row - rows.start in chosen]
    title = index.entries[hit.entry].name
    said = " ".join((title, *section.path, *(sentence.text for sentence in told)))
    return Excerpt(hit, tuple(told), max(worths[place] for place in run), words.coverage(said))


def _best_run(told: Sequence[tuple[float, float]], sizes: Sequence[int], budget: int) -> range:
    """The run whose worths exceed the bar by most in sum, of at most `budget` words where one
    piece has not more.

    Args:
        told: the worth of each piece, and what it costs to come to it from the one before.
    """
    worths = [worth for worth, _ in told]
    bar = max(worths) - _BAR
    order = sorted(range(len(worths)), key=lambda place: -worths[place])
    best, found = -1.0, range(order[0], order[0] + 1)
    for start in sorted(order[:_STARTS]):
        total, words = 0.0, 0
        for place in range(start, len(worths)):
            words += sizes[place]
            if place > start and words > budget:
                break
            total += worths[place] - bar - (told[place][1] if place > start else 0.0)
            if total > best:
                best, found = total, range(start, place + 1)
    return found


class _Pieces:
    """The pieces of a section, with the blocks that they are of."""

    def __init__(self, section: Section, places: Iterable[Sequence[int]]) -> None:
        """Args:
        places: start and end of each, in characters.
        """
        starts = [block.start for block in section.blocks]
        spans = list(places)
        self.texts = [section.text[start:end] for start, end in spans]
        self.sizes = [len(text.split()) for text in self.texts]
        self._until = [0, *accumulate(self.sizes)]
        self._blocks = section.blocks
        self._block_of = [bisect_right(starts, start) - 1 for start, _ in spans]
        self._of_block: Mapping[int, list[int]] = _grouped(self._block_of)

    @property
    def crossings(self) -> list[float]:
        """What it costs to come to each piece from the one before it."""
        blocks = (self._blocks[number] for number in self._block_of)
        return [_CROSSING * (block.kind == "header" and block.lead < 0) for block in blocks]

    def complete(self, run: range) -> set[int]:
        """A run with what its pieces cannot be read without."""
        chosen = set(run)
        first = run[0]
        if first and self._goes_on(first):
            chosen.add(first - 1)
        if self._blocks[self._block_of[run[-1]]].kind == "header":
            # A header is not quoted without a row.
            chosen.add(min(run[-1] + 1, len(self.texts) - 1))
        waiting = sorted(chosen)
        while waiting:
            more = {place for one in waiting for place in self._needs(one)} - chosen
            chosen |= more
            waiting = sorted(more)
        return self._joined(chosen)

    def _goes_on(self, place: int) -> bool:
        """Whether a piece refers to the one before it, which is short enough to come with it."""
        is_prose = self._blocks[self._block_of[place]].kind == "paragraph"
        refers = is_prose and _REFERS_BACK.match(self.texts[place]) is not None
        return refers and self.sizes[place - 1] <= _BEFORE

    def _needs(self, place: int) -> Iterable[int]:
        number = self._block_of[place]
        block = self._blocks[number]
        if block.lead >= 0:
            # Of a long paragraph its last sentence announces what follows.
            lead = self._of_block[block.lead]
            yield from lead if self._blocks[block.lead].kind == "header" else lead[-1:]
        if block.kind in ("header", "row"):
            yield from self._table(number)
        if block.kind == "step":
            yield from self._steps(number)
        if block.kind == "title" or self.texts[place].rstrip().endswith(_ANNOUNCES):
            yield from self._announced(number)

    def _table(self, number: int) -> Iterable[int]:
        """The rows of a small table, which comes whole."""
        header = number if self._blocks[number].kind == "header" else self._blocks[number].lead
        rows = [n for n in range(header + 1, len(self._blocks)) if self._blocks[n].lead == header]
        places = [place for row in rows for place in self._of_block.get(row, ())]
        if sum(self.sizes[place] for place in places) <= _TABLE:
            yield from places

    def _steps(self, number: int) -> Iterable[int]:
        """All steps of a list, with what is below them, where they are not too many to read."""
        lead = self._blocks[number].lead
        found: list[int] = []
        words = 0
        for step in (-1, 1):
            place = number if step < 0 else number + 1
            while 0 <= place < len(self._blocks) and self._is_of_list(place, lead):
                own = self._of_block.get(place, [])
                words += sum(self.sizes[one] for one in own)
                if words > _STEPS:
                    return ()
                found += own
                place += step
        return found

    def _is_of_list(self, number: int, lead: int) -> bool:
        """Whether a block is a step of the list that a block announces, or below one."""
        block = self._blocks[number]
        while block.lead > lead:
            block = self._blocks[block.lead]
        return block.kind == "step" and block.lead == lead

    def _announced(self, number: int) -> Iterable[int]:
        """What a block announces: what names it as its lead, else what follows."""
        below = [n for n in range(number + 1, len(self._blocks)) if self._blocks[n].lead == number]
        words = 0
        for one in below or range(number + 1, min(number + 2, len(self._blocks))):
            places = self._of_block.get(one, [])
            words += sum(self.sizes[place] for place in places)
            if words > _ANNOUNCED and one != (below or [one])[0]:
                return
            yield from places

    def _joined(self, chosen: set[int]) -> set[int]:
        """With what little stands between two of them, unless it is rows of a table."""
        places = sorted(chosen)
        for before, after in pairwise(places):
            between = range(before + 1, after)
            size = self._until[after] - self._until[before + 1]
            kinds = {self._blocks[self._block_of[place]].kind for place in between}
            if size <= _GAP and "row" not in kinds:
                chosen.update(between)
        return chosen


def _grouped(block_of: Sequence[int]) -> Mapping[int, list[int]]:
    groups: dict[int, list[int]] = {}
    for place, number in enumerate(block_of):
        groups.setdefault(number, []).append(place)
    return groups
