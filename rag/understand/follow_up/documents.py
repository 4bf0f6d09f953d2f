"""Follow-ups on documents, whose things have no names: both questions are asked together.

A short question may be either, and only what was answered tells: "how do I apply?" goes on with a
question whose answer speaks of applying, "when is salary paid?" opens another subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from entrywise.data.words import is_said, plain_words
from entrywise.index.index import Index
from entrywise.rag.understand.detail import keywords, topic
from entrywise.rag.understand.follow_up.completion import bare, fully, has_antecedent
from entrywise.rag.understand.follow_up.parallels import done_to, in_place, last_case, narrows
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
"""Of the words of a question that goes on with another, by their rarity, those that are quoted for
what comes of both."""

_LESS_SURE = 0.15
"""How much less sure it may be that what is added is answered in the place of another thing."""


class OnDocuments:
    """Reads the questions of a conversation about documents, one after the other.

    how do I add a schedule   and a rule?      how do I add a rule
    how do I add a schedule   can I delete it? can I delete a schedule?
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

    What is added takes the place of what is like it, or was added likewise; "it" is what the first
    question was about.
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
        choice = tuple(added.lower().split()[:1])
        anew = choice == state.choice or not narrows(added, self._phrases)
        if added and state.subjects and anew:
            (asked,) = state.subjects
        if self._asks_for_more(question):
            text = self._phrases.further_on.format(question=asked.rstrip(END))
            further = Reading(text, asked, more=True, before=state.turns)
            return further, replace(state, turns=(*state.turns, Turn(asked, more=True)))
        if self._has_pronoun(question) and not added:
            # "It" is what the first question was about, and what others said of it is not asked.
            asked = state.turns[0].asked
        text = (
            self._of_another(asked, added)
            or self._of_it(asked, question)
            or _together(asked, question)
        )
        after = State(
            text,
            subjects=(asked,) if added else state.subjects,
            choice=choice or state.choice,
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
        return self._says(told, _together(state.complete, question))

    def _confidence(self, question: str) -> float:
        return self._earlier((Turn(question),)).confidence

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

    def _added(self, question: str) -> str:
        """What is added, without what begins it; empty where nothing is."""
        addition = re.match(self._phrases.addition, question, re.IGNORECASE)
        return question[addition.end() :] if addition else ""

    def _of_another(self, asked: str, added: str) -> str:
        """What was asked with what is added in the place of what it is like, where what answers
        that says what is added; empty elsewhere."""
        words = self._phrases
        told = [word for word in self._told(added) if word not in words.narrows]
        if not told:
            return ""
        if narrows(added, words):
            return self._in_another_case(asked, added, told)
        texts = in_place(added, asked, words, self._index)
        if not all(self._index.words.known(told)):
            # What no document says is better not answered than answered with what was asked.
            return next(iter(texts), "")
        sure = {text: self._confidence(text) for text in texts if self._says(told, text)}
        best = max(sure, key=sure.__getitem__, default="")
        enough = self._confidence(_together(asked, added)) - _LESS_SURE
        return best if best and sure[best] >= enough else ""

    def _in_another_case(self, asked: str, added: str, told: Sequence[str]) -> str:
        """What was asked with what narrows it in the place of what did; empty where both may be
        asked together: "in winter, and with a dog?"."""
        case = last_case(asked, self._phrases)
        text = f"{asked.rstrip(END).removesuffix(case)}{added}"
        if case and case.lower().split()[0] == added.lower().split()[0]:
            return text
        may_be = case and not self._says(told, _together(asked, added))
        return text if may_be and self._says(told, text) else ""

    def _of_it(self, asked: str, question: str) -> str:
        """What is asked of what something was done to before, by its name, where something answers
        that; empty where nothing does."""
        pronoun = re.search(self._phrases.pronoun, question, re.IGNORECASE)
        done = done_to(asked, self._phrases)
        if not (pronoun and done and self._has_pronoun(question)):
            return ""
        text = f"{question[: pronoun.start()]}{done}{question[pronoun.end() :]}"
        return text if self._says(self._told(text), text) else ""

    def _says(self, told: Sequence[str], asked: str) -> bool:
        """Whether what answers a question says enough of some words, by their rarity."""
        said = self._said(self._earlier((Turn(asked),)).rows, whole=False)
        rarities = self._index.words.rarities(told)
        share = sum(
            rarity for word, rarity in zip(told, rarities, strict=True) if self._is_said(word, said)
        )
        return share >= _SAYS * sum(rarities)

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
