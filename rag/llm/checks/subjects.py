"""Subjects of a claim: what it says of both, all or neither, its quotes say of every one.

"Both approaches save 90 percent" is taken apart: each of the subjects needs a quote of its own that
has the number and most of the words, and turns nothing round. "All heads", where the quotes have
heads, is about what they speak of, and is left to the other rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from entrywise.rag.llm.checks.amounts import unsupported_number
from entrywise.rag.llm.checks.clauses import clauses
from entrywise.rag.llm.checks.numbers import numbers
from entrywise.rag.llm.checks.reversals import alone, compares_alike, reversal
from entrywise.rag.llm.checks.units import EVERYDAY, Units
from entrywise.rag.llm.checks.vocabulary import Names, Vocabulary
from entrywise.rag.llm.checks.words import Word, words

# More than this share of what is said of all has to be said of each, as of a claim as a whole.
_COVERED = 0.5
_PART = re.compile(
    r"[;:]|,?\s\b(?:but|while|whereas|although|though|because|since|so)\b|"
    r",\s(?=(?:which|where|and (?:both|neither|either|all|each|every))\b)",
    re.IGNORECASE,
)
_QUANTIFIER = re.compile(
    r"(?<![-\w])(?:(?P<two>both|neither|either)|(?P<many>all|each|every))(?![-\w])", re.IGNORECASE
)
# "Each other" and "at all" speak of nobody, "not all" and "almost all" not of every one.
_IDLE_BEFORE = re.compile(r"\b(?:at|after|above|not|nearly|almost|virtually)\s\Z", re.IGNORECASE)
_IDLE_BEHIND = re.compile(r"\s(?:other|but|the (?:more|same|way))\b", re.IGNORECASE)
_THESE = re.compile(
    r"\s(?:(?:one\s)?of\s)?(?:(?:the|these|those|them|two|three|four|five)\b\s?)+", re.IGNORECASE
)
# "They" are all that were asked about, unless it is the quotes' own word.
_THEY_OPEN = re.compile(
    r"\A(?:\w+,\s)?(?:they|these)\b(?! (?:all|both|each|neither|either)\b)", re.IGNORECASE
)
_LISTED = re.compile(r"\band\s[^\W_]\S*(?:\s\S+){0,3}\s\Z", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|these|those|which|that|who|them|the two)\s\Z", re.IGNORECASE)
_JOINED = {"both": "and", "either": "or", "neither": "nor"}
_ALL = re.compile(r"\b(?:all|each|every)\b", re.IGNORECASE)
_TWO = re.compile(r"\b(?:both|each|either|two)\b", re.IGNORECASE)
_NONE = re.compile(r"\b(?:neither|no|without)\b", re.IGNORECASE)
_ALIKE = {
    **dict.fromkeys(("all", "each", "every"), _ALL),
    **dict.fromkeys(("both", "either"), _TWO),
    "neither": _NONE,
}
_AMONG = re.compile(
    r"\b(?:both|each|every|all|any|per|either|two|several|multiple|many|\d+)\s(?:\S+\s){0,2}\Z",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b((?:all|the|these|those|of)\s)(two|three|four|five)\b", re.IGNORECASE)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
# "Over 90 percent" is no opposite of a reduction.
_BOUND = re.compile(r"\b(?:over|above|under|below)\s(?=\d)", re.IGNORECASE)
_LONGEST_SIDE = 6
_NEAR = 40
_FEW = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A readable quote, and the ordinal of its entry."""

    entry: int
    text: str


def overstatement(
    said: str,
    quotes: Sequence[Told],
    names: Names,
    *,
    subjects: Sequence[int] = (),
    units: Units = EVERYDAY,
) -> str | None:
    """The word by which a claim says of all what its quotes do not say of each, or only of one what
    they do not say of it alone; None if there is none.

    Args:
        subjects: the entries that were asked about, by ordinal; where there are less than two, what
            is meant by "both" are those that are quoted.
    """
    texts = [quote.text for quote in quotes]
    found = next(_overstated(said, quotes, names, subjects, units), None)
    return found or alone(said, texts, units)


