"""Follow-ups on terms: what was asked before is known by its subjects."""

from __future__ import annotations

import re
from dataclasses import replace

from entrywise.data.questions.to_the_assistant import REMARKS_SAID
from entrywise.data.words import folded
from entrywise.rag.understand.follow_up.completion import Completion, bare, fully
from entrywise.rag.understand.follow_up.phrases import Phrases
from entrywise.rag.understand.follow_up.subjects import Subjects
from entrywise.rag.understand.follow_up.values import Earlier, Reading, State, Turn

_SAYS = 0.67
"""Of the words of a question beside names, by their rarity."""

_Read = tuple[Reading, State]


class OnTerms:
    """Reads the questions of a conversation about terms, one after the other."""

    def __init__(self, subjects: Subjects, earlier: Earlier, phrases: Phrases) -> None:
        self._subjects = subjects
        self._earlier = earlier
        self._phrases = phrases

    def stands_alone(self, question: str) -> bool:
        """Whether a question names its subject and leans on no other, as far as its words tell."""
        words = self._phrases
        leans = (
            re.search(words.pronoun, question, re.IGNORECASE)
            or re.search(words.place, question, re.IGNORECASE)
            or re.match(words.addition, question, re.IGNORECASE)
            or fully(words.more, bare(question, words))
        )
        return not leans and bool(self._subjects.places(question))

    def read(self, question: str, state: State) -> _Read:
        """How a question is read in a state, and the state after it: a remark and a courtesy leave
        it as it is."""
        said = bare(question, self._phrases)
        if not said or fully(self._phrases.courtesy, said) or self._is_remark(question):
            return Reading.of(question), state
        if not state.complete:
            return self._read_as(question, state)
        found = self._picked(question, said, state) or self._further(said, state)
        if found:
            return found
        names = self._subjects.places(question)
        leans = re.search(self._phrases.pronoun, question, re.IGNORECASE)
        if not state.subjects and (leans or not names):
            state = self._with_subject(state)
        if not state.subjects:
            return self._read_as(question, state)
        state = self._with_choice(question, state)
        complete = self._completion(question, state).complete()
        if complete != question or names:
            return self._read_as(complete, state)
        return self._nameless(question, state)

    def _is_remark(self, question: str) -> bool:
        """Whether a question is about the assistant, not about "this"."""
        is_said = folded(question) in REMARKS_SAID
        return is_said and not re.search(self._phrases.pronoun, question, re.IGNORECASE)

    def _nameless(self, question: str, state: State) -> _Read:
        """A question that names nothing, as one on the subjects where only that is answered, and
        the answer says of what is asked: "what rank should I use?" after LoRA. Where neither is
        answered, the subjects are still those of before."""
        opens = re.match(self._phrases.opens, question, re.IGNORECASE)
        leans = re.search(self._phrases.pronoun, question, re.IGNORECASE)
        if opens or leans or self._earlier((Turn(question),)).titles:
            return self._read_as(question, state)
        of_them = self._completion(question, state).filled(self._phrases.side, rest=question)
        if self._earlier((Turn(of_them),)).said >= _SAYS:
            return self._read_as(of_them, state)
        return Reading.of(question), replace(state, complete=question)

    def _with_choice(self, question: str, state: State) -> State:
        """The state, in which "the second" is one of those that the last answer told of, where
        only one was asked about."""
        if len(state.choice) > 1 or not re.search(self._phrases.place, question, re.IGNORECASE):
            return state
        return replace(state, choice=self._earlier(state.turns).titles or state.choice)

    def _read_as(self, text: str, state: State) -> _Read:
        return Reading.of(text), self._subjects.after(state, text)

    def _with_subject(self, state: State) -> State:
        """The state with what the last answer was about, where its question named nothing."""
        titles = self._earlier(state.turns).titles[:1]
        return replace(state, subjects=titles, choice=state.choice or titles)

    def _picked(self, question: str, said: str, state: State) -> _Read | None:
        """A suggestion of the last answer, by its place; a remark where there is none."""
        place = self._place(said, state)
        if place is None:
            return None
        suggested = self._earlier(state.turns).suggestions
        if suggested and place < len(suggested):
            picked = suggested[place]
            # One of them may ask for more.
            return self._further(picked, state) or self._read_as(picked, state)
        remark = self._phrases.no_such(said, len(suggested))
        return Reading(question, question, before=state.turns, remark=remark), state

    def _place(self, said: str, state: State) -> int | None:
        """The place, from 0 on, of the suggestion that is picked; -1 is the last. "The first" of
        several subjects is a subject."""
        if number := fully(self._phrases.number, said):
            return int(number["number"]) - 1
        found = fully(self._phrases.place, said)
        if not found or found["other"] or self._completion(said, state).chosen(found):
            return None
        return self._phrases.ordinals[found["ordinal"].lower()]

    def _further(self, said: str, state: State) -> _Read | None:
        """More of the last answer, or of one of its subjects."""
        words = self._phrases
        other_example = fully(words.another_example, said)
        found = other_example or fully(words.more, said)
        if not found:
            return None
        state = state if state.subjects else self._with_subject(state)
        completion = self._completion(said, state)
        if other_example:
            asked = completion.filled(words.example_of) if state.subjects else state.complete
            return self._more_of(asked, state.subjects, words.another_of, state)
        of = found["of"]
        names = self._meant(of, completion, state) if of else state.subjects
        if of and not names:
            return self._more_about(of, completion, state)
        if names == state.subjects:
            return self._more_of(state.complete, names, words.further, state)
        what = words.what_one if len(names) == 1 else words.what_several
        return self._more_of(completion.filled(what, names), names, words.further, state)

    def _meant(self, of: str, completion: Completion, state: State) -> tuple[str, ...]:
        """The subjects of which more is wanted; none where it is something else."""
        if fully(self._phrases.pronoun, of):
            return completion.meant(of)
        if found := fully(self._phrases.place, of):
            chosen = self._completion(of, self._with_choice(of, state)).chosen(found)
            return (chosen,) if chosen else ()
        names = self._subjects.of(of)
        return names if self._subjects.are_among(names, state.choice or state.subjects) else ()

    def _more_about(self, of: str, completion: Completion, state: State) -> _Read | None:
        """More about a side of the subjects, "the memory"; a new subject stands on its own."""
        is_choice = fully(self._phrases.place, of)
        if is_choice or not state.subjects or self._subjects.places(of):
            return None
        rest = re.sub(f"(?i)^{self._phrases.article}", "", of)
        return self._read_as(completion.filled(self._phrases.side, rest=rest), state)

    def _more_of(self, asked: str, names: tuple[str, ...], template: str, state: State) -> _Read:
        if names:
            text = self._completion(asked, state).filled(template, names)
        else:
            text = self._phrases.further_on.format(question=asked)
        reading = Reading(text, asked, more=True, before=state.turns)
        turns = (*state.turns, Turn(asked, more=True))
        return reading, replace(state, complete=asked, subjects=names, turns=turns)

    def _completion(self, question: str, state: State) -> Completion:
        return Completion(question, state, self._subjects, self._phrases)
