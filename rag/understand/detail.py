"""The detail that a question asks for beside what a thing is, and the keywords of a question.

maker, paper   who made it, which paper introduced it
users          who or what uses it, where it is used
limits         its drawbacks, perhaps beside its advantages
remedy         what is done against it
expansion      what it stands for
formula        how it is calculated
summary        what it is as a whole, what it is for, why it matters

>>> detail("which paper introduced GQA"), detail("which models use MLA?"), detail("what is GQA?")
('paper', 'users', None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from entrywise.data.languages import DEFAULT, MARKS, is_unspaced
from entrywise.data.words import VERSUS, cut, is_idle
from entrywise.rag.understand.mention import Mention
from entrywise.rag.understand.wording import (
    ASKING,
    ASKING_IN,
    COMPARE,
    DIFFER,
    FORMS,
    MATTERS,
    ONE_WORD,
    PLAINLY,
    SUMMARY,
    sets_apart,
)

Detail = Literal["maker", "paper", "users", "limits", "remedy", "expansion", "formula", "summary"]

_MADE = (
    r"(?:made|makes?|creat\w+|built|builds|develop\w*|invent\w*|introduc\w+|propos\w+|"
    r"maintain\w*|releas\w+|publish\w*|design\w*|train(?:ed|s)|wrote|found(?:ed)?|came up with)"
)
_USE = r"(?:us(?:es?|ed|ing)|employ(?:s|ed|ing)?|adopt(?:s|ed|ing)?|rel(?:y|ies|ied) on)"
# "What models use" and "does Mistral use": what is used stands behind it.
USE = re.compile(rf"\b{_USE}\b", re.IGNORECASE)
_LIMITS = (
    r"(?:draw-?backs?|dis-?advantages?|down-?sides?|shortcomings?|limitations?|weakness(?:es)?|"
    r"cons)"
)
GAINS = re.compile(r"\b(?:advantages?|benefits?|pros|upsides?|strengths?)\b", re.IGNORECASE)
"""What names advantages, which a question may ask for beside the drawbacks."""
_LESS = (
    r"(?:reduc\w*|avoid\w*|prevent\w*|stop\w*|mitigat\w*|fix\w*|fight\w*|combat\w*|"
    r"get(?:ting)? rid of|decreas\w*|minimi[sz]\w*|lower(?:ing|s)?|lessen\w*|defend\w*|protect\w*)"
)
AGAINST = re.compile(
    rf"\b(?:{_LESS}|about|against)(?: (?!(?:with|in|on|when|for|by|using)\b)[\w-]+){{0,2}}\s*$",
    re.IGNORECASE,
)
"""What stands before the name of what is to be remedied: "avoid overfitting with LoRA" is about
overfitting."""
# Between two words that belong together there are at most 200 characters, so that hostile text
# costs no more than its length.
_DETAILS: tuple[tuple[Detail, re.Pattern[str]], ...] = (
    (
        "paper",
        re.compile(
            r"\b(?:which|what|original|first)(?:'s| is| was)?(?: the)?(?: \w+){0,2} "
            r"(?:paper|publication)s?\b|\bpapers? (?:about|behind|on|for|that)\b|"
            r"\bwho wrote\b.{0,200}\bpapers?\b|"
            rf"\bwhere (?:was|were)\b.{{0,200}}\b{_MADE}\b|"
            r"\bwhere (?:does|did) (?:\S+ ){1,3}come from\b",
            re.IGNORECASE,
        ),
    ),
    (
        "maker",
        re.compile(
            # "somebody who uses Ollama" asks nothing.
            r"(?:^|[,:;.?] |\b(?:and|me|know|out) )who(?:'s|’s| is| are| was| were| has| have)?"
            rf"(?: \w+){{0,2}}? (?:behind|{_MADE})\b|"
            r"\b(?:which|what) (?:company|lab|organi[sz]ation|team|group|researchers?|people)\b"
            rf".{{0,200}}\b(?:{_MADE}|behind)\b|\b{_MADE} by (?:whom|who|which|what)\b|"
            # "paged attention who invented"
            rf"\bwho (?:has )?{_MADE}(?: (?:it|this|that|them))?\W*$|"
            r"\b(?:inventor|creator|author|maker|developer|maintainer)s? of\b",
            re.IGNORECASE,
        ),
    ),
    (
        "users",
        re.compile(
            # The subject stands behind the verb: "what encodings do people use" asks for a list,
            # "what rank should I use for LoRA" for a rank.
            rf"(?:^|[,:;.?] )(?:which|what|who)"
            rf"(?: (?!(?:is|are|was|were|should|to|i|you|we|one)\b)[\w-]+){{0,3}}? {_USE}"
            r" \w|"
            rf"\bwhere (?:is|are|was|were)\b.{{0,200}}\b{_USE}\b(?!\s+\w)|"
            rf"\b{_USE} (?:in|by) (?:which|what|whom)\b|"
            # "Is it open, may I use it at work" asks for no user.
            rf"^(?:do|does|did|is|are) [^.?!;]{{0,200}}(?<!\b[iI] )(?<!\b(?:we|to) )(?<!\byou )"
            rf"\b{_USE} (?!(?:it|this|that|them)\b)\w",
            re.IGNORECASE,
        ),
    ),
    (
        "limits",
        re.compile(
            rf"\b{_LIMITS}\b|"
            r"\bwhat(?:'s|’s| is| are)(?: the)? (?:bad|wrong|catch|problems?|risks?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "remedy",
        re.compile(
            rf"\bhow (?:do|does|can|could|to|should|would)\b.{{0,80}}\b{_LESS}\b|"
            rf"\b(?:ways?|tips?|best practices?) (?:to|for) {_LESS}\b|"
            rf"\bwhat (?:can|could|should) (?:i|we|you|one) do (?:about|against)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "expansion",
        re.compile(
            r"\b(?:stands? for|short for|spel(?:led|t) out|written out|"
            r"(?:full|long) (?:form|name)|(?:acronym|abbreviation|initialism)s?|"
            r"wofür steht|abkürzung)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "formula",
        re.compile(
            r"\b(?:formulas?|equations?|calculat\w+|comput\w+(?!-)|the maths? (?:behind|of|for))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "summary",
        re.compile(
            rf"\b(?:{SUMMARY})(?: (?:of|to|on|for|behind|about|von|des|der|in)\b|\W*$)|"
            rf"\b(?:{MATTERS})(?: for)?\W*$|\bwhy (?:do|would|should) \w+ (?:need|want|care)\b|"
            r"(?:\bnot|n['’]?t|\bto|\bme) (?:really |fully |quite )?(?:understand|grasp|learn)\b|"
            r"\b(?:like|as|to|for) (?:i['’]?m |a |an )*(?:beginner|child|kid|newbie|layman)s?\b|"
            r"\b(?:in (?:practice|general|detail|depth|brief|short)|meant by)\b",
            re.IGNORECASE,
        ),
    ),
)

# What stands around a name where nothing else asks.
_BEHIND: tuple[tuple[Detail, re.Pattern[str]], ...] = (
    (
        "paper",
        re.compile(r"(?:['’]?s)?(?: original)? (?:papers?|publications?|arxiv)\b", re.IGNORECASE),
    ),
    (
        "remedy",
        re.compile(r" (?:fix(?:es)?|mitigations?|prevention|workarounds?)\W*$", re.IGNORECASE),
    ),
)
_WHEN_MADE = (
    re.compile(r"\bwhen (?:was|were) (?:the )?$|\bwhen did $", re.IGNORECASE),
    re.compile(
        r" (?:first )?(?:introduc|propos|publish|releas|invent|come out|appear)", re.IGNORECASE
    ),
)

_ONE_WORD = re.compile(ONE_WORD, re.IGNORECASE)

_WORD = re.compile(
    rf"(?<!\w)(?:(?P<asks>{VERSUS}|{FORMS}|{PLAINLY}|\w+n['’]t)|"
    rf"(?P<compares>{COMPARE}|{DIFFER}))(?!\w)|"
    rf"[\w{MARKS}]+",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?s:.)+")
# Of 1,161 questions in English 0.64 have as many, of 264 in twelve other languages none; of 24 in
# German 20, of those in English one ("who was the man in you're so vain").
_ASKING_SHARE = 0.4
# Compiled, and remembered, by `re` where a question asks for one of these.
_TELLS_ORIGIN = (
    rf"{_MADE}|behind|papers?|arxiv|links?|pdf|publications?|original\w*|first|compan(?:y|ies)|labs?|come|came|up|from|"
    r"organi[sz]ations?|teams?|groups?|researchers?|people|inventors?|creators?|authors?|makers?|"
    r"developers?|maintainers?"
)
_TELLS: dict[Detail, str] = {
    "maker": _TELLS_ORIGIN,
    "paper": _TELLS_ORIGIN,
    "users": _USE,
    "limits": rf"{_LIMITS}|{GAINS.pattern}|bad|wrong|catch|problems?|risks?|main",
    "remedy": rf"{_LESS}|ways?|tips?|best|practices?|about|against|get|getting|rid",
    "expansion": (
        r"stands?|for|short|spel(?:led|t)|written|out|full|long|form|name|letters?|expand|"
        r"(?:acronym|abbreviation|initialism)s?|wofür|steht|abkürzung"
    ),
    "formula": r"formulas?|equations?|maths?|behind",
    "summary": (
        rf"{SUMMARY}|{MATTERS}|need|care|really|fully|quite|understand|grasp|learn|like|brief|"
        r"short|quick|behind|beginners?|child|kids?|newbies?|laymans?|practice|general|detail|depth|meant"
    ),
}


def detail(text: str, names: Iterable[Mention] = ()) -> Detail | None:
    """The detail that a question asks for, or None: "which paper introduced GQA" asks for a
    paper, and so do "GQA paper" and "when was GQA published"; "what is a formula" asks for none.

    Args:
        names: those in the question.
    """
    if _ONE_WORD.match(text):
        return None
    for kind, pattern in _DETAILS:
        if pattern.search(text):
            return kind
    return next(filter(None, (_around(name, text) for name in names)), None)


def _around(name: Mention, text: str) -> Detail | None:
    """The detail of a name that is asked for by what stands around it."""
    before, behind = _WHEN_MADE
    if before.search(text[: name.start]) and behind.match(text, name.end):
        return "paper"
    return next((kind for kind, its in _BEHIND if its.match(text, name.end)), None)


def keywords(text: str, asked: Detail | None, language: str = DEFAULT) -> Iterator[re.Match[str]]:
    """The keywords of a question: the words, in order and with their places, that say what it is
    about.

    "which paper introduced GQA" has one, "GQA": a question for a detail asks with more words than
    others, and words that only ask are no keywords.

    Args:
        asked: its `detail`.
        language: that of the knowledge base, without its region.
    """
    of_language = ASKING_IN.get(language, frozenset[str]())
    for word in _words(text):
        lower = word.group().lower()
        own = word.groupdict()
        # One thing alone is not compared: "how do I ignore differences".
        asks = own.get("asks") or (own.get("compares") and sets_apart(text))
        asks = asks or lower in ASKING or lower in of_language
        # Of ASCII `ASKING` has all of them.
        asks = asks or (not lower.isascii() and is_idle(lower))
        if not (asks or (asked and re.fullmatch(_TELLS[asked], lower))):
            yield word


def topic(text: str, language: str = DEFAULT) -> str:
    """What a question is about, in its own words: from its first keyword to its last; empty where
    it has none.

    >>> topic("what is a covered boat?"), topic("Was ist Gleitzeit?", "de"), topic("what is it?")
    ('covered boat', 'Gleitzeit', '')
    """
    words = [*keywords(text, None, language)]
    return text[words[0].start() : words[-1].end()] if words else ""


def asks_in(language: str, text: str) -> bool:
    """Whether a question is sure to be in a language (a tag without its region), by the share of
    its words that only ask; of others than English and German nothing is sure.

    >>> asks_in("en", "what is the capital of Peru?"), asks_in("en", "qual é a capital do Peru?")
    (True, False)
    """
    asking = ASKING if language == DEFAULT else ASKING_IN.get(language, frozenset[str]())
    words = [word.group().lower() for word in _words(text)]
    return sum(word in asking for word in words) >= _ASKING_SHARE * len(words)


def asked_in_another(language: str, text: str) -> str | None:
    """The language that a question is sure to be in, where it is another one.

    >>> asked_in_another("en", "wie stelle ich ein Backup wieder her")
    'de'
    """
    others = () if asks_in(language, text) else (DEFAULT, *ASKING_IN)
    return next((one for one in others if one != language and asks_in(one, text)), None)


def _words(text: str) -> Iterator[re.Match[str]]:
    if text.isascii() or not is_unspaced(text):
        yield from _WORD.finditer(text)
        return
    for word in _WORD.finditer(text):
        for start, end in cut(word):
            # Where words are not written apart, two letters are one.
            yield word if (start, end) == word.span() else _found(text, start, end)


def _found(text: str, start: int, end: int) -> re.Match[str]:
    found = _LETTERS.match(text, start, end)
    assert found
    return found
