"""The rules by which a question about terms is completed, one for each way of leaning on what was
said before; the first that fits completes it.

what is GQA?, what is MLA?      compare them             Difference between GQA and MLA
difference between GQA and MLA  which of them is faster? Which is faster, GQA or MLA?
                                the second one           What is MLA?
                                what about the memory?   GQA vs MLA: memory
                                and MQA?                 difference between GQA, MLA and MQA
what is GQA?                    vs MLA                   GQA vs MLA
what is GQA?                    how does it work?        how does GQA work?
                                how much memory?         GQA: how much memory?
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.languages import DEFAULT
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.follow_up.phrases import Phrases, enumerated
from entrywise.rag.understand.follow_up.subjects import Subjects
from entrywise.rag.understand.follow_up.substitution import (
    END,
    FEW_WORDS,
    asked_of,
    is_name,
    narrowed,
    with_number,
)
from entrywise.rag.understand.follow_up.values import State
from entrywise.rag.understand.wording import COMPARING, compiled

_OF_A_QUESTION = 2
"""Keywords that may stand before a pronoun for what was spoken of before: "which models use it"."""


def fully(pattern: str, text: str) -> re.Match[str] | None:
    """The match of a pattern with a whole text, in any case."""
    return re.fullmatch(pattern, text, re.IGNORECASE)


def bare(question: str, phrases: Phrases) -> str:
    """What a question says, without what is polite and without its end."""
    said = question.rstrip(END)
    polite = re.match(phrases.polite, said, re.IGNORECASE)
    said = said[polite.end() :] if polite and polite.end() < len(said) else said
    return re.sub(r",?\s+(?:please|pls|then|now)$", "", said, flags=re.IGNORECASE)


def has_antecedent(before: str, phrases: Phrases, language: str = DEFAULT) -> bool:
    """Whether what stands before a pronoun in its question says enough to be what that stands for:
    a clause with a keyword, or more than two keywords.

    Args:
        language: that of the knowledge base, without its region.

    >>> from entrywise.rag.understand.follow_up.phrases import ENGLISH
    >>> has_antecedent("what is GraphRAG, and when would I use ", ENGLISH)
    True
    >>> has_antecedent("how much memory does ", ENGLISH)
    False
    """
    words = [*keywords(before, None, language)]
    clauses = [*re.finditer(rf"(?:[,.;:?!–]|\band|\bund)\s+(?:{phrases.asks})", before, re.I)]
    in_clause = bool(clauses and words) and words[0].end() <= clauses[-1].start()
    return in_clause or len(words) > _OF_A_QUESTION


class Completion:
    """Completes one question from the state of its conversation, which has subjects."""

    def __init__(self, question: str, state: State, names: Subjects, phrases: Phrases) -> None:
        self._question = question
        self._said = bare(question, phrases)
        self._state = state
        self._subjects = names
        self._phrases = phrases
        self._places = names.places(question)

    def complete(self) -> str:
        """The question, complete in itself."""
        rules = (
            self._chosen_by_place,
            self._compared,
            self._chosen_by_asking,
            self._both,
            self._in_a_word,
            self._with_pronoun,
            self._against,
            self._added,
            self._short,
        )
        found = (rule() for rule in rules)
        return next((text for text in found if text), self._question)

    def _chosen_by_place(self) -> str | None:
        """With the name of "the first" or "the other"; as of what was asked before where nothing
        else is said."""
        found = re.search(self._phrases.place, self._question, re.IGNORECASE)
        name = self.chosen(found) if found else None
        if not (found and name):
            return None
        if fully(self._phrases.place, self._said):
            return self._of_another(name)
        named = f"{self._question[: found.start()]}{name}{self._question[found.end() :]}"
        return Completion(named, self._state, self._subjects, self._phrases).complete()

    def chosen(self, found: re.Match[str]) -> str | None:
        """The subject of those to choose from that "the first", "the other" means."""
        choice = self._state.choice
        if len(choice) < 2:
            return None
        if found["other"]:
            others = self._subjects.without(choice, self._state.subjects)
            return others[0] if others else choice[-1]
        place = self._phrases.ordinals[found["ordinal"].lower()]
        return choice[place] if place < len(choice) else None

    def _of_another(self, name: str) -> str:
        """The question before, asked of another subject; what that is where several were asked
        about."""
        if len(self._state.subjects) > 1:
            return self._phrases.what_one.format(subjects=name)
        return asked_of(name, self._state.complete, self._subjects, self._phrases)

    def _compared(self) -> str | None:
        if len(self._state.choice) > 1 and fully(self._phrases.compare, self._said):
            return self.filled(self._phrases.compared, self._state.choice)
        return None

    def _chosen_by_asking(self) -> str | None:
        found = fully(self._phrases.which, self._said)
        if not found or len(self._state.choice) < 2:
            return None
        asks = found["asks"] or found["verb"]
        return self.filled(self._phrases.chosen, self._state.choice, asks=asks)

    def _both(self) -> str | None:
        if len(self._state.choice) > 1 and fully(self._phrases.both, self._said):
            return self.filled(self._phrases.what_several, self._state.choice)
        return None

    def _in_a_word(self) -> str | None:
        """ "Why?", "how?", "an example?"."""
        one = len(self._state.subjects) == 1
        words = self._phrases
        templates = (
            (words.why, words.because_one if one else words.because_several),
            (words.how, words.works_one if one else words.works_several),
            (words.example, words.example_of),
        )
        wanted = (template for pattern, template in templates if fully(pattern, self._said))
        template = next(wanted, None)
        return template and self.filled(template, self._state.subjects)

    def _with_pronoun(self) -> str | None:
        """With names for "it", "them", "both"."""
        found = re.search(self._phrases.pronoun, self._question, re.IGNORECASE)
        if not (found and self._refers_back(found)):
            return None
        meant = self.meant(found.group())
        if len(meant) < 2 and fully(self._phrases.all_of_them, found.group()):
            return None
        names = self.filled("{subjects}", meant)
        if fully(self._phrases.possessive, found.group()):
            names = self._phrases.owner.format(subjects=names)
        return f"{self._question[: found.start()]}{names}{self._question[found.end() :]}"

    def _refers_back(self, pronoun: re.Match[str]) -> bool:
        """Whether a pronoun stands for the subject of before, not for a name in its own question:
        "does MLA need its cache?", but "what about quantizing it?"."""
        own = any(place.start < pronoun.start() for place in self._places)
        adds = re.match(self._phrases.addition, self._question, re.IGNORECASE)
        if own:
            return bool(adds and not fully(self._phrases.possessive, pronoun.group()))
        return not has_antecedent(self._question[: pronoun.start()], self._phrases)

    def meant(self, pronoun: str) -> tuple[str, ...]:
        """The subjects that a pronoun stands for: several of them where it says so, or where they
        are compared."""
        words, state = self._phrases, self._state
        compares = compiled(COMPARING).search(self._question)
        if fully(words.all_of_them, pronoun) or (compares and fully(words.plural, pronoun)):
            return state.choice or state.subjects
        if state.topic and not fully(words.plural, pronoun):
            return (state.topic,)
        return state.subjects

    def _against(self) -> str | None:
        """ "Vs MLA?"."""
        found = re.match(self._phrases.against, self._said, re.IGNORECASE)
        return (
            self.filled("{versus}", (*self._state.subjects, self._said[found.end() :]))
            if found
            else None
        )

    def _added(self) -> str | None:
        """ "And MLA?", "what about the memory?"."""
        found = re.match(self._phrases.addition, self._question, re.IGNORECASE)
        if not found or compiled(COMPARING).search(self._question):
            return None
        rest = self._question[found.end() :].rstrip(END)
        if re.match(self._phrases.asks, rest, re.IGNORECASE):
            return None if self._places else self.filled(self._phrases.side, rest=f"{rest}?")
        previous = self._state.complete
        again = with_number(rest, previous) or narrowed(
            rest, previous, self._phrases, names=bool(self._places)
        )
        if again:
            return again
        if self._places or is_name(rest):
            return self._asked_of(rest)
        rest = re.sub(f"(?i)^{self._phrases.article}", "", rest)
        return self.filled(self._phrases.side, rest=rest)

    def _asked_of(self, added: str) -> str | None:
        """The question before, asked of what is added; one of its subjects is asked about by
        itself, and "MLA's cache" is no subject."""
        spoken_of = self._subjects.are_among(self._subjects.of(added), self._state.subjects)
        if not (spoken_of and self._places):
            return asked_of(added, self._state.complete, self._subjects, self._phrases)
        if len(self._subjects.of(added)) == 1 and added in self._subjects.of(added):
            return self._of_another(added)
        return None

    def _short(self) -> str | None:
        """ "How much memory?"."""
        opens = re.match(self._phrases.opens, self._question, re.IGNORECASE)
        short = len(self._question.split()) <= FEW_WORDS and not is_name(self._question)
        if opens or self._places or not short:
            return None
        return self.filled(self._phrases.side, rest=self._question)

    def filled(self, template: str, names: Sequence[str] = (), **said: str) -> str:
        """A template with names; without any, those of the subjects."""
        names = names or self._state.subjects
        both, either = self._phrases.conjunctions
        return template.format(
            subjects=enumerated(names, both),
            either=enumerated(names, either),
            versus=self._phrases.versus.join(names),
            **said,
        )
