"""Follow-ups on documents, whose things have no names: both questions are asked together."""

from __future__ import annotations

import re
from dataclasses import replace

from entrywise.data.words import STOP_WORDS
from entrywise.rag.understand.detail import telling
from entrywise.rag.understand.follow_up.completion import END, FEW_WORDS, bare, fully
from entrywise.rag.understand.follow_up.phrases import Phrases
from entrywise.rag.understand.follow_up.values import Reading, State, Turn

_ARTICLES = frozenset(("a", "an", "the"))


class OnDocuments:
    """Reads the questions of a conversation about documents, one after the other.

    how many days do I get    and in Italy?    how many days do I get, and in Italy?
                              and in Spain?    how many days do I get, and in Spain?
                              and for sons?    how many days do I get, and in Spain, and for sons?
                              tell me more     the next best excerpts

    What is added takes the place of what was added likewise.
    """

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def stands_alone(self, question: str) -> bool:
        """Whether a question leans on no other, as far as its words tell."""
        words = self._phrases
        return not (
            len(question.split()) <= FEW_WORDS
            or re.match(words.addition, question, re.IGNORECASE)
            or re.search(words.pronoun, question, re.IGNORECASE)
            or self._asks_for_more(question)
            or not any(telling(question, None))
        )

    def read(self, question: str, state: State) -> tuple[Reading, State]:
        """How a question is read in a state, and the state after it."""
        said = bare(question, self._phrases)
        if not said or fully(self._phrases.courtesy, said):
            return Reading.of(question), state
        if not state.complete or self.stands_alone(question):
            return Reading.of(question), State(question, turns=(Turn(question),))
        asked = state.complete
        added = self._added(question)
        if added and state.subjects and (added == state.choice or not _narrows(added)):
            (asked,) = state.subjects
        if self._asks_for_more(question):
            text = self._phrases.further_on.format(question=asked.rstrip(END))
            further = Reading(text, asked, more=True, before=state.turns)
            return further, replace(state, turns=(*state.turns, Turn(asked, more=True)))
        # "And in Germany?" goes on in small letters, "VAT?" does not.
        begins = question[:1] if question[1:2].isupper() else question[:1].lower()
        text = f"{asked.rstrip(END)}, {begins}{question[1:]}"
        after = State(
            text,
            subjects=(asked,) if added else state.subjects,
            choice=added or state.choice,
            turns=(*state.turns, Turn(text)),
        )
        return Reading.of(text), after

    def _added(self, question: str) -> tuple[str, ...]:
        """The word that what is added begins with, in small letters; none where nothing is."""
        addition = re.match(self._phrases.addition, question, re.IGNORECASE)
        return tuple(question[addition.end() :].lower().split()[:1]) if addition else ()

    def _asks_for_more(self, question: str) -> bool:
        """Whether it asks for more of what was asked before, not of something that it says."""
        said = bare(question, self._phrases)
        found = fully(self._phrases.more, said)
        of = found["of"] if found else None
        return bool(found) and (of is None or bool(fully(self._phrases.pronoun, of)))


def _narrows(added: tuple[str, ...]) -> bool:
    """Whether what is added narrows what was asked, as "in winter" does; "a hotel" asks anew."""
    return STOP_WORDS.issuperset(added) and not _ARTICLES.issuperset(added)
