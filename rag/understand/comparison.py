"""Comparisons: the sides of what a question compares, told by the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from entrywise.data.languages import DEFAULT
from entrywise.data.words import VERSUS
from entrywise.rag.understand.mention import Mention
from entrywise.rag.understand.wording import COMPARE, COMPARING, DIFFER, JOINTS, compiled

_AND = re.compile(r",|/|&|\b(?:and|und)\b|^\s*to\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|mit)\b", re.IGNORECASE)
_AND_SO_ON = rf"(?i)(?<!\w)(?:{VERSUS}|and|or|with|to|from|than)(?!\w)|&"
_AND_SO_ON_IN = {"de": r"|(?<!\w)(?:und|oder|mit|von|zu|als|gegenüber)(?!\w)"}
_SENTENCE_END = re.compile(r"[.?!;:]\s")

# "GQA or MLA, and which takes less"; "LoRA, which is older, and QLoRA" goes on.
_CHOOSES = (
    r"(?i)(?:,|;|\b(?:and|but|so|und|aber))\s*(?:(?:and|but|so|und|aber|for|in)\s+)?"
    r"(?:which|welche\w?)\b(?!.*(?:,|\b(?:and|or|und|oder)\b))"
)

NEARBY = 100
"""The characters before a name that hold the preposition or the verb in front of it."""

# "LoRA, which is older, and QLoRA" is a list; with more words between, "and" joins clauses.
_WORDS_BESIDE_AND = 5
# "GQA, BERT", "GQA instead of a BERT": with more words between, the one is no side of the other.
_WORDS_BETWEEN_SIDES = 4
_CONTEXT = re.compile(
    r"\b(?:for|in|on|with|under|when|at|inside|during|while|using|within|given)\s+"
    r"(?:(?!(?:between|is|are|was|do|does|did|can|should|would|will)\b)[\w.-]+\s+){0,3}$",
    re.IGNORECASE,
)
# "Does GQA take less VRAM than MHA?", "more of the KV cache than", "weniger VRAM als"
_MEASURED = (
    r"(?i)\b(?:less|more|fewer|lower|higher|smaller|larger|bigger|better|worse|shorter|longer|"
    r"weniger|mehr|kleinere\w?|größere\w?|bessere\w?|höhere\w?|niedrigere\w?)\s+(?:of\s+)?(?:the\s+)?$"
)
_THAN = r"(?i)[-\w]*(?:\s+\w+)?\s+(?:than|als)\b"
# What few questions need is compiled, and remembered, where it is first needed.
# "Which does Llama 3 use, MHA or GQA?": what is chosen from stands behind the comma.
_CHOICE = re.compile(
    r"\s*(?:(?:and|so|but|und)\s+)?(?:which|welche[rs]?)\b(?!\s+(?:of|von)\b)[^,?]{0,200},"
    r"(?!\s*(?:and|but|so|und|aber)\b)(?=[^?]{0,200}\b(?:or|oder)\b)",
    re.IGNORECASE,
)
# "compare GQA with MLA"; not "compare LoRA and QLoRA with 4 bit".
_COMPARE_THIS = rf"(?i)(?<!\w)(?:{COMPARE})\s+(?:(?!(?:and|or|{VERSUS})(?!\w))\S+\s+){{0,3}}$"
# A noun or a verb behind a name makes a phrase of it, of which it is no more than a part.
_PHRASE_GOES_ON = (
    rf"(?i)['’-]?\w|\s(?!(?:{VERSUS}|{COMPARE}|{DIFFER}|and|or|than|over|against|"
    r"instead|rather|opposed|better|worse|more|less|for|in|on|with|when|while|is|are|was|do|does|to|from|at|under|"
    r"by|as|if|but|which|that)(?!\w))\w"
)


def comparable(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that can be sides of a comparison, in order.

    Nothing doubtful can. A name that a text only mentions, as texts do "LLM", can where it is
    linked to another one: "BERT" in "GQA or BERT", not in "GQA for BERT" or "GQA or a BERT model".
    """
    whole = [
        one
        for one in mentions
        if not one.is_doubtful
        and not (one.source == "mentioned" and re.compile(_PHRASE_GOES_ON).match(text, one.end))
    ]
    return [
        one
        for chain in chains(whole, text, _WORDS_BETWEEN_SIDES)
        for one in chain
        if any(other.source != "mentioned" for other in chain)
    ]


