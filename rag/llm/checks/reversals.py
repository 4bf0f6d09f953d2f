"""Whether a claim turns round what its quotes say: by an opposite, a negation or an absolute.

Each clause of the claim is held against the clauses of the quotes that it has most in common with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import product

from entrywise.rag.llm.checks.clauses import Clause
from entrywise.rag.llm.checks.numbers import numbers
from entrywise.rag.llm.checks.units import EVERYDAY, Units
from entrywise.rag.llm.checks.words import Word, alike, stem, words

_LETTERS = re.compile(r"[^\W\d_]+")


def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, _LETTERS.findall(text)))


# What texts compare by: each word on the left is the opposite of each on the right. They are so in
# plain English, whatever is spoken of: there are sparse and dense forests, lossy and lossless
# pictures, frozen and unfrozen budgets. So none of them is a domain's, and there is no place for
# such words in one.
_OPPOSITES = tuple(
    (_stems(one), _stems(other))
    for one, other in (
        (
            "more higher high larger large bigger greater increase rise raise grow boost enlarge "
            "expand inflate exceed above over",
            "less lower low fewer smaller small decrease fall reduce shrink cut drop deflate "
            "below under minimal",
        ),
        ("longer long lengthen", "shorter short shorten"),
        ("faster quicker fast quick accelerate rapid speed", "slower slow slowdown"),
        ("before prior earlier early precede preceding", "after later late follow subsequent"),
        ("better superior improve best mitigate", "worse inferior degrade worst hurt harm"),
        ("cheap cheaper inexpensive", "expensive costly"),
        ("easy easier simple simpler simplify", "hard harder difficult complicate complex"),
        ("static", "dynamic"),
        ("sparse", "dense"),
        ("symmetric", "asymmetric"),
        ("lossless", "lossy"),
        ("same identical equal", "different unequal"),
        ("open public", "closed private proprietary"),
        ("forward", "backward"),
        ("encode encoder encoding", "decode decoder decoding"),
        ("minimum minimize min", "maximum maximize max"),
        ("most", "few least"),
        ("parallel simultaneously", "sequential sequentially serial"),
        ("allow permit enable", "prohibit forbid disable block"),
        ("positive", "negative"),
        ("online", "offline"),
        ("input", "output"),
        ("stable stability", "unstable instability"),
        ("strong stronger", "weak weaker"),
        ("local", "global"),
        ("freeze frozen", "unfreeze unfrozen"),
        ("accept", "reject"),
        ("sharpen", "flatten"),
        ("widen wide wider", "narrow narrower"),
        ("linear linearly", "quadratic quadratically exponential exponentially"),
        ("common frequent", "rare rarely seldom uncommon"),
        ("include", "exclude"),
        ("automatic automatically", "manual manually"),
        ("inside within", "outside"),
        ("necessary required", "unnecessary optional needless"),
        ("gain", "lose loss"),
        ("share", "own private separate"),
    )
)
_PREFIXES = ("non", "un")
# "Unlike" is no negated "like": shorter words have it by chance.
_LONG = 5
_SIDES = (*_OPPOSITES, *((other, one) for one, other in _OPPOSITES))
_ABSOLUTES = (
    re.compile(
        r"(?<!\bnot )\b(?:all|always|every|must|guarantee[sd]?|invariably)\b", re.IGNORECASE
    ),
    re.compile(r"\bnever\b", re.IGNORECASE),
)
_HEDGE = re.compile(
    r"\b(?:often|typically|usually|may|might|some|many|generally|sometimes|almost|nearly|commonly|"
    r"mostly|largely|primarily|mainly|alternates?)\b",
    re.IGNORECASE,
)
_UNLIMITED = re.compile(r"\b(?:any|regardless of|whether or not)\b", re.IGNORECASE)
_LIMIT = re.compile(
    rf"{_HEDGE.pattern}|\b(?:only|limit(?:s|ed|ation)?|fails?|at least|above|below|if|when)\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"(?<!\bnot )\b(?:only|solely|exclusively)\b(?!-)", re.IGNORECASE)
_RESTRICTS = re.compile(
    r"\b(?:only|just|solely|sole|exclusive(?:ly)?|alone|merely|purely|entirely|single|unique|once|"
    r"except|nothing|restrict\w*|limit\w*|instead of|rather than|without|not|no|one)\b",
    re.IGNORECASE,
)
# "Only 34 %", "only a few hours", "only faster" say how much it is, and nothing of others.
_AMOUNT = re.compile(r"\s(?:an?|few|some|slight\w*|small|minimal|\w+er|more|less)\b", re.IGNORECASE)
# "Only about 34 %": an amount follows within so many words, and within so many signs.
_DIRECTLY, _NEAR = 2, 40
# Clauses that have so many things in common speak of the same.
_SAME = 2


def compares_alike(word: str, text: str) -> bool:
    """Whether a text has another word for a stem that compares: "shrink" for "reduc"."""
    return any(word in one and not one.isdisjoint(_stems(text)) for one, _ in _SIDES)


def reversal(claim: Sequence[Clause], quotes: Sequence[Clause]) -> str | None:
    """What in a claim turns round what its quotes say; None if nothing does."""
    affirmed = frozenset(thing for quote in quotes for thing in {*quote.things} - quote.denied)
    absent = frozenset(thing for quote in quotes for thing in quote.absent) - affirmed
    for clause in claim:
        found = (
            _opposite(clause, quotes)
            or _prefixed(clause, quotes)
            or _negation(clause, quotes, affirmed)
            or _absent(clause, absent)
        )
        if found:
            return found
    return _absolute(claim, quotes)


def _opposite(clause: Clause, quotes: Sequence[Clause]) -> str | None:
    """A word of a clause that has only opposites in those clauses of the quotes that compare in the
    same way, and are nearest to it."""
    for mine, theirs in _SIDES:
        if clause.stems & mine:
            either = mine | theirs
            about = frozenset(clause.things) - either
            comparing = [quote for quote in quotes if quote.stems & either]
            if not about:
                # "…, which is slower": held against "…, which is faster".
                comparing = [quote for quote in comparing if either.issuperset(quote.things)]
            nearest, shared = _nearest(about, comparing)
            if bool(shared) == bool(about) and _opposed(clause, nearest, mine, theirs):
                return min(clause.stems & mine)
    return None


def _prefixed(clause: Clause, quotes: Sequence[Clause]) -> str | None:
    """A word of a clause that the quotes have only with a negating prefix, or only without one."""
    for word, prefix in product(clause.stems, _PREFIXES):
        bare = word.removeprefix(prefix)
        if len(bare) >= _LONG:
            mine, theirs = {word}, {bare if bare != word else prefix + word}
            if _opposed(clause, [q for q in quotes if q.stems & (mine | theirs)], mine, theirs):
                return word
    return None


def _opposed(clause: Clause, quotes: Sequence[Clause], mine: Set[str], theirs: Set[str]) -> bool:
    """Whether all of some clauses have other words than this one, which is negated like them."""
    return bool(quotes) and all(
        not quote.stems & mine
        and quote.stems & theirs - clause.stems
        and quote.negative == clause.negative
        for quote in quotes
    )


def _negation(clause: Clause, quotes: Sequence[Clause], affirmed: frozenset[str]) -> str | None:
    """A clause that denies what those of the quotes that are nearest to it affirm, or the other way
    round; what the quotes affirm elsewhere they do not deny."""
    about = frozenset(clause.things)
    nearest, shared = _nearest(about, quotes)
    if shared < min(_SAME, len(about)):
        return None
    return None if any(_agree(clause, quote, affirmed) for quote in nearest) else clause.text


def _agree(claim: Clause, quote: Clause, affirmed: frozenset[str]) -> bool:
    """Whether two clauses deny the same, or neither denies what the other one affirms."""
    if claim.contrasts or quote.contrasts or claim.denied & quote.denied:
        return True
    gone = quote.denied if claim.needs or quote.replaced else quote.negated
    return claim.negated.isdisjoint(quote.things) and (gone - affirmed).isdisjoint(claim.things)


def _absent(clause: Clause, absent: frozenset[str]) -> str | None:
    """A thing that a clause has, and of which the quotes only say that there is none."""
    if clause.contrasts or clause.denied:
        return None
    return next((thing for thing in clause.things if thing in absent), None)


def _nearest(about: frozenset[str], quotes: Sequence[Clause]) -> tuple[list[Clause], int]:
    """The clauses that have the most things of some in common, and how many these are."""
    shared = [len(about.intersection(quote.things)) for quote in quotes]
    most = max(shared, default=0)
    return [quote for quote, count in zip(quotes, shared, strict=True) if count == most], most


def _absolute(claim: Sequence[Clause], quotes: Sequence[Clause]) -> str | None:
    """ "Always", where the quotes say "often"; "any", where they say "only those that"."""
    said, given = (" ".join(clause.text for clause in text) for text in (claim, quotes))
    for absolute in _ABSOLUTES:
        if (found := absolute.search(said)) and not absolute.search(given):
            return found[0] if _HEDGE.search(given) else None
    if _LIMIT.search(given) and not _UNLIMITED.search(given):
        affirmed = (clause for clause in claim if not clause.negative)
        found = next(filter(None, (_UNLIMITED.search(clause.text) for clause in affirmed)), None)
        return found[0] if found else None
    return None


def alone(said: str, quotes: Sequence[str], units: Units = EVERYDAY) -> str | None:
    """ "Only", where no quote restricts what the claim does; None if there is none."""
    for match in _ONLY.finditer(said):
        behind = said[match.end() :]
        near = next(iter(numbers(behind[:_NEAR], units)), None)
        if _AMOUNT.match(behind) or (near and len(behind[: near.start].split()) <= _DIRECTLY):
            continue
        about = next((word for word in words(behind) if word.tells), None)
        if about and units.named(about.text):
            continue
        if not any(_restricts(quote, about) for quote in quotes):
            return match[0].lower()
    return None


def _restricts(text: str, about: Word | None) -> bool:
    """Whether a sentence of a quote restricts a thing."""
    for sentence in re.split(r"[.!?;](?!\w)", text):
        here = {word.stem for word in words(sentence)}
        is_here = about is None or any(about.stem == one or alike(about.stem, one) for one in here)
        if is_here and _RESTRICTS.search(sentence):
            return True
    return False
