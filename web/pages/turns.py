"""A turn of a conversation: a question, its answer, and what a page shows beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from entrywise.data.entries import Entry
from entrywise.data.identity import ANONYMOUS, UNTITLED, Identity
from entrywise.data.languages import DEFAULT
from entrywise.rag.answer import Part, Step
from entrywise.rag.compose.shapes.abstention import COURTESY, NEAREST, REFUSAL, is_aside, unnamed
from entrywise.rag.compose.texts.catalogue import texts_of as texts_of_answers
from entrywise.rag.domains.base import Decoder
from entrywise.rag.render.answer import Answer
from entrywise.rag.render.text import SURE
from entrywise.rag.render.visitor import is_excerpt
from entrywise.web.documents.html import NO_DOCUMENTS, Documents
from entrywise.web.pages.parts import (
    Paragraph,
    Piece,
    folded_heading,
    heading,
    is_further,
    is_told,
    paragraphs,
    strip,
)
from entrywise.web.pages.sources import Source, by_entry, near, quoted_numbers
from entrywise.web.schemas.bodies import LONGEST_HISTORY
from entrywise.web.served.served import Served
from entrywise.web.terms.terms import Linked
from entrywise.web.texts.catalogue import Texts, texts_of

ENGLISH = texts_of(DEFAULT)

_AnswerT = TypeVar("_AnswerT", Answer, Step)

SIDES = "abcd"
"""The names that `/compare` has for what it compares."""


class _Shown(Generic[_AnswerT]):
    """How the parts of an answer look, of a whole one and of one on its way."""

    __slots__ = ()
    number: int
    answer: _AnswerT
    decoder: Decoder | None
    documents: Documents
    identity: Identity

    def pieces(self, table: Part) -> list[Piece]:
        """The parts of the names in the question, with the quotes of a table of them."""
        return strip(self.answer, table, self.decoder)

    def excerpt(self, part: Part, mark: Callable[..., str]) -> Markup | None:
        """A part that is quotes of documents; None where it is none."""
        citations = self.answer.citations
        if not is_excerpt(part, citations):
            return None

        def marked(number: int) -> str:
            return f"&nbsp;{mark(self, number, f't{self.number}-mark-{number}')}"

        return self.documents.excerpt([citations[n - 1] for n in part.citations], marked)

    def paragraphs(self, part: Part) -> list[Paragraph]:
        """A part that is quotes of terms, by what they tell."""
        return paragraphs(part, self.answer.citations, self.identity)

    def is_further(self, part: Part) -> bool:
        """Whether a part is folded, as it goes on after a good deal."""
        return is_further(part, self.answer, self.identity)

    def is_told(self, part: Part) -> bool:
        """Whether what stands above a part says what it tells of what was quoted before."""
        return is_told(part, self.answer.citations)

    def heading(self, part: Part) -> str:
        """What stands above a part."""
        return heading(part, self.answer.citations)

    def folded_heading(self, part: Part) -> str:
        """What a folded part is called."""
        return folded_heading(part, self.answer.citations)

    def linked(self, part: Part) -> Linked:
        """Shows the quotes of a part, with names that lead to their entries."""
        cited = (self.answer.citations[number - 1] for number in part.citations)
        return self.documents.terms.of((one.entry, one.section) for one in cited)


@dataclass(frozen=True, slots=True)
class Turn(_Shown[Answer]):
    """A question with its answer.

    `number` counts from 1 and keeps the ids of a page apart; `earlier` are the questions before
    it, oldest first, whether the page shows them or not; `sources` go by entry, in the order of
    their first quotes; `closest` is what is near to a question without an answer.
    """

    number: int
    earlier: tuple[str, ...]
    answer: Answer
    sources: tuple[tuple[Entry, tuple[Source, ...]], ...]
    closest: tuple[Source, ...]
    decoder: Decoder | None
    """Takes the compound names in it apart."""
    documents: Documents = NO_DOCUMENTS
    """Shows what it quotes of documents."""
    title: str = UNTITLED
    """That of the knowledge base."""
    t: Texts = ENGLISH
    """What the page says by itself."""
    typed: str = ""
    """The question in its lines."""
    takes_wishes: bool = False
    """Whether the maintainers can be told what is missing."""
    identity: Identity = ANONYMOUS
    """Says which sections hold technical notes, and in which language."""

    @classmethod
    def of(
        cls,
        served: Served,
        answer: Answer,
        number: int,
        earlier: Sequence[str],
        typed: str = "",
    ) -> Turn:
        """The turn of an answer, with the texts that it cites."""
        return cls(
            number=number,
            earlier=tuple(earlier),
            answer=answer,
            sources=by_entry(served, answer),
            closest=tuple(near(served, one) for one in answer.closest),
            decoder=served.assistant.domain.decoder,
            documents=Documents.of(served),
            title=served.knowledge_base.identity.title,
            t=served.texts,
            typed=typed or answer.question,
            takes_wishes=served.takes_wishes,
            identity=served.knowledge_base.identity,
        )

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts to show: not the nearest entries by name, to which a page has links."""
        return tuple(filter(is_shown, self.answer.parts))

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions up to and with this one, as many as may stand before another."""
        return (*self.earlier, self.typed)[-LONGEST_HISTORY:]

    @property
    def quoted(self) -> frozenset[int]:
        """The numbers of the citations that a part shows as quotes."""
        return quoted_numbers(self.answer)

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of the entries that are quoted."""
        return tuple(entry.id for entry, _ in self.sources)

    def by_section(self, sources: Sequence[Source]) -> dict[str, list[Source]]:
        """Sources of one entry by what their sections are called."""
        found: dict[str, list[Source]] = {}
        for source in sources:
            found.setdefault(self.t.place(source.citation), []).append(source)
        return found

    @property
    def sides(self) -> dict[str, str]:
        """What is compared, as `/compare` is asked for it; empty when nothing is."""
        compared = self.answer.subjects.known[: len(SIDES)]
        is_comparison = self.answer.intent == "comparison" and len(compared) > 1
        return dict(zip(SIDES, compared, strict=False)) if is_comparison else {}

    @property
    def is_on_the_assistant(self) -> bool:
        """Whether it answers what was said to the assistant itself: no question of the knowledge
        base, which has nothing to be sure of."""
        return any(map(is_aside, self.answer.parts))

    @property
    def takes_leave(self) -> bool:
        """Whether it only answers thanks or a greeting behind other questions, after which there is
        nothing to offer; who begins so has yet to ask."""
        return self.number > 1 and any(part.aspect == COURTESY for part in self.answer.parts)

    @property
    def is_refusal(self) -> bool:
        """Whether it answers nothing that was asked of the knowledge base."""
        return not (self.answer.answered or self.is_on_the_assistant)

    @property
    def missing(self) -> str:
        """What a question asks for in vain, in a line."""
        nothing = unnamed(texts_of_answers(self.t.language))
        told = (part.text for part in self.answer.parts if part.aspect == REFUSAL)
        named = next(told, nothing)
        return self.t("refusal.none", title=self.title) if named == nothing else named

    @property
    def suggested_of(self) -> str:
        """The title of the page whose sections are suggested, by "Title: Heading", if they are."""
        titles = (entry.name for entry, _ in self.sources[:1] if entry.is_document)
        title = next(titles, "")
        is_told = any(one.startswith(f"{title}: ") for one in self.answer.suggestions)
        return title if is_told else ""

    @property
    def verdict(self) -> str:
        """Whether it is answered; of what is less sure, perhaps."""
        is_sure = self.answer.answered and self.answer.confidence >= SURE
        return self.t(f"answer.{self.answer.status}" if is_sure else "answer.perhaps")

    @property
    def percentage(self) -> str:
        """The confidence as a percentage that claims no certainty."""
        percent = self.answer.confidence * 100
        if percent > 99:
            return self.t("answer.above")
        if percent < 1:
            return self.t("answer.below")
        return self.t("answer.percent", count=round(percent))


@dataclass(frozen=True, slots=True)
class Unfinished(_Shown[Step]):
    """A turn whose answer is still on its way: as much of it as a part needs to be shown."""

    number: int
    answer: Step
    decoder: Decoder | None
    documents: Documents = NO_DOCUMENTS
    t: Texts = ENGLISH
    identity: Identity = ANONYMOUS


def is_shown(part: Part) -> bool:
    """Whether a page shows a part as such: not what a refusal says, for which it has a form of its
    own."""
    return part.aspect not in (NEAREST, REFUSAL)
