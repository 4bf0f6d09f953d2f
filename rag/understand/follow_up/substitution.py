"""The previous question, asked of something else: of another thing, another number, another case.

how does GQA work?                 and MLA?            how does MLA work?
how much memory does a 7B need?    and a 70B one?      how much memory does a 70B need?
what should I use for code?        and for math?       what should I use for math
can a cache be quantized?          and for Llama 3?    can a cache be quantized for Llama 3
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.words import singular
from entrywise.rag.understand.follow_up.phrases import Phrases
from entrywise.rag.understand.follow_up.subjects import Place, Subjects
from entrywise.rag.understand.wording import COMPARING, compiled

FEW_WORDS = 4
"""Words of "why?", "how much memory?", "an example": too short to open a new subject."""
END = " ?!."
_CASE = 3
"""Words behind a preposition that are one case: "for creative writing"."""
_NUMBER = re.compile(r"(?<![\w.-])[\w-]{0,20}\d(?:[\w.,-]{0,20}\w)?")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NEXT_WORD = re.compile(r"\s+([^\W\d]+)")


def is_name(text: str) -> bool:
    """Whether a text of few words is written like a name: a capital or digit after its start."""
    return bool(re.search(r"[A-Z0-9]", text[1:])) and len(text.split()) <= FEW_WORDS


def asked_of(added: str, previous: str, names: Subjects, phrases: Phrases) -> str:
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


def narrowed(added: str, previous: str, phrases: Phrases, *, names: bool) -> str | None:
    """The previous question in another case: in the place of the last one that a preposition leads,
    as it does what is added; behind it where that `names` something.

    >>> from entrywise.rag.understand.follow_up.phrases import ENGLISH
    >>> narrowed("for math", "what should I use for code?", ENGLISH, names=False)
    'what should I use for math'
    """
    first = re.match(r"[^\W\d_]+(?=\s)", added)
    if not first or first.group().lower() not in phrases.narrows:
        return None
    said = previous.rstrip(END)
    leads = rf"\b{re.escape(first.group())}(?:\s+[^\s,]+){{1,{_CASE}}}$"
    if found := re.search(leads, said, re.IGNORECASE):
        return f"{said[: found.start()]}{added}"
    return f"{said} {added}" if names else None


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
