"""Whether a compound name is what a question asks about, or a subject beside others.

    asked    "what does Foo-7B-it mean?", "Foo-7B-it", "what is the 7B in Foo-7B-it?",
             "Got Foo-7B-it from a colleague. Please decipher."
    beside   "does Foo-7B-it use GQA?", "how do I run Foo-7B-it?"

It is asked about where nothing else tells what the question is about, or where one of its clauses
says so by its wording.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from entrywise.data.words import singular
from entrywise.rag.domains.base import CompoundName, Domain
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.intent import worded_intents

# What is read apart, into what, and what that says. `re` compiles these, and remembers them, where
# a name stands in a question; each word of a question is matched alone.
_READ = (
    r"deciph\w+|decod\w+|dissect\w*|pars(?:e|ing)|translat\w+|interpret\w*|break(?:ing)?|broken|"
    r"breakdown|apart|eli5|spell(?:ed|ing)?"
)
_PIECES = (
    r"parts?|pieces?|components?|segments?|suffix(?:es)?|prefix(?:es)?|endings?|letters?|digits?|"
    r"abbreviations?"
)
_SAYS = (
    r"stands?|standing|says?|saying|tells?|telling|calls?|called|refers?|signif(?:y|ies)|denotes?"
)
_READING = (
    rf"(?i)(?:{_READ}|{_PIECES}|{_SAYS}|read|reading|(?:file)?names?|named|numbers?|words?|end)"
)
# Words that say nothing beside them.
_BESIDE = (
    r"(?i)(?:exactly|actually|just|all|any|each|every(?:thing)?|whole|thing|last|first|second|one|"
    r"two|kind|type|sort|inside|up|out|here|so|ok|okay|am|look(?:ing)?|at|get|got|tak(?:e|en|ing)|"
    r"down|behind|someone|somebody|anyone|anybody|newcomer|beginner|noob|like|know|knows|see|saw|"
    r"wonder(?:ing)?|curious|understand|trying|heck|hell|hi|hey|hello|thanks?|huh|hm+|pls|plz)"
)

_CLAUSE = r"[.?!;:,\n]+(?=\s|$)|\s[-–—=]*[>–—-]\s|\s(?=(?:and|but|or) wh)|\(|\)"
_ASKS_WHAT = rf"(?i)\b(?:what|which|who|what[’']?s|explain|describe|define|mean\w*|{_READ})\b"
_ASKS_WHICH = r"(?i)\b(?:what|which)(?: (?:kind|type|sort) of)? $"
_ABOUT_THIS = (
    r"(?i)\s*(?:and |so )?what(?:['’]?s| is| are| was| do| does)?(?: \w+ly)?(?: is| are)?"
    r"(?: all)?(?: it| this| that| these| those)(?: all)?(?: mean| stand for)?\W*"
)
# "what did I just download?"
_WHAT_I_HAVE = r"(?i)\bwhat(?: \w+ly)? (?:am|did|have) i\b"
# "which quant of … should I take?": no name tells what to do.
_WANTS_ADVICE = r"(?i)\b(?:should|shall|can|could|would|may|might) (?:i|we)\b"
_OF_THE_NAME = "(?i)" + "|".join(
    (
        # "what every part of the name says", "the last two words of its name tell"
        rf"\b(?:{_PIECES}|words?|numbers?)\b(?: \w+){{0,4}} (?:of|in|behind) "
        r"(?:\w+ ){0,2}names?\b",
        # "what does each of the five parts mean", "what are the last two parts?"
        rf"\bwhat (?:do|does|are|is)\b(?: \w+){{0,6}} (?:{_PIECES})\b"
        r"(?=\W*$|[?.!,]| mean| stand| say| tell)",
        r"\bmeans?\b(?: \w+){0,2} in (?:\w+ ){1,2}names?\b",
        r"\bletters and (?:numbers|digits)\b|\bsuffix(?:es)?\b|\babbreviations?\b|\bnaming\b",
        # "the name of the tokenizer" is another one.
        r"\b(?:the|this|that|its|whole|file) ?names?\b(?! (?:of|for)\b)",
    )
)
# "why is there an -hf at the end of …"
_AT_ITS_END = r"(?i)\b(?:end|beginning|start|middle) of\W*$"
_MAKER = r"(\w+)['’]s\s+\W?$"
_LONGEST_LEAD = 40
_DOES_NOT_SAY = ("how", "why", "when", "numeric", "list")
"""Intents of questions that a name alone does not answer: "how do I use Foo-7B?"."""


def asks_about(
    names: Sequence[CompoundName], asked: re.Pattern[str], text: str, domain: Domain
) -> bool:
    """Whether a question is about what its compound names say.

    Args:
        asked: finds the parts of the names to the letter.
    """
    leads = (text[max(0, name.start - _LONGEST_LEAD) : name.start] for name in names)
    if re.search(_OF_THE_NAME, text) or any(re.search(_AT_ITS_END, lead) for lead in leads):
        return True
    words = _Words(names, asked, text, domain)
    if not words.are_silent(0, len(text)):
        return any(words.ask(start, end) for start, end in words.clauses())
    if words.read(0, len(text)):
        return True
    return worded_intents(text, domain)[0] not in _DOES_NOT_SAY and not re.search(
        _WANTS_ADVICE, text
    )


class _Words:
    """What the words of a question say beside its names."""

    def __init__(
        self, names: Sequence[CompoundName], parts: re.Pattern[str], text: str, domain: Domain
    ) -> None:
        self._text = text
        named = {place for name in names for place in range(name.start, name.end)}
        outside = {place for part in parts.finditer(text) for place in range(*part.span())}
        self._parts = outside - named
        self._places = named | outside
        """The positions of the characters of names and of their parts outside them."""
        self._letters = "\n".join(name.text for name in names)
        self._called = _called(names, domain)
        self._calling = domain.wordings.get("decode", "(?!)")
        self._makers = set(_makers(names, text))
        words = [w for w in keywords(text, None) if w.start() not in self._places]
        self._reading = [word.start() for word in words if self._reads(word)]
        """Where the words begin that ask to take a name apart, or for a part of one."""
        self._told = [
            word.start() for word in words if not (self._reads(word) or self._is_idle(word.group()))
        ]

    def _reads(self, word: re.Match[str]) -> bool:
        """Whether a word asks to take a name apart, or for a part: "which size is Foo-7B"."""
        lead = self._text[max(0, word.start() - _LONGEST_LEAD) : word.start()]
        return re.fullmatch(_READING, word.group()) is not None or (
            self._is_called(word.group()) and re.search(_ASKS_WHICH, lead) is not None
        )

    def _is_called(self, word: str) -> bool:
        return singular(word.lower()) in self._called

    def _is_idle(self, word: str) -> bool:
        """Whether a word says nothing more where a name is asked for."""
        return (
            self._is_called(word)
            or word in self._makers
            # "the K_M in …-Q4_K_M"
            or (word in self._letters and not word.islower())
            or re.fullmatch(_BESIDE, word) is not None
            or re.fullmatch(self._calling, word, re.IGNORECASE) is not None
        )

    def are_silent(self, start: int, end: int) -> bool:
        """Whether between two places none says more than that a name is asked for."""
        return not _any_between(self._told, start, end)

    def read(self, start: int, end: int) -> bool:
        """Whether between two places one asks to take a name apart, or for a part of one."""
        return _any_between(self._reading, start, end)

    def ask(self, start: int, end: int) -> bool:
        """Whether a clause asks by itself what a name says: "what do 7B and it mean"."""
        clause = self._text[start:end]
        if not self.are_silent(start, end):
            return False
        if not re.search(_ASKS_WHAT, clause):
            # "…-7B-it. 7B?"
            written = {place for place in range(start, end) if not self._text[place].isspace()}
            return bool(written) and written <= self._parts
        if re.fullmatch(_ABOUT_THIS, clause) or re.search(_WHAT_I_HAVE, clause):
            return True
        if self.read(start, end):
            return True
        names = not self._places.isdisjoint(range(start, end))
        return names and not re.search(_WANTS_ADVICE, clause)

    def clauses(self) -> Iterator[tuple[int, int]]:
        """The clauses of the question (characters, end exclusive); no name is cut."""
        start = 0
        for cut in re.finditer(_CLAUSE, self._text):
            if cut.start() not in self._places:
                yield start, cut.start()
                start = cut.end()
        yield start, len(self._text)


def _any_between(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of some places, in order, lies between two."""
    first = bisect_left(places, start)
    return first < len(places) and places[first] < end


def _makers(names: Sequence[CompoundName], text: str) -> Iterator[str]:
    """Whose the names are: "Foo's Foo-7B-it"."""
    for name in names:
        lead = text[max(0, name.start - _LONGEST_LEAD) : name.start]
        if match := re.search(_MAKER, lead):
            yield match[1]


def _called(names: Sequence[CompoundName], domain: Domain) -> set[str]:
    """What the subject calls such names and the kinds of their parts: "what size is Foo-7B"."""
    decoder = domain.decoder
    if decoder is None:
        return set()
    labels = {decoder.label(part.kind) for name in names for part in name.parts}
    return {singular(word.lower()) for label in (decoder.noun, *labels) for word in label.split()}
