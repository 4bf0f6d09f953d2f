"""Examples to begin with: questions made of the entries of a knowledge base.

A term is asked for ("What is GQA?"). Of a document, whose name is a title, a section is named
("Expenses: Company card"), or it is explained ("Explain Remote work"). Names and headings that are
questions ask by themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import NamedTuple, TypeVar

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.languages import DEFAULT, QUESTION_MARKS, primary

Pairs = list[tuple[Entry, Entry]]
_T = TypeVar("_T")

_DESCRIBED = 2
_SHORT = 3
"""Words: longer titles make clumsy questions."""
_LONG = 12
"""Words of a question that is read at once."""
_PAGE_OF_QUESTIONS = 3
"""Headings that ask from which on a page is one of questions: "What's next?" asks on any."""
_ASKED = 2
"""Of its questions, as many as of those that describe terms."""
_LOOKED_AT = 1_000
"""Documents whose sections are looked at."""
_SMALL = 0.05
"""The share of all entries that a category has at least which is not small."""
_OF_PROGRAMS = re.compile(r"[_=<>{}()\[\]/\\$]|\w\.\w")


class Wording(NamedTuple):
    """How a language asks for one name, for two, for a term to be explained, and for a document by
    its title: with no word that names nothing to the rules of understanding, which are English."""

    what: str
    difference: str
    explain: str
    page: str

    def about(self, name: str) -> str:
        """What asks for a term by its name; one that is a question asks by itself."""
        return name if name.endswith(QUESTION_MARKS) else self.explain.format(name)

    def about_page(self, title: str) -> str:
        """What asks for a document by its title; one that is a question asks by itself."""
        return title if title.endswith(QUESTION_MARKS) else self.page.format(title)


WORDINGS = {
    "en": Wording("What is {}?", "Difference between {} and {}", "Explain {}", "Explain {}"),
    "de": Wording(
        "Was ist {}?",
        "Unterschied zwischen {} und {}",
        "Was ist {}?",
        # "Was ist Brot backen?" asks nobody. Of 129 pages of a documentation both show 127 first.
        "Worum geht es in „{}“?",
    ),
}


def wording_in(language: str) -> Wording:
    """How a language asks; English where it is not known."""
    return WORDINGS.get(primary(language or DEFAULT), WORDINGS[DEFAULT])


def questions(knowledge_base: KnowledgeBase, compared: Pairs) -> Iterator[str]:
    """Questions that may be answered: one for a name, one for a difference, some as people ask who
    do not know the name, and some for documents.

    Args:
        compared: what people may want to compare, the most alike first.
    """
    often = _how_often_named(knowledge_base)
    terms = [entry for entry in knowledge_base if _is_term(entry)]
    terms.sort(key=lambda entry: -often[entry.id])
    wording = wording_in(knowledge_base.identity.language)
    yield from (wording.what.format(entry.short_name) for entry in terms[:1])
    differences = [
        wording.difference.format(one.short_name, other.short_name)
        for one, other in compared
        # Of two pages nobody asks for the difference.
        if not (one.is_document or other.is_document)
    ]
    yield from sorted(differences, key=len)[:1]
    described = (asked_first(entry)[:1] for entry in terms[1:])
    yield from islice(chain.from_iterable(described), _DESCRIBED)
    yield from _of_documents(knowledge_base, often, wording)


def of_section(page: Entry, section: Section) -> str:
    """What asks for a section of a page, by its heading; that may be a question."""
    heading = section.path[-1]
    return heading if heading.endswith(QUESTION_MARKS) else f"{page.name}: {heading.rstrip(':')}"


def headed(page: Entry) -> Iterator[Section]:
    """The sections of a document that have a heading and say something below it."""
    return (section for section in page.sections if section.path and section.blocks)


def _of_documents(
    knowledge_base: KnowledgeBase, often: Mapping[str, int], wording: Wording
) -> Iterator[str]:
    """What pages ask that have questions for headings, one of each in turn; then of each document
    the first section whose heading no other has, one of several plain words if there is one, which
    tells more ("Carrying over", not "Booking" or "max_days"); then documents as such."""
    every = (one for entry in knowledge_base for one in entry.sections if one.blocks and one.path)
    headings = Counter(one.path[-1] for one in every)
    if headings:
        documents = [*islice(_documents(knowledge_base, often), _LOOKED_AT)]
        own = {
            entry.id: [one for one in headed(entry) if headings[one.path[-1]] == 1]
            for entry in documents
        }
        asked = ([*filter(_asks, map(_heading, own[entry.id]))] for entry in documents)
        in_turn = _in_turn([iter(one) for one in asked if len(one) >= _PAGE_OF_QUESTIONS])
        yield from islice(in_turn, _ASKED)
        best = [
            (entry, one)
            for entry in documents
            for one in sorted(own[entry.id], key=_tells_little)[:1]
        ]
        for entry, one in sorted(best, key=lambda found: _tells_little(found[1])):
            yield of_section(entry, one)
    for entry in _documents(knowledge_base, often):
        asking = wording.about_page if entry.is_document else wording.about
        yield asking(entry.short_name)


def _heading(section: Section) -> str:
    return section.path[-1]


def _asks(heading: str) -> bool:
    """Whether a heading asks, in as many words as one reads at once."""
    return heading.endswith(QUESTION_MARKS) and _SHORT < len(heading.split()) <= _LONG


def _tells_little(section: Section) -> bool:
    """Whether a section is called by one word, or by what programs are written with."""
    heading = _heading(section)
    return len(heading.split()) == 1 or _OF_PROGRAMS.search(heading) is not None


def asked_first(entry: Entry) -> list[str]:
    """The questions that an entry answers as people write them, those with a question mark first:
    others may be a few words ("mini vs small meaning")."""
    return sorted(map(sentence, entry.questions), key=lambda one: not one.endswith(QUESTION_MARKS))


def sentence(question: str) -> str:
    """A question that begins with a capital, as people write it.

    >>> sentence("why is it faster")
    'Why is it faster'
    """
    return question[:1].upper() + question[1:]


def _is_term(entry: Entry) -> bool:
    """Whether people know an entry by its name: a document has no other name than its title."""
    return bool(entry.expansion or entry.aliases or entry.questions)


def _how_often_named(knowledge_base: KnowledgeBase) -> Counter[str]:
    """How often others name each entry as related, by its id."""
    return Counter(chain.from_iterable(entry.related for entry in knowledge_base))


def _documents(knowledge_base: KnowledgeBase, often: Mapping[str, int]) -> Iterator[Entry]:
    """The entries to explain, one of each category in turn; those of small ones last, as what
    stands beside a site's pages is in one. A title that two share tells nothing; what has none is
    left out where others have one."""
    owners = Counter([entry.short_name for entry in knowledge_base])

    def is_own(entry: Entry) -> bool:
        return owners[entry.short_name] == 1

    are_titled = any(is_own(one) and not _is_untitled(one) for one in knowledge_base)
    groups = [entries for _, entries in knowledge_base.grouped]
    least = _SMALL * len(knowledge_base.entries)
    large, small = (
        [filter(is_own, _ranked(one, often)) for one in groups if (len(one) < least) == is_small]
        for is_small in (False, True)
    )
    for entry in chain(_in_turn(large), _in_turn(small)):
        if not (are_titled and _is_untitled(entry)):
            yield entry


def _in_turn(groups: Iterable[Iterator[_T]]) -> Iterator[_T]:
    """The first of each group, the second of each, and so on. No more is taken than is wanted."""
    while groups:
        left: list[Iterator[_T]] = []
        for group in groups:
            for one in group:
                yield one
                left.append(group)
                break
        groups = left


def _ranked(entries: Sequence[Entry], often: Mapping[str, int]) -> Iterator[Entry]:
    """Entries, first those that most others name, short titles before long ones, long texts before
    short ones. Few are looked at: those that are named as often are ordered when they are."""

    def rank(entry: Entry) -> tuple[bool, int]:
        is_long = len(entry.short_name.split()) > _SHORT
        return is_long, -sum(len(one.text) for one in entry.sections)

    def unnamed(entry: Entry) -> int:
        return -often[entry.id]

    for _, alike in groupby(sorted(entries, key=unnamed), unnamed):
        yield from sorted(alike, key=rank)


def _is_untitled(entry: Entry) -> bool:
    """Whether an entry is called by its file's name or its id, for want of a title."""
    return entry.name == entry.id.rpartition("/")[2]
