"""Excerpts: of the best sections the stretches that answer, each a few whole blocks.

Each piece of a section (a block, or a sentence of a long paragraph) is worth the cosine of its
vector and the question's, more the more of the question's rare words it has, and more where it
defines what is asked about or is labelled with it. An excerpt is the run of pieces whose worth
exceeds a bar by most in sum: the bar is a little below the best piece, so that what stands between
good pieces comes with them and what is beside the point does not. Then it takes in what its blocks
cannot be read without.

The run with the largest sum: Bentley, "Programming Pearls: Algorithm Design Techniques", 1984.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from entrywise.data.addresses import leads_elsewhere
from entrywise.data.documents.run_in import run_in_titles
from entrywise.data.entries import Block, Section
from entrywise.data.words import STOP_WORDS, name_words, word_count
from entrywise.index.index import Index
from entrywise.rag.find.candidates import Candidate, SectionHit
from entrywise.rag.find.definitions import Definition
from entrywise.rag.find.labels import Labels
from entrywise.rag.judge.asked_words import QuestionWords
from entrywise.rag.judge.evidence import Sentence, scored
from entrywise.rag.judge.section_pieces import SectionPieces, announces
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
_TOTAL, _WORTHWHILE = 160, 30
"""Words of all; behind the first two, another one comes where so many are left of them."""
_BAR = 0.28
"""How far below the best piece's worth a piece is still worth reading."""
_BAR_OF_A_NAME = 0.45
"""The same in the first excerpt where a thing is only named ("send only folder"): the piece that
repeats its few words is far above those that tell of it."""
_WORDS = 0.3
"""What all of the question's words in a piece are worth against the cosine."""
_SHOWN = 100.0
"""Less than any piece is worth: what was shown, or shows what is said, is no excerpt."""
_LONG = 150
"""Pieces of a section in which an excerpt has to hold the best one; it holds one that defines what
is asked for in any."""
_NEXT_TITLE = 0.1
"""What it costs to go on into a paragraph that begins with a title of its own ("Bees. …"). With
0.15 two texts fewer are shown of the fourteen collections."""
_STARTS = 64
"""Pieces of a section that a run may begin with: the best ones."""
_LINKED = 0.6
"""The share of a section's letters that are links where it says nothing by itself."""
_SIGNPOST, _SIGNPOST_LINKED = 25, 0.15
"""Words of a block that may do no more than send on to other pages, and the share of its letters
that are links to them."""
_ASKS = ("?", "？")
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(\s*<?([^\s()<>]*)")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a section that may answer: its pieces in reading order.

    `coverage` is the share, weighted by rarity, of the question's words that it or the headings
    above it have, in [0, 1]. `key` is its best piece with what that announces, where it is clearly
    better than the others; none where it is most of it.
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
    words, labels = QuestionWords(question, index), Labels(question, index)
    chosen = _chosen(hits, words, question, index)
    found: list[Excerpt] = []
    said: set[str] = set()
    left = _TOTAL
    for hit in chosen:
        if len(found) > 1 and left < _WORTHWHILE:
            break
        budget = _OTHER if found else _BEST if len(chosen) > 1 else _ALONE
        excerpt = _excerpt(hit, budget, words, labels, question, index, shown)
        if {sentence.text for sentence in excerpt.sentences} <= said:
            # Many pages of a reference have the same section.
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
        if not (
            only_leads_on(index.entries[hit.entry].sections[hit.section])
            or _only_repeats(hit, question, index)
        )
    ]
    if hits and hits[0].explains_all:
        # All others name it, too.
        return [hit for _, hit in telling if hit.explains_all] or [*hits[:1]]
    saying = [hit for place, hit in telling if place < _NEAR]
    near = _as_good(saying, hits) or _as_good(saying, saying) or _as_good(hits[:_NEAR], hits)
    return both_sides(near, [hit for _, hit in telling], words, question, index)[:MOST]


def _as_good(hits: Sequence[SectionHit], all_hits: Sequence[SectionHit]) -> list[SectionHit]:
    """Those that are as good as the best one of all."""
    # What defines a thing, or is called by its name, makes nothing else worse; nor does what its
    # time moves make anything better or worse.
    best = max((hit.score - hit.moved - hit.added for hit in all_hits), default=0.0)
    return [hit for hit in hits if hit.score > best - _MARGIN]


def only_leads_on(section: Section) -> bool:
    """Whether a section is mostly links, as "See also" is, a sentence that announces what stands
    below other headings, or asks for it, or no more than such as send on ("For tests, see …").

    Kohlschütter et al., "Boilerplate Detection using Shallow Text Features", 2010.
    """
    if not section.is_markdown:
        return False
    # Not those of a table of contents, which is no block.
    texts = [section.text[block.start : block.end] for block in section.blocks]
    plain = [block.plain for block in section.blocks]
    if len(plain) == 1 and (announces(plain[0]) or plain[0].endswith(_ASKS)):
        return True
    if plain and all(map(_sends_on, texts, plain)):
        return True
    linked = sum(len(link[1]) for link in _LINK.finditer("\n".join(texts)))
    return linked > _LINKED * len(" ".join(plain))


