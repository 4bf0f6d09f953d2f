"""Excerpts: of the best sections the stretches that answer, each a few whole blocks.

Each piece of a section (a block, or a sentence of a long paragraph) is worth the cosine of its
vector and the question's, more the more of the question's rare words it has, and more where it
defines what is asked about, is labelled with it, or has a number where one is asked for. An excerpt
is the run of pieces whose worth exceeds a bar by most in sum: the bar is a little below the best
piece, so that what stands between good pieces comes with them and what is beside the point does
not. Of a section that is headed by what is asked it begins with the first piece. Then it takes in
what its blocks cannot be read without, and what the section says first, where that is above the bar
by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from entrywise.data.documents.run_in_titles import run_in_titles
from entrywise.data.entries import DETAILS, Entry, Section
from entrywise.data.words import word_count
from entrywise.index.index import Index
from entrywise.index.passages.section_titles import section_titles
from entrywise.rag.find.boilerplate import what_links_lose
from entrywise.rag.find.candidates import Candidate, SectionHit
from entrywise.rag.find.definitions import Definition, compared
from entrywise.rag.find.labels import LABELLED, Labels, blocks_of_each, headers_of_each
from entrywise.rag.find.signposts import adds_nothing, only_announces, only_leads_on
from entrywise.rag.judge.asked_words import QuestionWords
from entrywise.rag.judge.evidence import Sentence, scored
from entrywise.rag.judge.runs import (
    answering_run,
    example,
    labelled,
    run_from,
    standing_out,
    without_ends,
    without_torn,
)
from entrywise.rag.judge.section_pieces import SectionPieces
from entrywise.rag.judge.sides import both_sides
from entrywise.rag.understand.question import Question

MOST = 5
"""Excerpts of an answer."""
_MARGIN = 0.12
"""A section whose score is lower than the best one's by more adds nothing."""
_NEAR, _FAR = 8, 20
"""Sections that may be quoted, and of which the sides of a comparison are looked for."""
_ALONE, _BEST, _OTHER = 150, 100, 40
"""Words of an excerpt that is the only one, of the best one of several, and of each other one; what
they cannot be read without comes on top."""
_WHOLE = 120
"""Words of the best section that is quoted whole, where it has a heading of its own."""
_BEHIND_A_MESSAGE = 200
"""Words of an excerpt with a message of a program that a question repeats."""
_TOTAL, _WORTHWHILE = 160, 30
"""Words of all; behind the first two, another one comes where so many are left of them."""
_SHORT_OPENING = 45
"""Words that a page begins with which are no answer alone."""
_BAR = 0.28
"""How far below the best piece's worth a piece is still worth reading."""
_BAR_OF_A_NAME = 0.45
"""That bar in the first excerpt where a thing is only named ("send only folder"): the piece that
repeats its few words is far above those that tell of it."""
_WORDS = 0.3
"""What all of the question's words in a piece are worth against the cosine."""
_NUMBER = 0.1
"""What a number in it is worth where one is asked for: "valid for 15 minutes"."""
_SHOWN = 100.0
"""Less than any piece is worth: what was shown is no excerpt."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a section that may answer: its pieces in reading order.

    `coverage` is the share, weighted by rarity, of the question's words that it or the headings
    above it have, in [0, 1]; what only begins its section is not counted. `key` is its best piece
    with what that announces, where it is clearly better than the others; none where it is most of
    it.
    """

    hit: SectionHit
    sentences: tuple[Sentence, ...]
    coverage: float
    key: tuple[Sentence, ...] = ()

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(word_count(sentence.text) for sentence in self.sentences)

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
    question: Question,
    candidates: Sequence[Candidate],
    index: Index,
    shown: Collection[int] = (),
) -> tuple[Excerpt, ...]:
    """What may be quoted of the documents that were found, the best first.

    Args:
        shown: the rows of pieces that are not what it is about, since they were quoted before. Not
            all of a section are.
    """
    hits = sorted((hit for one in candidates for hit in one.sections), key=lambda hit: -hit.score)
    chooser = _ExcerptChooser(question, index, shown)
    chosen = _chosen(hits, chooser.words, question, index)
    # What is asked heads it, though it only says where it is told ("To uninstall it, run this").
    way = [hit for hit in hits[:1] if hit not in chosen and chooser.only_shows_the_way(hit)]
    found: list[Excerpt] = []
    said: set[str] = set()
    left = _TOTAL
    for hit in [*way, *chosen][:MOST]:
        if len(found) > 1 and left < _WORTHWHILE:
            break
        is_first = len(found) <= len(way)
        budget = _OTHER if not is_first else _BEST if len(chosen) > 1 else _ALONE
        excerpt = chooser.excerpt(hit, budget, is_first=is_first)
        if {sentence.text for sentence in excerpt.sentences} <= said:
            # Many pages of a reference have the same section.
            continue
        entry = index.entries[hit.entry]
        spans = [(one.start, one.end) for one in excerpt.sentences]
        if found and adds_nothing(entry, entry.sections[hit.section], spans):
            continue
        said.update(sentence.text for sentence in excerpt.sentences)
        found.append(excerpt)
        left -= excerpt.words
    return tuple(found)


