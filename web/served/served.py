"""What the server answers from: an assistant, and its knowledge base as the pages show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain, combinations, islice
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Request

from entrywise.data.entries import Category, Entry
from entrywise.data.pictures import NO_PICTURES, Pictures
from entrywise.data.questions.comparability import are_comparable
from entrywise.data.readers.places import is_opening_id
from entrywise.index.index import Index
from entrywise.index.layout import Layout
from entrywise.index.listing.listing import Group
from entrywise.index.names.completion import MOST_COMPLETIONS
from entrywise.index.names.completion_tables import id_key
from entrywise.rag.assistant import Assistant
from entrywise.web.served.atlas import Atlas
from entrywise.web.served.collection import Collection
from entrywise.web.served.votes import VoteBox
from entrywise.web.terms.terms import NO_TERMS, Terms
from entrywise.web.texts.catalogue import Texts, texts_of

COLOURS = 20
"""Ten hues, each as a circle and as a diamond: what can still be told apart, with a legend."""

MOST_LINKS = 100
"""Links of an entry that a page shows, in each direction."""

_GROUPS, _FEW = 5, 4
"""Categories that are looked at for two entries to compare, and entries of each."""

ONE_PAGE = 300
"""Entries that one page lists: a longer one is slow to load and to look through."""

_NEARLY = 0.6
"""How much of their letters two names have in common that are nearly the same."""
_SHORT_NAME = 3
"""Letters of a name that a slip makes another one, where one types."""

EXAMPLES = 4
"""How many questions to begin with there are, unless the identity has more."""


@dataclass(frozen=True)
class Served:
    """One assistant, and what its index holds."""

    assistant: Assistant
    knowledge_base: Collection
    logo: bytes = b""
    """The picture of its identity; empty where it has none."""
    pictures: Pictures = NO_PICTURES
    takes_wishes: bool = False
    """Whether readers can tell the maintainers what is missing."""
    terms: Terms = NO_TERMS
    """The names in texts that lead to their entries."""

    @classmethod
    def by(
        cls, assistant: Assistant, *, takes_wishes: bool = False, links_terms: bool = True
    ) -> Served:
        """What an assistant knows."""
        index = assistant.index
        # Read now: an index that is replaced is open here, but not in its folder any more.
        logo, archive = index.file(Layout.logo), index.file(Layout.pictures)
        pictures = Pictures(archive) if archive else NO_PICTURES
        shown = logo.read_bytes() if logo else b""
        terms = Terms(index) if links_terms else NO_TERMS
        return cls(assistant, Collection.of(index), shown, pictures, takes_wishes, terms)

    def over(self, index: Index) -> Served:
        """What serves another index in the same way."""
        return Served.by(
            self.assistant.over(index),
            takes_wishes=self.takes_wishes,
            links_terms=self.terms is not NO_TERMS,
        )

    def prepare(self) -> None:
        """Make what is made once, so that no request waits for it: the first answer of a process
        takes some times as long as the next."""
        for question in self.examples[:1]:
            cited = self.unlogged.ask(question).citations
            self.terms.of((citation.entry, citation.section) for citation in cited)
        self.atlas.prepare()

    @cached_property
    def unlogged(self) -> Assistant:
        """An assistant without observers and LLM, for answers that are shown again: they are in no
        log and are not counted."""
        asked = self.assistant
        return Assistant(asked.index, threshold=asked.threshold, reranker=asked.reranker)

    @property
    def llm(self) -> str | None:
        """The name of the LLM that may write, if there is one."""
        return self.assistant.writer.backend.name if self.assistant.writer else None

    @property
    def texts(self) -> Texts:
        """What pages say by themselves, in the language of the knowledge base."""
        language = self.knowledge_base.identity.language
        return texts_of(language, holds_documents=self.assistant.index.holds_documents)

    @cached_property
    def atlas(self) -> Atlas:
        """The map of all entries."""
        return Atlas(self.knowledge_base, self.assistant.index.map)

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with: those of the identity, and others that are answered; the first
        time, some are asked to see that they are."""
        told = self.knowledge_base.identity.examples
        made = dict.fromkeys(self.knowledge_base.listing.examples())
        answered = (one for one in made if one not in told and self._is_answered(one))
        return (*told, *islice(answered, max(0, EXAMPLES - len(told))))

    @cached_property
    def pages_of_examples(self) -> Mapping[str, str]:
        """Examples, and the titles of the pages whose sections they name as "Title: Heading"; ""
        where they name none."""
        return {one: self._page_of(one) for one in self.examples}

    def _page_of(self, example: str) -> str:
        title, colon, _ = example.partition(": ")
        named = self.completed(title) if colon else ()
        return title if any(one.is_document and one.name == title for one in named) else ""

    @property
    def pairs(self) -> list[tuple[Entry, Entry]]:
        """Entries that people may want to compare."""
        entries = self.knowledge_base.entries
        return [(entries[a], entries[b]) for a, b in self.knowledge_base.listing.pairs()]

    @cached_property
    def compared_first(self) -> tuple[Entry, ...]:
        """Two entries to begin a comparison with: those that people may want to compare most, or
        two of a category that say something of the same. Where there are none, no page leads to
        the one that compares."""
        if pairs := self.pairs:
            return pairs[0]
        listing = self.knowledge_base.listing
        for group in (*listing.groups(_GROUPS), None):
            listed = self.knowledge_base.known(one.id for one in listing.by_name(0, _FEW, group))
            for pair in combinations(listed, 2):
                if are_comparable(*pair) and not any(is_opening_id(one.id) for one in pair):
                    return pair
        return ()

    def _is_answered(self, question: str) -> bool:
        return self.unlogged.ask(question).status == "answered"

    def completed(self, typed: str, limit: int = MOST_COMPLETIONS) -> list[Entry]:
        """The entries that a few typed letters may mean, most likely first."""
        everything = self.knowledge_base.entries
        completer = self.assistant.index.completer
        return [everything[ordinal] for ordinal in completer.complete(typed, limit)]

    def near(self, path: str, limit: int) -> list[Entry]:
        """The entries that are nearly called so, or whose ids nearly end so: those that the letters
        may mean, or of a name that is too short for slips to be forgiven those whose name is one
        away. Those whose ids are most like the path come first."""
        name = path.rpartition("/")[2]
        with_folder = [id_key(path, 2)] if "/" in path else []
        written = dict.fromkeys((*with_folder, name, id_key(path)))
        all_found = chain.from_iterable(self.completed(one) for one in written)
        found = {entry.id: entry for entry in all_found if _is_meant(name, entry)}
        if found or len(name) > _SHORT_NAME:
            return sorted(found.values(), key=lambda one: _alike(path, one.id), reverse=True)[
                :limit
            ]
        slips = self.assistant.index.completer.misspelt(name, MOST_COMPLETIONS, least=1)
        entries = [self.knowledge_base.entries[ordinal] for ordinal in slips]
        return [one for one in entries if abs(len(one.short_name) - len(name)) <= 1][:limit]

    def named(self, name: str) -> Entry | None:
        """The entry with this id, or the one that has this name; None where none has."""
        if found := self.knowledge_base.entry(name):
            return found
        owners = self.assistant.index.names.owners(name)
        best = max(owners, key=owners.__getitem__, default=None)
        return None if best is None else self.knowledge_base.entries[best]

    def own_name(self, entry: Entry) -> str:
        """A name that means this entry and no other, the shorter the better; its short name where
        it shares all of them."""
        names = (entry.short_name, entry.name, entry.expansion, *entry.aliases, entry.id)
        owners = self.assistant.index.names.owners
        ordinal = self.knowledge_base.listing.ordinal(entry.id)
        return next((name for name in names if [*owners(name)] == [ordinal]), entry.short_name)

    def related(self, entry: Entry) -> list[Entry]:
        """The entries that one names as related, no more than a page shows."""
        return self.knowledge_base.known(entry.related[:MOST_LINKS])

    def colour(self, group: Group) -> int:
        """The number of a category's colour, the same on every page; the 21st is the 1st again."""
        return group.number % COLOURS

    @property
    def has_categories(self) -> bool:
        """Whether there are several: one alone tells nothing."""
        return self.knowledge_base.listing.categories > 1

    @property
    def is_one_page(self) -> bool:
        """Whether the list of all entries is one page."""
        return len(self.knowledge_base) <= ONE_PAGE

    def category_path(self, category: Category) -> str:
        """The path of the list of a category's entries."""
        if self.is_one_page:
            return f"/browse#{quote(category.id)}"
        return f"/browse?{urlencode({'category': category.id})}"

    def folder_path(self, category: Category, above: str, folder: str) -> str:
        """The path of the list of what lies in a folder.

        Args:
            above: the path of its category, with a slash at its end.
            folder: its own path below that.
        """
        if self.is_one_page:
            return f"/browse#{quote(f'{category.id}/{folder}')}"
        return f"/browse?{urlencode({'category': category.id, 'folder': above + folder})}"


