"""What is found for a question: entries, and sections of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from entrywise.index.similarity import Similarity


class SectionHit(NamedTuple):
    """A section that was found: the ordinals of its entry and of itself, its score in [0, 1], the
    cosine of its nearest piece (of its nearest chunk, where it is far down) with what is added for
    a definition or its name, `words` in [0, 1], what a reranker says in [0, 1], where one was
    asked, how much of the score was added, how much it was moved by what it is, and whether
    it explains what all documents are about, where that is asked."""

    entry: int
    section: int
    score: float
    cosine: float
    words: float
    reranked: float | None = None
    added: float = 0.0
    moved: float = 0.0
    explains_all: bool = False

    def moved_by(self, amount: float) -> SectionHit:
        """The section with a higher or lower score, within [0, 1]."""
        score = min(max(self.score + amount, 0.0), 1.0)
        return self._replace(score=score, moved=self.moved + score - self.score)


class Candidate(NamedTuple):
    """A retrieved entry with its signals, each in [0, 1].

    `words` is BM25 divided by the best entry's, `linked` is how far the best entries that name it
    as related stand out, in all. `sections` are those of a document that were found, best first;
    without any it is a term. `reranked` is what a reranker says, where one was asked.
    """

    entry: int
    score: float
    names: float
    parts: float
    words: float
    near: Similarity
    linked: float = 0.0
    sections: tuple[SectionHit, ...] = ()
    reranked: float | None = None

    @property
    def signals(self) -> Mapping[str, float]:
        """{name: signal} of those whose weighted mean the score is."""
        return {
            "names": self.names,
            "parts": self.parts,
            "words": self.words,
            "vectors": self.near.vectors,
            "votes": self.near.votes,
            "linked": self.linked,
        }


def behind(hits: Sequence[SectionHit], are_behind: Sequence[bool], by: float) -> list[SectionHit]:
    """Sections, of which some have a lower score; as they were where one of these is the best even
    so, as then there is nothing else.

    Args:
        are_behind: whether each is one of them.
    """
    told = zip(hits, are_behind, strict=True)
    moved = [hit.moved_by(-by) if is_behind else hit for hit, is_behind in told]
    best = max(range(len(hits)), key=lambda place: moved[place].score, default=-1)
    return [*hits] if best >= 0 and are_behind[best] else moved