def unquoted_subject(said: str, quotes: Sequence[Told], names: Names) -> int | None:
    """An entry that a clause opens with, and that the quotes do not say this of: most words of the
    clause are not in those of the entry, or there are none. Where such a clause names what others
    are of, they may say it: "Llama uses GQA"."""
    entries = {quote.entry for quote in quotes}
    opened = {quote: {entry for entry, *_ in names.first(quote.text)} for quote in quotes}
    for entry, start, end in names.first(said):
        clause = said[start:end]
        own = [q.text for q in quotes if q.entry == entry or entry in opened[q]]
        others = entries - {entry}
        if not others or not others.isdisjoint(names.entries(clause)):
            continue
        if not own or _lacks(names.without(clause, [entry]), " . ".join(own), entry, names):
            return entry
    return None


def without_count(said: str, subjects: Sequence[int], quotes: Sequence[Told]) -> str:
    """A claim with "all" for "all three" where it has three subjects, or its quotes have."""
    many = {len(subjects), len({quote.entry for quote in quotes})}
    return _HOW_MANY.sub(
        lambda match: match[1] if _COUNTS.get(match[2].lower()) in many else match[0], said
    )


def _overstated(
    said: str, quotes: Sequence[Told], names: Names, subjects: Sequence[int], units: Units
) -> Iterator[str]:
    asked = subjects if len(subjects) >= _FEW else tuple(dict.fromkeys(q.entry for q in quotes))
    if len(subjects) >= _FEW and not any(_THEY_OPEN.match(quote.text) for quote in quotes):
        said = _THEY_OPEN.sub(r"\g<0> all", said)
    for part in filter(None, _PART.split(said)):
        for match in _QUANTIFIER.finditer(part):
            before, behind = part[: match.start()], part[match.end() :]
            if _IDLE_BEFORE.search(before) or _IDLE_BEHIND.match(behind):
                continue
            word = match[0].lower()
            if _is_quoted(word, behind, quotes):
                continue
            sides = _sides(word, before, behind, names)
            if sides and any(one.tells for one in words(before)):
                # "Compresses both keys and values": left to the other rules.
                continue
            meant = _meant(match, sides, quotes, names, asked)
            statement = _statement(before, behind, sides, meant, names)
            if word == "neither":
                statement = f"no {statement}"
            is_too_few = bool(match["two"]) and len(meant) == 1
            if is_too_few or not all(
                _holds(statement, entry, _of(entry, meant, quotes, names), names, units)
                for entry in meant
            ):
                yield word


def _is_quoted(word: str, behind: str, quotes: Sequence[Told]) -> bool:
    """Whether a quote has such a quantifier before the same word: "each group", "every group"."""
    first = _first(behind)
    return any(
        _first(quote.text[match.end() :]) == first
        for quote in quotes
        for match in _ALIKE[word].finditer(quote.text)
    )


def _first(text: str) -> str | None:
    """The stem of the first telling word of a text."""
    return next((word.stem for word in words(text[:_NEAR]) if word.tells), None)


def _meant(
    match: re.Match[str],
    sides: tuple[str, str] | None,
    quotes: Sequence[Told],
    names: Names,
    asked: Sequence[int],
) -> Sequence[int]:
    """The entries that a quantifier is about; none where it is about something else."""
    word, part = match[0].lower(), match.string
    before, behind = part[: match.start()], part[match.end() :]
    if sides:
        of_sides = [entry for side in sides for entry in names.entries(side)[:1]]
        return of_sides if len(of_sides) >= _FEW and word != "either" else ()
    named = names.entries(before)
    if named and not (_ends_a_list(before, names) or _THEY.search(before)):
        # "Top-k does so in either case" is about one.
        return ()
    everyone = named if len(named) >= _FEW else asked
    these = _THESE.match(behind)
    is_listed = bool(named or _THEY.search(before))
    noun = [] if is_listed else _noun(behind[these.end() if these else 0 :])
    if match["two"]:
        is_other = _is_told_twice(noun, quotes) or (word == "either" and not noun)
        return () if is_other else everyone
    is_theirs = bool(these or _THEY.search(before)) or (len(named) >= _FEW and not noun)
    if len(everyone) < _FEW or not (is_theirs or (noun and not _is_told_twice(noun, quotes))):
        return ()
    return everyone