async def in_use(request: Request) -> Served:
    """What the application of this request answers from."""
    served: Served = request.app.state.served
    return served


InUse = Annotated[Served, Depends(in_use)]


async def votes_in_use(request: Request) -> VoteBox:
    """Where the application of this request keeps votes."""
    votes: VoteBox = request.app.state.votes
    return votes


VotesInUse = Annotated[VoteBox, Depends(votes_in_use)]


def _is_meant(name: str, entry: Entry) -> bool:
    """Whether an entry that letters may mean is called nearly so, or has a word that begins so or
    is a letter away: "nope" is no word of "OpenVINO"."""
    from rapidfuzz.distance import OSA

    name = name.lower()
    words = re.split(r"[\W_]+", " ".join((entry.id, entry.name, entry.expansion, *entry.aliases)))
    if any(one.startswith(name) or OSA.distance(one, name) <= 1 for one in map(str.lower, words)):
        return True
    return _ratio(name, entry.id.rpartition("/")[2]) >= _NEARLY


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _alike(path: str, own_id: str) -> float:
    """How much a path has in common with an id, from 0 to 2: as a whole, and at their ends."""
    pairs = (path, own_id), (path.rpartition("/")[2], own_id.rpartition("/")[2])
    return sum(_ratio(one, other) for one, other in pairs)
