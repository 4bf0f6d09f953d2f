"""Aspects: what a sentence tells about its subject, read off its wording.

One table serves the choice of sentences (a question for numbers wants sentences with numbers) and
the rows of a comparison. A sentence may have several aspects or none. They are looked for when an
index is built (`features.py`).

Here are the words of any subject, be it cooking or the rules of a house. A domain has its own
(`rag/domains`): an aspect with the id of one below takes its place, others are rows behind them.
"""

from __future__ import annotations

import re
from functools import cache

from entrywise.data.words import VERSUS, shape
from entrywise.rag.domains.base import Aspect, Domain
from entrywise.rag.understand.wording import INSTEAD

MECHANISM = Aspect(
    "mechanism",
    "How it works",
    r"\b(by \w+ing|via|using|uses|split\w*|instead of|each|first|then|next|finally|until|steps?|"
    r"appl(y|ies)|replac\w+|stor(e[sd]?|ing)|combin\w+|updat\w+|select\w*|add(s|ing)?)\b",
)
COST = Aspect(
    "cost",
    "Cost",
    # Not "fasten", "prick", "slowly stir", "20 x 30 cm".
    r"\b(costs?|costly|pric(e[ds]?|ey|ing)|fees?|budget\w*|cheap\w*|expensive|fast(er|est)?|"
    r"quick(er|est)?|slow(er|est)?|speeds?|efforts?|time-consuming)\b|\d\s*[x×](?!\s*\d)",
)
QUALITY = Aspect(
    "quality",
    "Quality",
    r"\b(quality|accura\w+|performance|better|worse|best|degrad\w+|outperform\w*|competitive|"
    r"precis\w+|robust\w*|reliab\w+)\b",
)
USE = Aspect(
    "use",
    "Where it is used",
    r"\b(used (in|by|for|as|to)|adopted|powers?|default|standard|popular|common\w*|widely|such as|"
    r"including|supports?|designed for|suited|ideal|for example)\b",
)
# Between the sides of an equation, and what makes a formula of the right one: "x = 4" is a setting,
# "f(x) = x + g(x)" is none. What may be repeated is short, so that hostile text costs no more than
# its length.
_EQUALS = r"[\w)}\]'′|*]\$?\s{0,4}(=|≈|∝|\\approx|\\propto)(?!=)"
_OPERATOR = (
    r"([*·×⊙@√∂Σ∏∑^]|\\(times|cdot|frac|sum|prod|sqrt|odot)|\s[-+−]\s|"
    r"[\w)}\]$]\s?/\s?[\w($\\]|[A-Za-z}]\()"
)
FORMULA = Aspect(
    "formula",
    "Formula",
    rf"{_EQUALS}[^.;,=]{{0,80}}?{_OPERATOR}|"
    # "Loss: $\|x - y\|^2$".
    r":\s{0,4}[(\w|-]{0,4}\$[^.;,=]{0,80}?(\^|\\\||\\frac)",
)
NUMBERS = Aspect("numbers", "Numbers", r"\d")
REASON = Aspect(
    "reason",
    "Why",
    r"\b(because|since(?! \d)|due to|so that|therefore|reduc\w+|enabl\w+|allow\w*|prevent\w*|"
    r"avoid\w*|"
    r"without|benefit\w*|advantage\w*|problem\w*|need\w*|caus\w+|lead(s|ing)? to|means|improv\w+|"
    r"mak(es|ing)|preserv\w+|bottleneck)\b",
)
OCCASION = Aspect(
    "occasion",
    "When to use it",
    r"\b(when|best (for|when)|use(d|ful)? (it|for|when)|suited|ideal|if|recommend\w*|choose|"
    r"prefer\w*|typical\w*|practical\w*|feasible|possible|essential|enabl\w+|need(s|ed)?|"
    r"standard|default|popular)\b",
)
TRADE_OFF = Aspect(
    "trade-off",
    "Limits",
    r"\b(trade-?offs?|but|however|although|though|at the (cost|expense)|limit(s|ed|ations?)?|"
    r"drawbacks?|downsides?|slower|degrad\w+|cannot|requires?|risk\w*)\b",
)
CONTRAST = Aspect(
    "difference",
    "Difference",
    rf"\b(unlike|{INSTEAD}|whereas|while|compared (to|with)|relative to|than|{VERSUS}|"
    r"in contrast|replac\w+|eliminat\w+|without|extends?|builds? on|combin\w+|middle ground|"
    r"between)\b|\d\s*[x×]",
)
ORIGIN = Aspect(
    "origin",
    "Where it comes from",
    r"\b(introduc|propos|invent|develop|creat|built|found|releas|publish|maintain|pioneer)\w*\s+"
    r"(it\s+)?(by|at|in)\b|(^|\b(is|are|was|from|by)\s)"
    r"(?-i:([A-Z][\w-]+\s){0,2}[A-Z])[\w-]+['’]s\b|"
    r"\b(?!It|This|They)(?-i:[A-Z])[\w-]+\s+"
    r"(introduced|proposed|created|developed|released|built|pioneered)\b|"
    r"\b(by|from)\s+(?-i:[A-Z])|"
    r"\bis\s+(an?|the)\s+([\w'’-]+\s+){0,4}(startup|company|lab|laborator(y|ies)|community|"
    r"organi[sz]ation|team|division|institute|researcher|developer|individual)\b",
)

EXAMPLE, REMEDY = "example", "remedy"
"""What a knowledge base may say that a paragraph tells, too; no wording gives it away."""

_ROWS = (MECHANISM, COST, QUALITY, TRADE_OFF, USE, FORMULA)
_OTHERS = (NUMBERS, REASON, OCCASION, CONTRAST, ORIGIN)


@cache
def compared(domain: Domain) -> tuple[Aspect, ...]:
    """The aspects that are the rows of a comparison in a domain."""
    general = {aspect.id for aspect in (*_ROWS, *_OTHERS)}
    more = (aspect for aspect in domain.aspects if aspect.id not in general)
    return (*_in_place(_ROWS, domain), *more)


def is_general(aspect: Aspect) -> bool:
    """Whether an aspect is the general one of this id, not a domain's own in its place."""
    return aspect in _ROWS or aspect in _OTHERS


def all_aspects(domain: Domain) -> tuple[Aspect, ...]:
    """All aspects that a sentence may have in a domain."""
    return (*compared(domain), *_in_place(_OTHERS, domain))


def _in_place(general: tuple[Aspect, ...], domain: Domain) -> tuple[Aspect, ...]:
    """General aspects, or the domain's own in their place."""
    own = {aspect.id: aspect for aspect in domain.aspects}
    return tuple(own.get(aspect.id, aspect) for aspect in general)


# "Memory: …", "2) Load …", "$m = n$": notes rather than sentences.
_NOTE = re.compile(r"\(?\d+\)|[^\s:]+(?: [^\s:]+){0,2}:\s|.*[=$→]")
# By the shape of a word, which has ASCII letters alone.
_PLAIN_WORD = re.compile(r"[A-Za-z][a-z'’-]+[,.;:]?")
# Of the glossary's explanations 97 % of the sentences pass, of its technical notes 20 %; at 0.8,
# 84 % and 14 %.
_PLAIN_SHARE = 0.6
_SHORTEST = 6


def is_prose(text: str) -> bool:
    """Whether a text is a sentence for reading, not a note, a formula or a list of numbers."""
    words = text.split()
    if len(words) < _SHORTEST or _NOTE.match(text):
        return False
    plain = map(_PLAIN_WORD.fullmatch, map(shape, words))
    return sum(map(bool, plain)) >= _PLAIN_SHARE * len(words)
