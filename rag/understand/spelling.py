"""Spelling: corrects misspelt names and asking words of a question, and guesses what an unknown
abbreviation may stand for."""

from __future__ import annotations

import re
from itertools import chain, islice, pairwise

from entrywise.data.languages import DEFAULT
from entrywise.data.words import is_idle
from entrywise.index.encoders.base import EncodedQuery
from entrywise.index.index import Index
from entrywise.index.names.spelling import is_another, is_slip
from entrywise.index.names.tables import FEWEST, digits_of
from entrywise.rag.understand.detail import asked_in_another
from entrywise.rag.understand.question import Question
from entrywise.rag.understand.wording import (
    AUXILIARIES,
    INTERROGATIVES,
    LONG_WORDS,
    asked_plainly,
)

_MOST_JOINED = 64
"""Words of a question of which two may be one, the first ones."""
_SHORTEST_JOINED = 5
"""Letters of such a word: "break up on" is not about what is "upon"."""
_SHORTEST_SLIP = 3
"""Letters of a name of which one may be wrong: of fewer it is another."""
_LIKELY = 10
"""Entries of nearly such a name that are looked at."""
_READ = 8
"""Texts that are looked through for a word as it is written."""
_MOST_SUSPECTS = 8
"""Words of a question that may be a slip in one of a heading, the first ones."""
_LONG_ENOUGH = 6
"""Letters of such a word of a heading: "mehta" is no "meta"."""
_WORD = re.compile(r"(?<![\w./-])[^\W\d_]{5,30}(?![\w/-]|\.\w)")
"""One that is no part of a path or a name."""
_OPENS = re.compile(rf"\W*(?P<word>[a-z]{{2,6}})(?=\s+(?:{AUXILIARIES})\b)", re.IGNORECASE)
_CAMEL_CASE = re.compile(r"[a-z]+[A-Z][a-z]")
"""How a program calls what it does, `useSlots`; "JavaScript" and "macOS" are words."""
_INNER_CAPITAL = re.compile(r"\w*[a-z][A-Z]")
"""How it calls a type, `SystemTray` of a system tray, and people what has no other name."""
_FAR_RARER = 1.4
"""How much rarer than such a word its parts are next to each other where they are no other name:
four times."""
_BEHIND_FIRST = re.compile(r"(?<=\w)\w+")
"""What follows the first letters of words."""
_CONTRACTED = re.compile(
    r"(?<![\w'’-])(?:(?P<verb>ca|wo|do|does|did|is|are|was|were|would|could|should|have|has|had|must|"
    r"need)n['’]?t|(?P<asks>what|who|where|how|that|there)s)(?![\w'’-])",
    re.IGNORECASE,
)
"""Verbs that are denied, and what is asked with "is"; of the latter those with an apostrophe are
known where it is looked for what asks."""
_QUANTITY = re.compile(r"(?<![\w.,-])(?P<number>\d{1,9}) ?(?P<unit>[^\W\d_]{1,9})(?![\w.-])")
_VERBS = {"ca": "can", "wo": "will"}
_ASKS = re.compile(r"(?:what|who)(?:['’]s|\s+(?:is|are|was|were))\b", re.IGNORECASE)


def correct_spelling(text: str, index: Index) -> tuple[str, EncodedQuery]:
    """A question with its misspelt words corrected, and as the encoder encodes it. Words that ask
    are corrected in English alone: "programm" is German."""
    encoded = index.encoder.encode_query(_marked(text, index))
    long = [(start, end) for start, end in encoded.rare if end - start >= FEWEST]
    is_english = index.language == DEFAULT
    right = index.spelling.corrected(text, long, LONG_WORDS if is_english else ()) if long else text
    if long and index.holds_documents and not asked_in_another(index.language, text):
        right = _as_in_headings(right, index)
    if is_english:
        right = _with_interrogative(right, index)
    if right == text:
        return text, encoded
    return right, index.encoder.encode_query(_marked(right, index))


def _as_in_headings(text: str, index: Index) -> str:
    """A question with those of its words put right that neither the documents nor the language has,
    where they are a slip or two away from a word of a heading: "multilingal", "pagintion"."""
    words = [one for one in _WORD.finditer(text) if one[0].lower() not in index.spelling.ranks]
    words = words[:_MOST_SUSPECTS]
    known = index.words.known(one[0].lower() for one in words)
    for word, is_known in reversed([*zip(words, known, strict=True)]):
        right = None if is_known else index.titles.nearest(word[0].lower())
        if right and len(right) >= _LONG_ENOUGH and is_slip(word[0].lower(), right):
            text = f"{text[: word.start()]}{right}{text[word.end() :]}"
    return text


def _with_interrogative(text: str, index: Index) -> str:
    """A question whose first word is meant to ask, "hwat is", put right: one that no text and no
    name has, before a verb that stands behind such words, and no word of its own unless a letter
    behind the first is missing: "wat is", but "hot is" and "here is"."""
    opening = _OPENS.match(text)
    word = opening["word"].lower() if opening else ""
    if not opening or word in INTERROGATIVES:
        return text
    if any(index.words.known([word])) or any(index.names.find(opening["word"])):
        return text
    from rapidfuzz.distance import OSA

    near = [one for one in INTERROGATIVES if OSA.distance(word, one, score_cutoff=1) == 1]
    is_word = word in index.spelling.ranks
    meant = (one for one in near if not is_word or (len(one) > len(word) and one[0] == word[0]))
    right = next(meant, opening["word"])
    right = right.capitalize() if opening["word"].istitle() else right
    return f"{text[: opening.start('word')]}{right}{text[opening.end() :]}"