def chains(named: Sequence[Mention], text: str, most: int | None = None) -> list[list[Mention]]:
    """Names in order, in runs of those that "vs", "or", "than", "and" and the like link.

    Args:
        most: the words that may stand between two of a run; None for any number beside "vs".
    """
    sides = [name for name in named if not _is_measure(name, text)]
    found: list[list[Mention]] = [[name] for name in sides[:1]]
    for before, name in pairwise(sides):
        words = len(text[before.end : name.start].split())
        if (most is None or words <= most) and _are_linked(before, name, text):
            found[-1].append(name)
        else:
            found.append([name])
    return found


def _is_measure(name: Mention, text: str) -> bool:
    """Whether others are compared by it: "VRAM" in "less VRAM than"."""
    before = text[max(0, name.start - NEARBY) : name.start]
    is_more = re.search(_MEASURED, before) is not None
    return is_more and re.compile(_THAN).match(text, name.end) is not None


def _are_linked(before: Mention, name: Mention, text: str) -> bool:
    between = text[before.end : name.start]
    if _SENTENCE_END.search(between) and _SENTENCE_END.search(compiled(VERSUS).sub("", between)):
        return False
    choice = asked_choice(text)
    if choice and before.end <= choice.end() <= name.start:
        return False
    if versus(before, name, text) is not None:
        return True
    return _AND.search(between) is not None and len(between.split()) <= _WORDS_BESIDE_AND


def asked_choice(text: str) -> re.Match[str] | None:
    """The part of a question before the things to choose from: "Which is faster," of "Which is
    faster, GQA or MLA?"; None of a question that lets one choose from nothing."""
    return _CHOICE.match(text)


def versus(before: Mention, name: Mention, text: str) -> int | None:
    """Where the last comparing word between two names ends."""
    found = list(compiled(JOINTS).finditer(text, before.end, name.start))
    if not found and re.search(_COMPARE_THIS, text[max(0, before.start - NEARBY) : before.start]):
        found = list(_WITH.finditer(text, before.end, name.start))
    return found[-1].end() if found else None


def is_context(before: Mention | None, side: Mention, text: str) -> bool:
    """Whether a name stands after a preposition that no comparing word follows."""
    start = 0 if before is None else versus(before, side, text) or before.end
    return _CONTEXT.search(text[max(start, side.start - NEARBY) : side.start]) is not None


def is_chosen_by(before: Mention, name: Mention, text: str) -> bool:
    """Whether a name tells what one chooses by, of what stands before it: "GQA or MLA, which needs
    less KV cache"."""
    return re.search(_CHOOSES, text[before.end : name.start]) is not None


def compared_words(
    text: str, keywords: Sequence[re.Match[str]], language: str = DEFAULT
) -> tuple[list[str], ...]:
    """The keywords of each of the two things that a question compares, whether these have names or
    not; nothing where it compares none.

    >>> text = "what is the difference between guest parking and charging?"
    >>> compared_words(text, list(re.finditer("guest|parking|charging", text)))
    (['guest', 'parking'], ['charging'])

    Args:
        keywords: those of the question.
        language: that of the knowledge base, without its region.
    """
    if not compiled(COMPARING).search(text):
        return ()
    for joint in re.finditer(_AND_SO_ON + _AND_SO_ON_IN.get(language, ""), text):
        one = [word.group().lower() for word in keywords if word.end() <= joint.start()]
        other = [word.group().lower() for word in keywords if word.start() >= joint.end()]
        if one and other:
            return one, other
    return ()
