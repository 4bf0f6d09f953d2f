"""What a follow-up on documents says, put where it may belong in the question before.

how do I configure LDAP?              and PAM?               how do I configure PAM?
how do I add a schedule?              what about a rule?     how do I add a rule?
how much parental leave do I get?     and sick leave?        how much sick leave do I get?
how do I install it with Docker?      and on Kubernetes?     how do I install it on Kubernetes?
how do I add a schedule?              how do I delete it?    how do I delete a schedule?

Which words are alike the encoder tells, and the article before them; which of the questions that
come of it is asked, what answers them (`documents.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

from entrywise.index.index import Index
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.follow_up.phrases import Phrases
from entrywise.rag.understand.follow_up.substitution import END

_LONGEST = 3
"""Words of what is replaced."""
_MOST = 12
"""Places that are compared, the last ones: each costs a run of the encoder."""
_TRIED = 3
"""Places that what is added may stand in: each costs an answer."""
_OTHER_LENGTH = 0.75
"""What being near counts for of a place with more or fewer words than are added."""
_ALIKE = 0.4
"""How near what is counted or done is to what takes its place: "vacation" and "parental leave"
(0.41), but not "days" and "children" (0.22), for whom days may be counted."""
_FEW = 5
"""Words of what something is done to."""

_Span = tuple[int, int]


class _Place(NamedTuple):
    """Where what may be replaced stands; what is counted ("vacation" in "how much vacation"), or
    done to nothing ("import" in "what can I import?"), `only_if_alike`."""

    start: int
    end: int
    only_if_alike: bool = False


def in_place(added: str, asked: str, phrases: Phrases, index: Index) -> list[str]:
    """A question with what is added in the place of what it is most like, and of what is next.

    Args:
        added: a thing, without what begins it ("and", "what about").
    """
    said, added = asked.rstrip(END), added.rstrip(END)
    article = re.match(phrases.article, added, re.IGNORECASE)
    bare = added[article.end() :] if article else added
    places = [*_places(said, phrases, index.language)][-_MOST:]
    if article:
        # "A rule" stands for "a schedule", "PAM" for "LDAP" or "the domain".
        places = [place for place in places if _article(said, place, phrases)] or places
    found = []
    for place in _with_the_same_head(bare, said, places) or _nearest(bare, said, places, index):
        before = _article(said, place, phrases)
        says = added if before else bare
        found.append(f"{said[: place.start - len(before)]}{says}{said[place.end :]}")
    return found


def narrows(added: str, phrases: Phrases) -> bool:
    """Whether what is added narrows what was asked, as "in winter" does; "a hotel" asks anew."""
    first = re.match(r"\S+", added)
    if not first or re.match(phrases.article, added, re.IGNORECASE):
        return False
    return first.group().lower() in phrases.narrows


def last_case(asked: str, phrases: Phrases) -> str:
    """The last words of a question that narrow it, as "with Docker" does; empty where it ends
    otherwise."""
    said = asked.rstrip(END)
    words = [*re.finditer(r"\S+", said)][-_LONGEST - 1 :]
    cases = [one.start() for one in words[:-1] if narrows(said[one.start() :], phrases)]
    return said[max(cases) :] if cases else ""


def done_to(asked: str, phrases: Phrases) -> str:
    """What something is done to, in a question that says who does it: "a schedule" in "how do I add
    a schedule?"; empty where nothing of the kind is said."""
    found = re.search(rf"\b{phrases.doer}\s+[\w-]+\s+(?P<object>.+)", asked.rstrip(END), re.I)
    words = found["object"].split() if found else []
    # "Back up" is done.
    while words and narrows(" ".join(words), phrases):
        del words[0]
    return " ".join(words) if len(words) <= _FEW else ""


def _places(said: str, phrases: Phrases, language: str) -> Iterator[_Place]:
    """The places of what may be replaced: keywords in a row, without a verb behind who does it
    where more stands behind that, and without "long" in "how long"."""
    of_how = re.compile(rf"\b{phrases.degree}\s+$", re.IGNORECASE)
    does = re.compile(rf"\b{phrases.doer}\s+$", re.IGNORECASE)
    does_behind = re.compile(rf"\b{phrases.auxiliary}\s+(?:{phrases.article})?$", re.IGNORECASE)
    for run in _runs(said, phrases, language):
        (start, end), *others = run
        is_counted, is_done = (bool(one.search(said[:start])) for one in (of_how, does))
        is_last = is_done and not said[end:].strip()
        words = others if is_counted or (is_done and not is_last) else run
        # "Does a key cost": the last word is what it does.
        most = len(said) - 1 if does_behind.search(said[:start]) else len(said)
        for first, (start, _) in enumerate(words):
            for _, last in words[first : first + _LONGEST]:
                if last <= most:
                    yield _Place(start, last, only_if_alike=is_counted or is_last)


def _runs(said: str, phrases: Phrases, language: str) -> list[list[_Span]]:
    """Where keywords stand in a row, each with all that no blank parts from it."""
    told = keywords(said, None, language)
    starts = [word.start() for word in told if word.group().lower() not in phrases.narrows]
    runs: list[list[_Span]] = []
    last = -1
    for number, token in enumerate(re.finditer(r"[^\s,;:]+", said)):
        if not any(token.start() <= start < token.end() for start in starts):
            continue
        if runs and number == last + 1:
            runs[-1].append(token.span())
        else:
            runs.append([token.span()])
        last = number
    return runs


def _article(said: str, place: _Place, phrases: Phrases) -> str:
    """The article before a place, with the blank behind it."""
    found = re.search(rf"(?:^|(?<=\s)){phrases.article}$", said[: place.start], re.IGNORECASE)
    return found.group() if found else ""


def _with_the_same_head(bare: str, said: str, places: Sequence[_Place]) -> list[_Place]:
    """The first place of as many words as are added that ends with the same word, where there is
    one: "sick leave" and "parental leave"."""
    words = bare.lower().split()
    others = ((place, said[place.start : place.end].lower().split()) for place in places)
    same = (place for place, one in others if one[-1:] == words[-1:] and len(one) == len(words))
    return [*islice(same, 1)]


def _nearest(bare: str, said: str, places: Sequence[_Place], index: Index) -> list[_Place]:
    """The places that mean what is nearest, of as many words where others are not much nearer."""
    vector = index.encoder.encode_query(bare).vector
    count = len(bare.split())
    found = []
    for place in places:
        text = said[place.start : place.end]
        near = max(0.0, float(vector @ index.encoder.encode_query(text).vector))
        if near >= _ALIKE or not place.only_if_alike:
            weight = 1 if len(text.split()) == count else _OTHER_LENGTH
            found.append((weight * near, len(text), place))
    return [place for *_, place in nlargest(_TRIED, found)]