def _chosen(
    hits: Sequence[SectionHit], words: QuestionWords, question: Question, index: Index
) -> list[SectionHit]:
    """The sections to quote from: those that are as good as the best one; where things are
    compared, those of each side."""
    telling = [
        (place, hit)
        for place, hit in enumerate(hits[:_FAR])
        if not only_leads_on(index.entries[hit.entry].sections[hit.section])
    ]
    if hits and hits[0].explains_all:
        # All others name it, too.
        return [hit for _, hit in telling if hit.explains_all] or [*hits[:1]]
    near = _as_good([hit for place, hit in telling if place < _NEAR] or hits[:_NEAR])
    found = [hit for _, hit in telling]
    near = _with_more_of_a_page(_texts_first(near, index), found, words, index)
    return both_sides(near, found, words, question, index)[:MOST]


def _with_more_of_a_page(
    near: list[SectionHit], telling: Sequence[SectionHit], words: QuestionWords, index: Index
) -> list[SectionHit]:
    """With what was found below the headings of a page that is called by what is asked, where only
    its few opening words are as good as the best: "This page tells how to …" tells nothing."""
    if len(near) != 1:
        return near
    (opening,) = near
    entry = index.entries[opening.entry]
    section = entry.sections[opening.section]
    size = sum(word_count(block.plain) for block in section.blocks)
    if section.path or size > _SHORT_OPENING or not words.are_all_said(entry.name):
        return near
    below = [hit for hit in telling if hit.entry == opening.entry]
    return [opening, *(hit for hit in below if entry.sections[hit.section].path)]


def _texts_first(hits: Sequence[SectionHit], index: Index) -> list[SectionHit]:
    """Of each entry its text before what is said beside it (`keywords: oar, rudder`), which may
    repeat the question and answer nothing."""

    def is_beside(hit: SectionHit) -> bool:
        section = index.entries[hit.entry].sections[hit.section]
        return section.name == DETAILS and not section.path

    told = sorted(hits, key=is_beside)
    of = {entry: iter([hit for hit in told if hit.entry == entry]) for entry, *_ in hits}
    return [next(of[hit.entry]) for hit in hits]


def _as_good(hits: Sequence[SectionHit]) -> list[SectionHit]:
    """Those that are as good as the best one."""
    # What defines a thing, or is called by its name, makes nothing else worse; nor does what its
    # time moves make anything better or worse.
    best = max((hit.score - hit.moved - hit.added for hit in hits), default=0.0)
    # Where all are held back there is a best one, too.
    return [hit for hit in hits if hit.score > best - _MARGIN] or [*hits[:1]]


