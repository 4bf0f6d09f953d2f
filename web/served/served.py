"""What the server answers from: an assistant, and its knowledge base as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from entrywise.data.entries import Category, Entry, KnowledgeBase
from entrywise.data.pictures import NO_PICTURES, Pictures
from entrywise.rag.assistant import Assistant
from entrywise.web.served import examples
from entrywise.web.served.atlas import Atlas
from entrywise.web.served.type_ahead import MOST_COMPLETIONS, Completer
from entrywise.web.served.votes import VoteBox

COLOURS = 20
"""Ten hues, each as a circle and as a diamond: what can still be told apart, with a legend."""


@dataclass(frozen=True)
class Served:
    """One assistant and all entries of its index."""

    assistant: Assistant
    knowledge_base: KnowledgeBase
    logo: bytes = b""
    pictures: Pictures = NO_PICTURES
    """The picture of its identity; empty where it has none."""

    @classmethod
    def by(cls, assistant: Assistant) -> Served:
        """What an assistant knows."""
        index = assistant.index
        knowledge_base = KnowledgeBase(
            tuple(index.entries), index.catalog.categories, index.manifest.identity
        )
        # Read now: an index that is replaced is open here, but not in its folder any more.
        logo = index.layout.logo.read_bytes() if index.manifest.identity.logo else b""
        archive = index.layout.pictures
        pictures = Pictures(archive) if archive.name in index.manifest.files else NO_PICTURES
        return cls(assistant, knowledge_base, logo, pictures)

    def prepare(self) -> None:
        """Make what takes seconds where there are many entries, so that no request waits for it."""
        _ = self.examples, self.pairs, self.completer

    @cached_property
    def unlogged(self) -> Assistant:
        """The same quotes without observers, for what nobody asks now: it is in no log, and is not
        counted."""
        return Assistant(self.assistant.index, threshold=self.assistant.threshold)

    @property
    def llm(self) -> str | None:
        """The name of the LLM that may write, if there is one."""
        return self.assistant.writer.backend.name if self.assistant.writer else None

    @cached_property
    def completer(self) -> Completer:
        """Completes what is typed to the names of the entries."""
        return Completer(self.assistant.index.catalog.names)

    @cached_property
    def atlas(self) -> Atlas:
        """The map of all entries."""
        return Atlas(self.knowledge_base, self.assistant.index)

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with; the first time, some are asked to see that they are answered."""
        return tuple(examples.questions(self.knowledge_base, self.grouped(), self._is_answered))

    @cached_property
    def pairs(self) -> tuple[tuple[Entry, Entry], ...]:
        """Entries that people may want to compare."""
        return tuple(examples.pairs(self.knowledge_base, self.grouped()))

    def _is_answered(self, question: str) -> bool:
        return self.unlogged.ask(question).status == "answered"

    def entry(self, entry_id: str) -> Entry | None:
        """The entry with this id, or None."""
        try:
            return self.knowledge_base[entry_id]
        except KeyError:
            return None

    def completed(self, typed: str, limit: int = MOST_COMPLETIONS) -> list[Entry]:
        """The entries that a few typed letters may mean, most likely first."""
        everything = self.knowledge_base.entries
        return [everything[ordinal] for ordinal in self.completer.complete(typed, limit)]

    def named(self, name: str) -> Entry | None:
        """The entry with this id, or the one that has this name; None where none has."""
        owners = self.assistant.index.names.owners(name)
        best = max(owners, key=owners.__getitem__, default=None)
        found = None if best is None else self.knowledge_base.entries[best]
        return self.entry(name) or found

    def own_name(self, entry: Entry) -> str:
        """A name that means this entry and no other, the shorter the better; its short name where
        it shares all of them."""
        names = (entry.short_name, entry.name, entry.expansion, *entry.aliases, entry.id)
        owners = self.assistant.index.names.owners
        ordinal = self.assistant.index.ordinals[entry.id]
        return next((name for name in names if [*owners(name)] == [ordinal]), entry.short_name)

    def entries(self, ids: tuple[str, ...]) -> list[Entry]:
        """The entries with these ids, in that order; ids that no entry has are left out."""
        return [entry for entry_id in ids if (entry := self.entry(entry_id))]

    def linking_to(self, entry_id: str) -> list[Entry]:
        """The entries that name this one as related."""
        return self.entries(self.knowledge_base.backlinks[entry_id])

    def grouped(self) -> list[tuple[Category, list[Entry]]]:
        """The entries by category, in the order of the categories; no group is empty."""
        groups: dict[str, list[Entry]] = {}
        for entry in self.knowledge_base:
            groups.setdefault(entry.category, []).append(entry)
        return sorted(
            ((self.category(name), entries) for name, entries in groups.items()),
            key=lambda group: group[0].order,
        )

    def category(self, category_id: str) -> Category:
        """The category with this id; one of that name, sorted last, where none is declared."""
        categories = self.knowledge_base.categories
        declared = {category.id: category for category in categories}
        undeclared = Category(category_id, category_id or "Entries", len(categories))
        return declared.get(category_id, undeclared)

    def colour(self, category_id: str) -> int:
        """The number of a category's colour, the same on every page; the 21st is the 1st again."""
        return self._colours[category_id] % COLOURS

    @cached_property
    def _colours(self) -> dict[str, int]:
        return {category.id: number for number, (category, _) in enumerate(self.grouped())}


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
