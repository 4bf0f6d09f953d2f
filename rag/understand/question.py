"""Parses a question: what kind of answer it asks for, and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from entrywise.data.words import exactly, joined
from entrywise.index.encoders.base import EncodedQuery
from entrywise.index.index import Index
from entrywise.index.names.names import EXACT, ORDINARY
from entrywise.index.similarity import Similarities
from entrywise.rag.answer import Intent
from entrywise.rag.domains.base import Domain
from entrywise.rag.understand.aside import Aside, aside
from entrywise.rag.understand.comparison import comparable
from entrywise.rag.understand.decoded_name import DecodedName, DecodedPart, decode
from entrywise.rag.understand.detail import Detail, detail, keywords
from entrywise.rag.understand.entity_mentions import find_mentions
from entrywise.rag.understand.intent import worded_intents
from entrywise.rag.understand.mention import (
    Mention,
    Source,
    characters,
    owned,
    strengths,
    sure,
    undoubted,
    unowned,
)

_PIECE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, eq=False)
class Question:
    """A parsed question. Entries are given by their ordinals in the index."""

    text: str
    looked_up: str
    """What is looked up for it: the text, or what it asks of something that it names beside."""
    intent: Intent
    detail: Detail | None
    """What it asks for beside what a thing is, e.g. who made it; None for the thing itself."""
    only_asked: Detail | None
    """The detail whose words are no keywords; None of documents, whose texts say them: "limits"."""
    aside: Aside | None
    """Set where there is nothing to look up: a greeting, a calculation; None for real questions."""
    encoded: EncodedQuery
    """Its vector, and which of its words are rare."""
    mentions: tuple[Mention, ...]
    """What it names, in its order."""
    language: str
    """That of the knowledge base, without its region."""
    compound_names: tuple[DecodedName, ...]
    """The compound names in it that can be taken apart."""

    @cached_property
    def decoded(self) -> tuple[DecodedPart, ...]:
        """The parts of its compound names."""
        return tuple(item for name in self.compound_names for item in name.parts)

    @cached_property
    def central(self) -> tuple[DecodedPart, ...]:
        """The parts of those compound names that do not only stand beside what is asked."""
        return tuple(
            item for name in self.compound_names if not name.is_beside for item in name.parts
        )

    @cached_property
    def named(self) -> Mapping[int, float]:
        """{entry: strength in (0, 1]} of the entries that are named, in the order of the text."""
        return strengths(self.mentions)

    @cached_property
    def surely_named(self) -> tuple[int, ...]:
        """The entries whose names are in the question beyond doubt, in its order."""
        return tuple(entry for entry, strength in self.named.items() if strength > ORDINARY)

    @cached_property
    def subjects(self) -> tuple[int, ...]:
        """The entries that are surely named, then those that explain parts of its compound
        names."""
        explaining = (item.entry for item in self.decoded if item.entry is not None)
        return tuple(dict.fromkeys((*self.surely_named, *explaining)))

    @property
    def has_names_beside(self) -> bool:
        """Whether a compound name stands beside what is asked."""
        return any(name.is_beside for name in self.compound_names)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """Names that no entry owns and no text mentions, each once."""
        return self._names("unknown")

    @cached_property
    def mentioned(self) -> tuple[str, ...]:
        """Names that no entry owns, but that a text mentions, each once."""
        return self._names("mentioned")

    @cached_property
    def keywords(self) -> tuple[re.Match[str], ...]:
        """The words, in order and with their places, that say what it is about; without the words
        of compound names that are not what is asked."""
        words = tuple(keywords(self.text, self.only_asked, self.language))
        beside = characters(name for name in self.compound_names if name.is_beside)
        return tuple(word for word in words if word.start() not in beside)

    @cached_property
    def names_only(self) -> bool:
        """Whether it is made of names and asking words alone, and an entry owns one of them, as
        in "what is GQA?" and "GQA vs Foobarizer"; or asks what a compound name says."""
        named = undoubted(self.mentions)
        said = characters(named) | characters(self.compound_names)
        # "What does the C in A_B_C stand for?"
        pieces = {piece for one in named for piece in _PIECE.findall(one.name.lower())}
        others = (
            word
            for word in self.keywords
            if said.isdisjoint(range(*word.span())) and word.group().lower() not in pieces
        )
        is_made_of = bool(self.keywords) and next(others, None) is None
        return bool(self.surely_named) and (self.intent == "decode" or is_made_of)

    @cached_property
    def exact_parts(self) -> re.Pattern[str]:
        """Finds the parts of its compound names to the letter."""
        return exactly(item.part.text for item in self.decoded)

    def _names(self, source: Source) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.name for one in self.mentions if one.source == source))


def understand(
    text: str,
    encoded: EncodedQuery,
    near: Similarities,
    index: Index,
    domain: Domain,
    *,
    looked_up: str | None = None,
) -> Question:
    """Parse a question, with the names that an index and its domain know.

    Args:
        encoded: the text as the index's encoder encodes it.
        near: how near the entries are to it.
        looked_up: what is looked up for it, if not the text.
    """
    decoded = decode(text, index, domain)
    found = find_mentions(text, encoded, decoded, near, index)
    asked = detail(text, sure(found))
    words = [*keywords(text, asked, index.language)]
    # "What does SLO stand for" looks for SLO, "which abbreviations are there" for these.
    says_it = index.holds_documents and (asked != "expansion" or not words)
    only_asked = None if says_it else asked
    words = [*keywords(text, only_asked, index.language)] if says_it else words
    mentions = _sure_if_alone(found, words)
    return Question(
        text=text,
        looked_up=text if looked_up is None else looked_up,
        intent=_intent(worded_intents(text, domain, index.language), text, decoded, mentions),
        detail=asked,
        only_asked=only_asked,
        aside=None if sure(mentions) else aside(text, len(words), encoded.vector, near, index),
        encoded=encoded,
        mentions=mentions,
        language=index.language,
        compound_names=decoded,
    )


def _sure_if_alone(
    mentions: tuple[Mention, ...], words: Sequence[re.Match[str]]
) -> tuple[Mention, ...]:
    """Mentions, those in small letters taken for sure that might be ordinary words, where nothing
    else is said: "what is react?" asks for the entry, "What is React?" for something else.

    Args:
        words: the keywords of the question.
    """
    named = characters(owned(mentions))
    if not words or not all(word.start() in named for word in words):
        return mentions
    return tuple(
        one._replace(owners=dict.fromkeys(one.owners, EXACT))
        if one.is_doubtful and one.name.islower()
        else one
        for one in mentions
    )


def _intent(
    worded: Sequence[Intent],
    text: str,
    decoded: Sequence[DecodedName],
    mentions: Sequence[Mention],
) -> Intent:
    """The wording decides, but a compound name that is asked for is taken apart unless two other
    things are compared, and a comparison needs two sides."""
    asked = [name for name in decoded if name.is_compound and name.is_asked]
    several = {item.part.start for name in asked for item in name.parts}
    # "Q4_K_M" is a side, the "Instruct" of a longer name is none.
    sides = [
        one
        for one in comparable(text, mentions)
        if one.source != "part" or one.start not in several
    ]
    known = _different(sure(sides))
    compares = "comparison" in worded and known + _different(unowned(sides)) >= 2
    if len(asked) > 1 or (asked and not (compares and known >= 2)):
        return "decode"
    if compares:
        return "comparison"
    rest: list[Intent] = [intent for intent in worded if intent != "comparison"]
    return rest[0] if rest else "other"


def _different(mentions: Iterable[Mention]) -> int:
    """How many different names there are."""
    names = [mention.name for mention in mentions]
    return len(set(map(joined, names)))