def _sends_on(text: str, plain: str) -> bool:
    """Whether a block is short and leads to another page of the same documents."""
    links = (link for link in _LINK.finditer(text) if not leads_elsewhere(link[2]))
    within = sum(len(link[1]) for link in links)
    return word_count(plain) <= _SIGNPOST and within > _SIGNPOST_LINKED * len(plain)


def _only_repeats(hit: SectionHit, question: Question, index: Index) -> bool:
    """Whether a section is a paragraph without a word that tells more than the question, as "How to
    run the tests." does, or pictures that tell nothing."""
    blocks = index.entries[hit.entry].sections[hit.section].blocks
    if all(block.kind == "image" for block in blocks):
        return all(_says_no_more(block, hit, question, index) for block in blocks)
    if [block.kind for block in blocks] != ["paragraph"]:
        return False
    return all(_keys(block.plain) <= STOP_WORDS | _keys(question.text) for block in blocks)


def _says_no_more(picture: Block, hit: SectionHit, question: Question, index: Index) -> bool:
    """Whether of a picture nothing is said but what the question, the page or a heading says."""
    entry = index.entries[hit.entry]
    named = (question.text, entry.name, *entry.sections[hit.section].path)
    return _keys(picture.plain) <= STOP_WORDS | _keys(" ".join(named))


def _keys(text: str) -> set[str]:
    return {word.key for word in name_words(text)}


def _excerpt(
    hit: SectionHit,
    budget: int,
    words: QuestionWords,
    labels: Labels,
    question: Question,
    index: Index,
    shown: Collection[int],
) -> Excerpt:
    rows = index.section_rows(hit.entry, hit.section)
    section = index.entries[hit.entry].sections[hit.section]
    cosines = (index.sentence_vectors[rows.start : rows.stop] @ question.encoded.vector).tolist()
    definition, is_first = Definition(question), budget != _OTHER
    below = _BAR_OF_A_NAME if is_first and definition else _BAR
    worths_as_definition = definition.worths(hit.entry, hit.section, index)
    worths_as_definition[[row in shown for row in rows]] = 0.0
    worths_by_form = worths_as_definition + labels.worths(hit.entry, hit.section, index)
    spans = index.sentences[rows.start : rows.stop, 2:].tolist()
    pieces, titles = SectionPieces(section, spans), run_in_titles(section)
    told_already = [
        block.kind == "image" and _says_no_more(block, hit, question, index)
        for block in pieces.blocks
    ]
    worths = [
        cosine + form + _WORDS * words.coverage(text) - _SHOWN * (row in shown or is_told)
        for row, cosine, form, text, is_told in zip(
            rows, cosines, worths_by_form.tolist(), pieces.texts, told_already, strict=True
        )
    ]
    held = int(worths_as_definition.argmax()) if worths_as_definition.any() else None
    if held is None and titles:
        # Others that are a little good outweigh the one that is meant.
        held = max(range(len(worths)), key=worths.__getitem__)
    costs = [
        cost + _NEXT_TITLE * (start in titles)
        for cost, (start, _) in zip(pieces.crossings, spans, strict=True)
    ]
    run = _best_run([*zip(worths, costs, strict=True)], pieces.sizes, budget, held, below)
    chosen = pieces.complete(run, budget)
    if is_first and section.path and sum(pieces.sizes) <= _WHOLE and not shown:
        # What stands below one heading is one subject.
        chosen = set(range(len(pieces.sizes)))
    first, last = min(chosen), max(chosen) + 1
    near = scored(rows[first:last], cosines[first:last], question, index)
    told = [sentence for sentence in near if sentence.row - rows.start in chosen]
    title = index.entries[hit.entry].name
    said = "\n".join((title, *section.path, *(sentence.text for sentence in told)))
    key = pieces.standing_out(chosen, worths) if is_first else set()
    return Excerpt(
        hit,
        tuple(told),
        words.coverage(said),
        tuple(sentence for sentence in told if sentence.row - rows.start in key),
    )


def _best_run(
    told: Sequence[tuple[float, float]],
    sizes: Sequence[int],
    budget: int,
    held: int | None = None,
    below: float = _BAR,
) -> range:
    """The run whose worths exceed the bar by most in sum, of at most `budget` words where one
    piece has not more.

    Args:
        told: the worth of each piece, and what it costs to come to it from the one before.
        held: the piece that it has to hold, if there is one.
        below: how far the bar is below the best piece.
    """
    worths = [worth for worth, _ in told]
    order = sorted(range(len(worths)), key=lambda place: -worths[place])
    bar = worths[order[0]] - below
    if held is None and len(worths) > _LONG:
        # In a table of hundreds of rows many that are a little good outweigh the one that is meant.
        held = order[0]
    first = order[0] if held is None else held
    best, found = -1.0, range(first, first + 1)
    for start in sorted({first, *order[:_STARTS]}):
        total, words = 0.0, 0
        for place in range(start, len(worths)):
            words += sizes[place]
            if place > start and words > budget:
                break
            total += worths[place] - bar - (told[place][1] if place > start else 0.0)
            run = range(start, place + 1)
            if total > best and (held is None or held in run):
                best, found = total, run
    return found
