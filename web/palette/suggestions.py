"""Suggestions for the last words that are typed: entries, headings of documents, questions.

    what is gq   ->   "what is GQA" as a question, and GQA
    deploy rol   ->   Rolling back, in Deploy

Where that is little, passages whose texts hold the words come after it.

Nothing here reads more where there are more entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import Literal, NamedTuple
from urllib.parse import quote

from entrywise.data.words import name_words, plain_words
from entrywise.index.index import Index
from entrywise.index.listing.listing import Listing, Summary
from entrywise.index.listing.titles import Heading, words_in
from entrywise.index.names.names import EXACT
from entrywise.rag.render.formulas import readable
from entrywise.web.palette import questions
from entrywise.web.palette.editions import Others, in_one_edition, other_editions
from entrywise.web.palette.passages import passages
from entrywise.web.palette.typed_words import are_known, is_idle, may_go_on, only_asks
from entrywise.web.served.links import ask_path, entry_path, place_path, section_anchor
from entrywise.web.served.served import Served

Kind = Literal["entry", "page", "section", "question", "passage", "example"]

_NAMES, _SECTIONS, _QUESTIONS = 6, 4, 4
"""How many of each kind are shown: what can be taken in at a glance."""
_ENOUGH = 4
"""Where fewer were found, so many passages are looked for."""

_LOOKED_AT = 12
"""Words from the last one back that are looked at."""
_ENDINGS = 6
"""Words from the last one back that a name, a heading or a question may begin at."""
_MISSPELT = 3
"""Words of an ending that is held against all names for slips, at most: it costs milliseconds."""

_PARTS = " › "
_WORD = re.compile(r"\S+")


class Suggestion(NamedTuple):
    """Something to open or to ask: what it is called, what it is, and where it lies; the last two
    may be empty."""

    kind: Kind
    text: str
    what: str
    place: str
    path: str


def suggested(served: Served, typed: str, *, names: bool = False) -> list[Suggestion]:
    """What a few typed words may become, by kind, the most likely of each first; where nothing is
    typed, questions to begin with.

    Args:
        names: only entries or pages, by what they are called.
    """
    if not typed.strip():
        return [] if names else [_example(served, one) for one in served.examples]
    index = served.assistant.index
    found = _found(served, _corrected(typed, index), names=names)
    if found or names:
        return found
    # The last word may be misspelt, too.
    for other in (index.spelling.corrected(typed, _words_of(typed)), index.titles.corrected(typed)):
        if other != typed and (found := _found(served, other)):
            return found
    return []


def _found(served: Served, typed: str, *, names: bool = False) -> list[Suggestion]:
    index = served.assistant.index
    endings = [typed[start:] for start in _starts(typed, index)]
    others = other_editions(index, typed)
    ending, begun = _begun(endings, served, others)
    named = [*dict.fromkeys(_named(typed, index))][: _NAMES // 2]
    # What is typed out is less likely to be looked for than what is being typed.
    ordinals = [*dict.fromkeys((*begun[: _NAMES - len(named)], *named))]
    entries = _entries(served, begun if names else ordinals)
    if names:
        return entries
    found_by, headings = _headed(endings, index, others)
    first = [one.text for one in entries[:1]] if begun else []
    completed = questions.completed(served, typed, ending, first)
    held = questions.held(served, typed, _QUESTIONS)
    near = () if held else questions.near(served, endings, _QUESTIONS)
    begins = questions.to_begin_with(served, typed)
    asked = _distinct((*completed, *begins, *held, *near))
    kinds = [entries, _sections(index.listing, headings), [*map(_question, asked[:_QUESTIONS])]]
    # What has all words is nearer than names that begin with the last one.
    has_more = len(questions.told(found_by, index.language)) > len(ending)
    if begun and has_more and all(words_in(found_by, headings[0].path[-1])):
        kinds.insert(0, kinds.pop(1))
    if (begins or held) and not named and ending != typed and _is_whole_word(ending, index):
        kinds.insert(0, kinds.pop())
    found = [*chain.from_iterable(kinds)]
    if len(found) < _ENOUGH:
        said = {one.what for one in entries}
        found += (one for one in _passages(served, typed, headings, others) if one.what not in said)
    return found


def _headed(
    endings: Iterable[str], index: Index, others: Others | None
) -> tuple[str, Sequence[Heading]]:
    """The longest ending that headings are found by, and these."""

    def find(ending: str) -> Sequence[Heading]:
        return in_one_edition(
            lambda most: index.titles.headings(ending, most),
            _SECTIONS,
            others,
            lambda found: [(one.entry, one.path[-1]) for one in found],
        )

    found = ((ending, find(ending)) for ending in endings)
    return next(filter(itemgetter(1), found), ("", ()))


def _distinct(texts: Iterable[str]) -> list[str]:
    """Each text once, however its words are written, in order."""
    return [*{tuple(plain_words(text)): text for text in reversed([*texts])}.values()][::-1]


def _is_whole_word(ending: str, index: Index) -> bool:
    """Whether it is a word to which no letters have to come; or nothing."""
    return not ending or (len(ending.split()) == 1 and not may_go_on(ending, index))


def _corrected(typed: str, index: Index) -> str:
    """What is typed with its misspelt words put right, as a question is read; the last one may be
    the beginning of any."""
    ended = _words_of(typed)[:-1]
    return index.spelling.corrected(typed, ended) if ended else typed


def _words_of(typed: str) -> list[tuple[int, int]]:
    """The last words, where they begin and end."""
    return [(word.start, word.end) for word in name_words(typed)[-_LOOKED_AT:]]


def _starts(typed: str, index: Index) -> Iterator[int]:
    """Where what is meant may begin: with the first word, or one of the last; not with a short last
    word of the texts that names nothing."""
    words = [*_WORD.finditer(typed)]
    for word in dict.fromkeys((words[0], *words[-_ENDINGS:])):
        if word is words[0] or word is not words[-1] or not is_idle(word[0].lower(), index):
            yield word.start()


def _begun(
    endings: Sequence[str], served: Served, others: Others | None
) -> tuple[str, Sequence[int]]:
    """The longest ending that begins names of entries, if only but for a slip, and these; one with
    a name in it is no name misspelt."""
    index, listing = served.assistant.index, served.knowledge_base.listing

    def called(ordinals: Sequence[int]) -> list[tuple[int, str]]:
        names = {one.ordinal: one.name for one in listing.of(ordinals)}
        return [(ordinal, names[ordinal]) for ordinal in ordinals]

    for ending in endings:
        is_misspelt = (
            len(ending.split()) <= _MISSPELT
            and not are_known(ending, index)
            and not only_asks(ending.split()[0].lower(), index.language)
            and not any(_named(ending, index))
        )
        find = index.completer.complete if is_misspelt else index.completer.begun
        ordinals = in_one_edition(partial(find, ending), _NAMES, others, called)
        if ending is not endings[0] and may_go_on(ending, index) and are_known(ending, index):
            # Behind others a word that texts have has to begin what an entry itself is called.
            begun = {one for one, name in called(ordinals) if questions.begins(ending, name)}
            ordinals = [one for one in ordinals if one in begun]
        if ordinals:
            return ending, ordinals
    return "", ()


def _named(typed: str, index: Index) -> Iterator[int]:
    """The entries whose names are typed out."""
    return (match.entry for match in index.names.find(typed) if match.strength == EXACT)


def _entries(served: Served, ordinals: Sequence[int]) -> list[Suggestion]:
    listing = served.knowledge_base.listing
    kind: Kind = "page" if served.assistant.index.holds_documents else "entry"
    known = {one.ordinal: one for one in listing.of(ordinals)}
    return [_entry(kind, known[ordinal], listing) for ordinal in ordinals]


def _entry(kind: Kind, entry: Summary, listing: Listing) -> Suggestion:
    group = listing.group(entry.category) if listing.categories > 1 else None
    label = group.category.label if group else ""
    return Suggestion(kind, entry.name, readable(entry.oneliner), label, entry_path(entry.id))


def _sections(listing: Listing, headings: Sequence[Heading]) -> list[Suggestion]:
    entries = {one.ordinal: one for one in listing.of([one.entry for one in headings])}
    return [
        Suggestion(
            "section",
            one.path[-1],
            "",
            _PARTS.join((entries[one.entry].name, *one.path[:-1])),
            f"{entry_path(entries[one.entry].id)}#{quote(section_anchor(one.section))}",
        )
        for one in headings
    ]


def _passages(
    served: Served, typed: str, shown: Sequence[Heading], others: Others | None
) -> Iterator[Suggestion]:
    """Passages of other sections than those that are shown."""
    known = {(one.entry, one.section) for one in shown}
    found = in_one_edition(
        partial(passages, served.assistant.index, typed),
        _ENOUGH,
        others,
        lambda found: [(one.entry, one.line) for one in found],
    )
    listed = served.knowledge_base.listing.of([one.entry for one in found])
    entries = {one.ordinal: one for one in listed}
    for one in found:
        if (one.entry, one.section.name) in known:
            continue
        entry, section = entries[one.entry], one.section
        *above, title = (entry.name, *section.path)
        place = _PARTS.join(above) if section.blocks else served.texts.section(section.name)
        path = place_path(entry.id, section.name, one.start, one.end)
        yield Suggestion("passage", title, one.line, place, path)


def _example(served: Served, question: str) -> Suggestion:
    """A question to begin with; of a document's section its heading, and where it lies."""
    page = served.pages_of_examples[question]
    return Suggestion("example", question.removeprefix(f"{page}: "), "", page, ask_path(question))


def _question(text: str) -> Suggestion:
    return Suggestion("question", text, "", "", ask_path(text))