class _ExcerptChooser:
    """Chooses excerpts of sections for one question, by how much each of their pieces is worth."""

    def __init__(self, question: Question, index: Index, shown: Collection[int]) -> None:
        self.words = QuestionWords(question, index)
        self._labels = Labels(question, index)
        self._definition = Definition(question, index.manifest.subject)
        self._sides = compared(question, index.manifest.subject)
        self._asks_number = question.intent == "numeric"
        self._question = question
        self._index = index
        self._shown = shown

    def excerpt(self, hit: SectionHit, budget: int, *, is_first: bool) -> Excerpt:
        """What may be quoted of a section, in about `budget` words."""
        index = self._index
        rows = index.section_rows(hit.entry, hit.section)
        entry = index.entries[hit.entry]
        section = entry.sections[hit.section]
        spans = index.sentences[rows.start : rows.stop, 2:].tolist()
        likeness = index.sentence_vectors[rows.start : rows.stop] @ self._question.encoded.vector
        cosines = (likeness - what_links_lose(section, spans)).tolist()
        pieces, titles = SectionPieces(section, spans), run_in_titles(section)
        above = "\n".join((entry.name, *section_titles(entry, hit.section)))
        worths, held, label = self._worths(hit, rows, cosines, pieces)
        if held is None and is_first and self._is_headed(entry, section):
            # It is all about what is asked: nothing tells its pieces apart.
            held = next((place for place, worth in enumerate(worths) if worth > -_SHOWN / 2), None)
        bar = max(worths) - (_BAR_OF_A_NAME if is_first and self._definition else _BAR)
        if is_first and section.path and sum(pieces.sizes) <= _WHOLE and not self._shown:
            # What stands below one heading is one subject.
            answering = set(range(len(pieces.sizes)))
        else:
            begins = [start in titles for start, _ in spans]
            run = answering_run(pieces, worths, begins, held, budget, bar)
            run = range(run.start if label is None else label, run.stop)
            messages = filter(pieces.is_code, run if is_first else ())
            if any(self.words.are_repeated(pieces.texts[place]) for place in messages):
                # It is no answer: what stands behind it is, the cause and what to do.
                run = run_from(run.start, pieces.sizes, _BEHIND_A_MESSAGE)
            share = partial(self.words.told, beside=above)
            alone = set() if self._shown else example(pieces, run, share)
            ends = without_ends(run, worths, (), pieces.headings)
            best = {worths.index(max(worths))} if is_first else set()
            answering = alone or pieces.complete(ends | best)
        if not self._shown:
            answering |= pieces.tables(headers_of_each(section, self._sides))
            answering |= labelled(pieces, blocks_of_each(section, self._sides))
        chosen = answering if titles else pieces.with_beginning(answering, worths, bar)
        chosen = without_torn(pieces, without_ends(chosen, worths, pieces.idle), worths)
        first, last = min(chosen), max(chosen) + 1
        near = scored(rows[first:last], cosines[first:last], self._question, index)
        told = [sentence for sentence in near if sentence.row - rows.start in chosen]
        said = "\n".join((above, *(pieces.texts[place] for place in sorted(answering))))
        key = standing_out(pieces, chosen, worths) if is_first else set()
        return Excerpt(
            hit,
            tuple(told),
            self.words.coverage(said),
            tuple(sentence for sentence in told if sentence.row - rows.start in key),
        )

    def only_shows_the_way(self, hit: SectionHit) -> bool:
        """Whether a section that is headed by what is asked only says where it is told."""
        entry = self._index.entries[hit.entry]
        section = entry.sections[hit.section]
        leads = only_leads_on(section) and not only_announces(section)
        return leads and self._is_headed(entry, section)

    def _is_headed(self, entry: Entry, section: Section) -> bool:
        """Whether a section has a heading that says what is asked: what it says first is the
        answer, or what the rest needs."""
        titles = "\n".join((entry.name, *section.path[-1:]))
        return bool(section.path) and self.words.are_all_said(titles)

    def _worths(
        self, hit: SectionHit, rows: range, cosines: Sequence[float], pieces: SectionPieces
    ) -> tuple[list[float], int | None, int | None]:
        """What each piece of a section is worth, and which one defines what is asked about, or is
        labelled with it; the latter once more where that is all it is: others stand before it."""
        index = self._index
        forms = self._definition.worths(hit.entry, hit.section, index)
        labels = self._labels.worths(hit.entry, hit.section, index)
        forms += labels
        forms[[row in self._shown for row in rows]] = 0.0
        held = int(forms.argmax()) if forms.any() else None
        for side in self._sides:
            forms += side.worths(hit.entry, hit.section, index)
        worths = [
            cosine
            + form
            + _WORDS * self.words.coverage(text)
            + _NUMBER * (self._asks_number and any(map(str.isdigit, text)))
            - _SHOWN * (row in self._shown)
            for row, cosine, form, text in zip(
                rows, cosines, forms.tolist(), pieces.texts, strict=True
            )
        ]
        return worths, held, held if held is not None and labels[held] >= LABELLED else None