def _sides(word: str, before: str, behind: str, names: Names) -> tuple[str, str] | None:
    """What "both … and …" joins, if it does: "compresses both keys and values"."""
    joint = _JOINED.get(word)
    if joint is None:
        return None
    first, found, second = behind.partition(f" {joint} ")
    if not found or "," in first or len(first.split()) > _LONGEST_SIDE:
        return None
    if word == "both" and (_THEY.search(before) or _ends_a_list(before, names)):
        return None
    is_opening = not any(one.tells for one in words(before))
    if word == "both" and is_opening and len(first.split()) > 1 and not names.entries(first):
        # "Both save time and memory"
        return None
    return first, " ".join(second.split()[:_LONGEST_SIDE])


def _ends_a_list(before: str, names: Names) -> bool:
    """Whether names stand before a quantifier: "GQA and MLA both"."""
    if not _LISTED.search(before):
        return False
    return names.ends(before) or words(before)[-1].is_name


def _noun(behind: str) -> list[Word]:
    """The words that a quantifier stands before, unless it stands alone: "both are", "in both,"."""
    run: list[Word] = []
    end = 0
    for word in words(behind):
        if not word.tells or behind[end : word.start].strip(" -") or len(run) == _FEW:
            break
        run.append(word)
        end = word.end
    return run


def _is_told_twice(noun: Sequence[Word], quotes: Sequence[Told]) -> bool:
    """Whether one quote has two of them, so that they are no entries: "an image encoder and a text
    encoder"."""
    return any(
        len(places) >= _FEW or any(_AMONG.search(quote.text[:place]) for place in places)
        for quote in quotes
        for word in noun
        if (places := _places(word, quote.text))
    )


def _places(word: Word, text: str) -> list[int]:
    return [other.start for other in words(text) if other.stem == word.stem]


def _statement(
    before: str, behind: str, sides: tuple[str, str] | None, meant: Sequence[int], names: Names
) -> str:
    """What is said of all: a part of a claim without their names and what they are called."""
    these = _THESE.match(behind)
    rest = behind[these.end() if these else 0 :]
    noun = () if sides or _ends_a_list(before, names) or _THEY.search(before) else _noun(rest)
    rest = rest[noun[0].end :] if noun else rest
    return " ".join(names.without(f"{before} {rest}", meant).split())


def _of(entry: int, meant: Sequence[int], quotes: Sequence[Told], names: Names) -> list[str]:
    """The quotes of an entry, and those of others that name it and are not meant themselves."""
    return [
        quote.text
        for quote in quotes
        if quote.entry == entry or (quote.entry not in meant and entry in names.entries(quote.text))
    ]


def _holds(statement: str, entry: int, own: Sequence[str], names: Names, units: Units) -> bool:
    """Whether quotes of an entry say this."""
    if not own:
        return False
    given = _BOUND.sub("", " . ".join(own))
    return (
        unsupported_number(statement, f"{given} . {names.all_forms([entry], given)}", units) is None
        and not _lacks(statement, given, entry, names)
        and reversal(list(clauses(statement)), list(clauses(given))) is None
    )


def _lacks(statement: str, given: str, entry: int, names: Names) -> bool:
    """Whether a text about an entry has too few of the words of a statement."""
    vocabulary = Vocabulary(given, names.all_forms([entry], given))
    counted = {place for one in numbers(statement) for place in range(one.start, one.end)}
    telling = [word for word in words(statement) if word.tells and word.start not in counted]
    missing = [w for w in telling if not (vocabulary.has(w) or compares_alike(w.stem, given))]
    return len(missing) >= (1 - _COVERED) * len(telling) > 0