def as_texts_write(text: str, index: Index) -> str:
    """A question in the words that texts have: its contractions written out and, of documents,
    asked plainly (`asked_plainly`), with those of its words together, or units apart from their
    numbers, that documents write so more often. "My screen wont turn on" asks for no "wont", "how
    do I back up my data" for backups, "5ghz" for 5 GHz, and none of these words is one. They are no
    slips, and nobody need be told of them."""
    if index.language == DEFAULT:
        text = _CONTRACTED.sub(_written_out, text)
    if not index.holds_documents:
        return text
    return _with_compounds(_with_units(asked_plainly(text), index), index)


def _written_out(found: re.Match[str]) -> str:
    verb = found["verb"]
    return f"{_VERBS.get(verb.lower(), verb)} not" if verb else f"{found['asks']} is"


def _with_units(text: str, index: Index) -> str:
    found = list(islice(_QUANTITY.finditer(text), _MOST_JOINED))
    apart, joined = ([f"{one['number']}{by}{one['unit']}" for one in found] for by in (" ", ""))
    of_apart, of_joined = index.words.phrase_rarities(apart), index.words.rarities(joined)
    for number in reversed(range(len(found))):
        one = found[number]
        if of_apart[number] != of_joined[number]:
            usual = apart if of_apart[number] < of_joined[number] else joined
            text = f"{text[: one.start()]}{usual[number]}{text[one.end() :]}"
    return text


def _with_compounds(text: str, index: Index) -> str:
    words = list(re.finditer(r"(?<!\w)[^\W\d_]{2,30}(?!\w)", text))[:_MOST_JOINED]
    pairs = {
        (before[0] + after[0]).lower(): (before, after)
        for before, after in pairwise(words)
        if text[before.end() : after.start()] == " "
        and not is_idle(before[0].lower())
        and len(before[0]) + len(after[0]) >= _SHORTEST_JOINED
    }
    known = zip(pairs.items(), index.words.known(pairs), strict=True)
    rest = len(text)
    for one, (before, after) in reversed([pair for pair, is_known in known if is_known]):
        is_free = after.end() <= rest
        if is_free and _is_usual(one, f"{before[0]} {after[0]}".lower(), index):
            text = f"{text[: before.end()]}{text[after.start() :]}"
            rest = before.start()
    return text


def _is_usual(one: str, apart: str, index: Index) -> bool:
    """Whether documents have a word more often than its two parts next to each other."""
    (of_one,) = index.words.rarities([one])
    (of_two,) = index.words.phrase_rarities([apart])
    if of_one >= of_two:
        return False
    # By its stem "whosings" is known where "whose" is.
    said = re.compile(rf"(?<!\w){re.escape(one)}s?(?!\w)", re.IGNORECASE)
    units = index.units[index.words.first(one, _READ)].tolist()
    found = (index.entries[entry].sections[own] for entry, own in units if own >= 0)
    written = (said.finditer("\n".join((*section.path, section.text))) for section in found)
    words = [word[0] for word in chain.from_iterable(written)]
    is_named_apart = of_two - of_one < _FAR_RARER and index.words.mentions(apart)
    as_a_type = _INNER_CAPITAL if is_named_apart else _CAMEL_CASE
    return not all(map(as_a_type.match, words))


def _marked(text: str, index: Index) -> str:
    """A question, with a question mark where documents are asked what a thing is: encoders heed it,
    and few type it. Glossaries are asked as their sample questions are."""
    asks = index.holds_documents and index.language == DEFAULT and _ASKS.match(text)
    return f"{text}?" if asks and text[-1].isalnum() else text


def guess(question: Question, index: Index) -> str | None:
    """The question with its unknown abbreviations written out as the names they may stand for, and
    other unknown names as those that they are a slip away from: a guess, to be offered. None where
    there is none."""
    text = question.text
    for mention in reversed(question.mentions):
        if mention.is_unowned and (meant := _meant(mention.name, index)):
            text = f"{text[: mention.start]}{meant}{text[mention.end :]}"
    return None if text == question.text else text


def _meant(name: str, index: Index) -> str | None:
    """The name that an unknown one may stand for, or the only one that it is a slip away from."""
    written_out = index.spelling.by_initials(name) if name.isupper() else None
    # "AI" is not short for what itself is written in capitals.
    if written_out and not all(word.islower() for word in _BEHIND_FIRST.findall(written_out)):
        written_out = None
    own = name.lower()
    if written_out or len(own) < _SHORTEST_SLIP or own in index.spelling.ranks:
        return written_out
    from rapidfuzz.distance import OSA

    entries = index.entries.of(index.completer.misspelt(name, _LIKELY, least=1))
    named = {one.short_name for one in entries if digits_of(one.short_name) == digits_of(name)}
    near = [
        one
        for one in named
        if OSA.distance(one.lower(), own, score_cutoff=1) == 1 and not is_another(one.lower(), own)
    ]
    return near[0] if len(near) == 1 else None
