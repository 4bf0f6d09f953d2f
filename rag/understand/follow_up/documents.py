"""Follow-ups on documents, whose things have no names: both questions are asked together.

A short question may be either, and only what was answered tells: "how do I apply?" goes on with a
question whose answer speaks of applying, "when is salary paid?" opens another subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from entrywise.data.words import is_said, plain_words
from entrywise.index.index import Index
from entrywise.rag.understand.detail import keywords, topic
from entrywise.rag.understand.follow_up.completion import bare, fully, has_antecedent
from entrywise.rag.understand.follow_up.phrases import Phrases, enumerated
from entrywise.rag.understand.follow_up.substitution import END, FEW_WORDS
from entrywise.rag.understand.follow_up.values import Earlier, Reading, State, Turn

_ARTICLES = frozenset(("a", "an", "the"))
_NOTHING = State()
_SAYS_ENOUGH = 2
"""Keywords of a question with a pronoun that may be about something else."""
_END = 3
"""Words of what is replaced: of more, the last may ask something else."""
_SAYS = 0.67
"""Of the words of a question that nothing answers by itself, by their rarity, those that are quoted
for it and what was asked before together."""


class OnDocuments:
    """Reads the questions of a conversation about documents, one after the other.

    how many days do I get    and in Italy?    how many days do I get, and in Italy?
                              and in Spain?    how many days do I get, and in Spain?
                              and for sons?    how many days do I get, and in Spain, and for sons?
    when do we moor in May    and in June?     when do we moor in June
                              who grants it?   how many days do I get, who grants it?
                              until when?      how many days do I get, until when?
                              tell me more     the next best excerpts
                              is there a gym?  is there a gym?
                              2                the second of the suggestions
    what is nosema?           compare them     Difference between days and nosema
                              the first        how many days do I get

    What is added takes the place of what was added likewise; "it" is what the first question was
    about.
    """

    def __init__(self, phrases: Phrases, index: Index, earlier: Earlier) -> None:
        """
        Args:
            earlier: tells what the answers to earlier turns quoted.
        """
        self._phrases = phrases
        self._index = index
        self._earlier = earlier

    def stands_alone(self, question: str) -> bool:
        """Whether a question leans on no other, as far as its words tell."""
        return not (
            len(question.split()) <= FEW_WORDS or self._leans(question) or not self._told(question)
        )

    def _leans(self, question: str) -> bool:
        """Whether its words lean on another question."""
        words = self._phrases
        return bool(
            re.match(words.addition, question, re.IGNORECASE)
            or self._has_pronoun(question)
            or re.search(words.leans, question, re.IGNORECASE)
            or self._asks_for_more(question)
            or fully(words.example, bare(question, words))
            # What asks with its last word asks it of what was told: "until when?".
            or fully(rf"\w+\s+{words.asks}", bare(question, words))
        )

    def _has_pronoun(self, question: str) -> bool:
        """Whether one of its words stands for what was spoken of before."""
        found = re.search(self._phrases.pronoun, question, re.IGNORECASE)
        before = question[: found.start()] if found else ""
        return bool(found) and not has_antecedent(before, self._phrases, self._index.language)

    def _told(self, question: str) -> list[str]:
        """The words that say what it is about, in lower case; "long" in "how long" only asks."""
        words = keywords(question, None, self._index.language)
        of_how = re.compile(rf"\b{self._phrases.degree}\s+$", re.IGNORECASE)
        return [
            word.group().lower() for word in words if not of_how.search(question[: word.start()])
        ]

    def read(self, question: str, state: State) -> tuple[Reading, State]:
        """How a question is read in a state, and the state after it."""
        said = bare(question, self._phrases)
        if not said or fully(self._phrases.courtesy, said):
            return Reading.of(question), state
        if not state.complete:
            return _alone(question)
        if bare(state.complete, self._phrases).lower() == said.lower():
            return Reading.of(question), state
        if of_both := self._of_both(said, state):
            return _alone(of_both, state)
        if number := fully(self._phrases.number, said):
            return self._picked(int(number["number"]) - 1, said, state)
        if (
            self.stands_alone(question) or self._opens_another(question, state)
        ) and not self._is_told_with(question, state):
            return _alone(question, state)
        asked = state.complete
        added = self._added(question)
        if added and state.subjects and (added == state.choice or not self._narrows(added)):
            (asked,) = state.subjects
        if self._asks_for_more(question):
            text = self._phrases.further_on.format(question=asked.rstrip(END))
            further = Reading(text, asked, more=True, before=state.turns)
            return further, replace(state, turns=(*state.turns, Turn(asked, more=True)))
        if self._has_pronoun(question) and not added:
            # "It" is what the first question was about, and what others said of it is not asked.
            asked = state.turns[0].asked
        text = self._instead(asked, question, added) or _together(asked, question)
        after = State(
            text,
            subjects=(asked,) if added else state.subjects,
            choice=added or state.choice,
            turns=(*state.turns, Turn(text)),
            other=state.other,
        )
        return Reading.of(text), after

    def _of_both(self, said: str, state: State) -> str:
        """What is asked of the last two subjects: what sets them against each other, or the one
        that is picked; nothing where there is one."""
        words = self._phrases
        both = (state.other, state.turns[0].asked)
        if not state.other:
            return ""
        if fully(words.compare, said):
            things = [topic(one, self._index.language) or one.rstrip(END) for one in both]
            return words.compared.format(subjects=enumerated(things, words.conjunctions[0]))
        found = fully(words.place, said)
        if not found:
            return ""
        place = 0 if found["other"] else words.ordinals[found["ordinal"].lower()]
        return both[place] if place < len(both) else ""

    def _picked(self, place: int, said: str, state: State) -> tuple[Reading, State]:
        """A suggestion of the last answer, by its place; a remark where there is none."""
        suggested = self._earlier(state.turns[-1:]).suggestions
        if place < len(suggested):
            return _alone(suggested[place], state)
        remark = self._phrases.no_such(said, len(suggested))
        return Reading(said, said, before=state.turns, remark=remark), state

    def _opens_another(self, question: str, state: State) -> bool:
        """Whether a short question asks for what the last answer's sections do not speak of, or is
        what the answer suggested to ask."""
        shown = self._earlier(state.turns[-1:])
        if question in shown.suggestions:
            return True
        words = self._phrases
        told = self._told(question)
        first = question.lower().split()[0]
        is_part = first in words.small and not re.match(words.asks, first)
        if is_part or not told or (self._leans(question) and not self._has_pronoun(question)):
            return False
        said = self._said(shown.rows)
        if self._has_pronoun(question):
            if len(told) < _SAYS_ENOUGH:
                return False
            # "Is it better the next day?" does; "where did they find the heart of the ocean?"
            # speaks of none of what was told.
            is_subject = re.match(rf"{words.asks}\s+{words.pronoun}", question, re.IGNORECASE)
            speaks = is_subject or any(self._is_said(word, said) for word in told)
            goes_on = speaks and self._is_answered(_together(state.turns[0].asked, question))
            return not goes_on and self._is_answered(question)
        return not all(self._is_said(word, said) for word in told)

    def _is_told_with(self, question: str, state: State) -> bool:
        """Whether nothing answers a question by itself, and what is quoted for it and the one
        before together says what it asks for: "how far from the path?" after what was decided
        about sheds."""
        told = self._told(question)
        if not 0 < len(told) <= FEW_WORDS or self._is_answered(question):
            return False
        both = self._earlier((Turn(_together(state.complete, question)),))
        said = self._said(both.rows, whole=False)
        rarities = self._index.words.rarities(told)
        share = sum(
            rarity for word, rarity in zip(told, rarities, strict=True) if self._is_said(word, said)
        )
        return share >= _SAYS * sum(rarities)

    def _is_answered(self, question: str) -> bool:
        return bool(self._earlier((Turn(question),)).titles)

    def _is_said(self, word: str, said: set[str]) -> bool:
        return is_said(word, said, self._index.words.form)

    def _said(self, rows: Iterable[int], *, whole: bool = True) -> set[str]:
        """The words of some pieces, or of the whole sections that they are of, with their
        headings."""
        entries = self._index.entries
        places = {tuple(self._index.sentences[row].tolist()) for row in rows}
        if whole:
            places = {(entry, number, 0, None) for entry, number, *_ in places}
        said: set[str] = set()
        for entry, number, start, end in places:
            section = entries[entry].sections[number]
            for text in (entries[entry].name, *section.path, section.text[start:end]):
                said.update(map(self._index.words.form, plain_words(text)))
        return said

    def _added(self, question: str) -> tuple[str, ...]:
        """The word that what is added begins with, in small letters; none where nothing is."""
        addition = re.match(self._phrases.addition, question, re.IGNORECASE)
        return tuple(question[addition.end() :].lower().split()[:1]) if addition else ()

    def _instead(self, asked: str, question: str, added: tuple[str, ...]) -> str:
        """What was asked with what is added in the place of its end, where both begin with the same
        word that narrows; empty where they do not."""
        if not (added and self._narrows(added)):
            return ""
        beginning, _, end = asked.rstrip(END).rpartition(f" {added[0]} ")
        said = end.lower().split()
        is_one = 0 < len(said) <= _END and self._phrases.narrows.isdisjoint(set(said) - _ARTICLES)
        addition = re.match(self._phrases.addition, question, re.IGNORECASE)
        return (
            f"{beginning} {question[addition.end() :]}" if is_one and beginning and addition else ""
        )

    def _narrows(self, added: tuple[str, ...]) -> bool:
        """Whether what is added narrows what was asked, as "in winter" does; "a hotel" asks
        anew."""
        return self._phrases.narrows.issuperset(added) and not _ARTICLES.issuperset(added)

    def _asks_for_more(self, question: str) -> bool:
        """Whether it asks for more of what was asked before, not of something that it says."""
        said = bare(question, self._phrases)
        found = fully(self._phrases.more, said)
        of = found["of"] if found else None
        return bool(found) and (of is None or bool(fully(self._phrases.pronoun, of)))


def _together(asked: str, question: str) -> str:
    """What was asked, and a question that goes on with it."""
    # "And in Germany?" goes on in small letters, "VAT?" does not.
    begins = question[:1] if question[1:2].isupper() else question[:1].lower()
    return f"{asked.rstrip(END)}, {begins}{question[1:]}"


def _alone(question: str, before: State = _NOTHING) -> tuple[Reading, State]:
    """A question that leans on no other, and the state after it.

    Args:
        before: the state in which it is asked.
    """
    opened = before.turns[0].asked if before.turns else ""
    return Reading.of(question), State(question, turns=(Turn(question),), other=opened)
