"""The rules by which a question about terms is completed, one for each way of leaning on what was
said before; the first that fits completes it.

what is GQA?, what is MLA?      compare them             Difference between GQA and MLA
difference between GQA and MLA  which of them is faster? Which is faster, GQA or MLA?
                                the second one           What is MLA?
                                what about the memory?   GQA vs MLA: memory
                                and MQA?                 difference between GQA, MLA and MQA
what is GQA?                    how does it work?        how does GQA work?
                                how much memory?         GQA: how much memory?
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.words import singular
from entrywise.rag.understand.follow_up.phrases import Phrases, enumerated
from entrywise.rag.understand.follow_up.subjects import Place, Subjects
from entrywise.rag.understand.follow_up.values import State
from entrywise.rag.understand.wording import COMPARING, compiled

FEW_WORDS = 4
"""Words of "why?", "how much memory?", "an example": too short to open a new subject."""
END = " ?!."
_NUMBER = re.compile(r"(?<![\w.-])[\w-]{0,20}\d(?:[\w.,-]{0,20}\w)?")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NEXT_WORD = re.compile(r"\s+([^\W\d]+)")


def fully(pattern: str, text: str) -> re.Match[str] | None:
    """The match of a pattern with a whole text, in any case."""
    return re.fullmatch(pattern, text, re.IGNORECASE)


def bare(question: str, phrases: Phrases) -> str:
    """What a question says, without what is polite and without its end."""
    said = question.rstrip(END)
    polite = re.match(phrases.polite, said, re.IGNORECASE)
    said = said[polite.end() :] if polite and polite.end() < len(said) else said
    return re.sub(r",?\s+(?:please|pls|then|now)$", "", said, flags=re.IGNORECASE)


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
        return _asked_of(name, self._state.complete, self._subjects, self._phrases)

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
        return not own or bool(adds and not fully(self._phrases.possessive, pronoun.group()))

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

    def _added(self) -> str | None:
        """ "And MLA?", "what about the memory?"."""
        found = re.match(self._phrases.addition, self._question, re.IGNORECASE)
        if not found or compiled(COMPARING).search(self._question):
            return None
        rest = self._question[found.end() :].rstrip(END)
        if re.match(self._phrases.asks, rest, re.IGNORECASE):
            return None if self._places else self.filled(self._phrases.side, rest=f"{rest}?")
        if alike := with_number(rest, self._state.complete):
            return alike
        if self._places or is_name(rest):
            return self._asked_of(rest)
        rest = re.sub(f"(?i)^{self._phrases.article}", "", rest)
        return self.filled(self._phrases.side, rest=rest)

    def _asked_of(self, added: str) -> str | None:
        """The question before, asked of what is added; one of its subjects is asked about by
        itself, and "MLA's cache" is no subject."""
        spoken_of = self._subjects.are_among(self._subjects.of(added), self._state.subjects)
        if not (spoken_of and self._places):
            return _asked_of(added, self._state.complete, self._subjects, self._phrases)
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


def is_name(text: str) -> bool:
    """Whether a text of few words is written like a name: a capital or digit after its start."""
    return bool(re.search(r"[A-Z0-9]", text[1:])) and len(text.split()) <= FEW_WORDS


def _asked_of(added: str, previous: str, names: Subjects, phrases: Phrases) -> str:
    """The previous question, asked of something else; a comparison gets one more side."""
    places = names.places(previous)
    if not places:
        return phrases.what_one.format(subjects=added)
    start, end = places[0].start, places[-1].end
    if (led := _led_by(added, previous, places)) is not None:
        return f"{previous[:led]}{added}{previous[end:]}"
    if len(places) > 1:
        sides = _with_one_more(added, previous, places, phrases)
        return f"{previous[:start]}{sides}{previous[end:]}"
    if compiled(COMPARING).search(previous):
        return f"{previous[:end]}{phrases.conjunctions[0]}{added}{previous[end:]}"
    return f"{previous[:start]}{added}{previous[end:]}"


def _led_by(added: str, previous: str, places: Sequence[Place]) -> int | None:
    """Where in the previous question the word stands that leads what is added, too, before its last
    subject: the "in" of "in fp16", for "and in int4?"."""
    first = re.match(r"[^\W\d_]+(?=\s)", added)
    before = places[-2].end if len(places) > 1 else 0
    found = first and re.search(
        rf"\b{re.escape(first.group())}\s+(?:\w+\s+){{0,2}}$",
        previous[before : places[-1].start],
        re.IGNORECASE,
    )
    return before + found.start() if found else None


def with_number(added: str, previous: str) -> str | None:
    """The previous question with a number that is added in the place of its only one that is
    written alike and counts the same: "7B" and "70B", "4096 tokens" and "8192 tokens".

    >>> with_number("a 70B one", "how much memory does a 7B model need?")
    'how much memory does a 70B model need?'
    """
    numbers = list(_NUMBER.finditer(added))
    if len(numbers) != 1:
        return None
    number = numbers[0]
    alike = [one for one in _NUMBER.finditer(previous) if _are_alike(number, one)]
    if len(alike) != 1:
        return None
    return f"{previous[: alike[0].start()]}{number.group()}{previous[alike[0].end() :]}"


def _are_alike(number: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two numbers are written alike, and of what bare ones count nothing is said of the
    first, or the same of both."""
    kinds = [_DIGITS.sub("0", one.group()).lower() for one in (number, other)]
    counted, of_other = (_NEXT_WORD.match(one.string, one.end()) for one in (number, other))
    if kinds[0] != kinds[1] or not counted or not number.group().isdigit():
        return kinds[0] == kinds[1]
    return of_other is not None and singular(counted[1].lower()) == singular(of_other[1].lower())


def _with_one_more(added: str, text: str, places: Sequence[Place], phrases: Phrases) -> str:
    """The sides of a comparison, as they are set against each other, and one more."""
    *_, before, last = places
    joint = text[before.end : last.start]
    said = text[places[0].start : last.end]
    if joint in phrases.conjunctions:
        said = f"{text[places[0].start : before.end]}, {text[last.start : last.end]}"
        return f"{said}{joint}{added}"
    return f"{said}{joint if joint == phrases.versus else phrases.conjunctions[0]}{added}"
