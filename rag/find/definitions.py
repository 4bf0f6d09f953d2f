"""Definitions in documents: the text that says what the thing is that a question asks for.

    what is a workspace?     "Inspired by Cargo, a workspace is a collection of packages."
                             "Members are called _workspaces_." "**Workspace**: a collection …"
                             "[Workspaces](w.md) (formerly projects) are collections of …"
                             "The “Workspace” of a member means the folder …"
    what is CORS?            "Cross-Origin Resource Sharing (CORS) is a mechanism …"
    what is an SLO?          "Service level objectives (SLOs) set out …", "SLO (service level …)"
    what is a lockfile?      the first lines below "The lockfile", or of the page "Using lockfiles";
                             half of that for "Lockfiles and workspaces"
    what is a mooring?       "A rope that holds …" below "Mooring"
    locking vs syncing       "Locking is the process of …", of each side

A question for a definition has few words, which a text that goes on about the thing says more often
than the one sentence that defines it: by cosine and words alone the former wins.

The forms are those of Hearst, "Automatic Acquisition of Hyponyms from Large Text Corpora", 1992,
and of glossaries. They are English; what asks for definitions is known in German, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import Entry
from entrywise.data.readers.places import OPENINGS, is_opening_id
from entrywise.data.words import singular
from entrywise.index.index import Index
from entrywise.index.passages.common_subject import naming
from entrywise.index.passages.section_titles import named_titles, page_title, repeats_page
from entrywise.rag.find.prose import first_prose, prose_start
from entrywise.rag.find.signposts import is_signature
from entrywise.rag.understand.comparison import compared_words
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.question import Question
from entrywise.rag.understand.wording import WHAT_AND, compiled

DEFINES = 0.2
"""What a piece that defines the thing is worth, against a cosine."""
BEGINS = 0.15
"""What the first piece below a heading that names it, and nothing else, is worth."""
GLOSS = 0.25
"""What it is worth where it begins as entries of a glossary do ("A way to store boats that …")."""
SIDE = 0.5
"""The share of these that counts for one side of a comparison: with all of it what defines one side
comes before what tells it from the other."""
OPENS = 0.5
"""What explains the thing is worth in the first lines of a page that opens its folder and is called
by the thing alone, or that opens all documents and defines it there: what all of them are about
nearly all sections name, and only the opening one explains it."""

_MARK = r"[*_`\"'“”‘’<>\[]"
_MARKS = rf"{_MARK}*"
# "(formerly [rings](rings.md))"
_ASIDE = r"(?:\s*+\((?:[^()]++|\([^()]*+\))*+\))?"
_ADDRESS = r"\]\([^()\s]*+\)"
# The "Corresponding Source" for a work in object code form means …
_OF_WHAT = r"(?:\s+[^\s.;:!?]+){1,8}?"
# "Is a file that", "are packages that", "is Rust's package manager", "is used to", "means", "lets
# you"; not "is used by", "are listed below".
_IS = (
    rf"(?:(?:is|are|was|were)\s+{_MARKS}(?:an?|the|one|any|another|some|what|where|how|similar)|"
    r"(?:is|are)\s+[\w’'-]+['’]s?\s+\w+|"
    r"are\s+(?:[\w-]+\s+){0,2}\w+s\s+(?:of|that|which|for|in|with|to|you)|"
    r"(?:is|are|can\s+be)\s+used\s+to|"
    r"means?|refers?\s+to|denotes?|stands?\s+for|consists?\s+of|comprises?|"
    r"(?:lets?|allows?|enables?|helps?)\s+(?:you|us|your|an?|the))\b"
)
# "A compiler translates …"
_DOES = r"(?!(?:is|was|has|does)\b)\w+s\b"
_CALLED = r"\b(?:called|named|termed|dubbed|known\s+as|referred\s+to\s+as)\s+(?:an?\s+|the\s+)?"
# A few words are taken for the name of a thing, "where is it" is not.
ASKS_ELSE = re.compile(r"\W*(?:where|when|which|how|why)\b", re.IGNORECASE)
_OF_ITSELF = (None, "expansion", "summary")
"""Details that what defines a thing tells, too."""
_PLACE = re.compile(r"\s(?:in|within|under)\s+\w", re.IGNORECASE)
_GLOSS = re.compile(r"\W*(?:an?|any|one|the)\s", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[^\W\d_]{2,6}")
_SHORTEST = 4
_ENDS, _VOWEL = ("ing", "ie", "y", "e"), re.compile(r"[aeiouyäöü]")
"""What words end in, and what is before it: "string" is no form of another."""
_MOST = 12
"""Words of the name of a thing."""


class Definition:
    """The thing whose definition a question asks for, if it asks for one."""

    def __init__(self, question: Question, subject: str = "", side: Sequence[str] = ()) -> None:
        """Read the thing off a question; there is none where it asks for no definition.

        Args:
            subject: what all documents are about: a name may have it, too.
            side: the words of one of two things that it compares, which is then the thing.
        """
        self._language = question.language
        self._subject = naming(subject) if subject else None
        self._is_side = bool(side)
        if side:
            self._stems, self._name = [*map(_stem, side)], " ".join(side)
            return
        first = compiled(WHAT_AND).fullmatch(question.text)
        end = first.end("what") if first else len(question.text)
        wants = question.intent == "definition" and question.detail in _OF_ITSELF
        wants = (wants and not ASKS_ELSE.match(question.text)) or bool(first)
        asked = [word for word in question.keywords if word.end() <= end]
        wanted = asked if wants and len(asked) <= _MOST else ()
        words = _without_place(wanted, question.text)
        self._stems = [_stem(word.group()) for word in words]
        self._name = question.text[words[0].start() : words[-1].end()] if words else ""

    def __bool__(self) -> bool:
        """Whether a definition is asked for."""
        return bool(self._stems)

    def defines(self, text: str) -> bool:
        """Whether a text has a sentence that defines the thing."""
        return bool(self) and self.is_said(text) and self._pattern.search(text) is not None

    def worths(self, entry: int, section: int, index: Index) -> NDArray[np.float32]:
        """What the pieces of a section are worth as a definition, from 0 on, float32 (pieces,)."""
        rows = index.section_rows(entry, section)
        worths = np.zeros(len(rows), np.float32)
        if not (self and rows):
            return worths
        page = index.entries[entry]
        own = page.sections[section]
        spans = index.sentences[rows.start : rows.stop, 2:].tolist()
        # What half a heading names is no side of a comparison.
        if (share := self.called_by(section, page)) == 1.0 or (share and not self._is_side):
            prose = prose_start(own)
            begun = next((n for n, (start, _) in enumerate(spans) if start >= prose), 0)
            is_gloss = share == 1.0 and not self._is_side and _GLOSS.match(own.text, *spans[begun])
            begins = GLOSS if is_gloss else BEGINS * share
            worths[begun] = OPENS if section == self._opened(entry, index) else begins
        if self.defines(own.text):
            worth = OPENS if section == self._opened(entry, index) else DEFINES
            code = [range(block.start, block.end) for block in own.blocks if block.kind == "code"]
            for place, (start, end) in enumerate(spans):
                is_code = any(start in block for block in code)
                if not is_code and self.defines(own.text[start:end]):
                    worths[place] += worth
        return SIDE * worths if self._is_side else worths

    def called_by(self, section: int, page: Entry) -> float:
        """How much of what a section is called is the thing: by its own heading or, where it is the
        first with prose, by the page's title."""
        path = named_titles(page, section)
        of_section = self._named_by(path[-1]) if path and not is_part(page, section) else 0.0
        of_page = self._named_by(page_title(page)) if section == first_prose(page) else 0.0
        return max(of_section, of_page)

    def is_called(self, label: str) -> bool:
        """Whether a label, or a heading, is the thing and nothing else."""
        return self._named_by(label) == 1.0

    def is_said(self, text: str) -> bool:
        """Whether a text has the words of the thing, in whatever order."""
        lower = text.lower()
        return all(stem in lower for stem in self._stems)

    def opening(self, index: Index) -> list[tuple[int, int]]:
        """(entry, section) of what explains the thing where all documents are about it."""
        found = ((entry, self._opened(entry, index)) for entry in _openings(index))
        return [(entry, section) for entry, section in found if section is not None]

    def _opened(self, entry: int, index: Index) -> int | None:
        """The first section with prose of a page that opens its folder, where that explains the
        thing."""
        page = index.entries[entry]
        if not is_opening_id(page.id):
            return None
        first = first_prose(page)
        if prose_start(page.sections[first]) < 0:
            return None
        is_defined = self.defines(page.sections[first].text) and entry in _openings(index)
        return first if is_defined or self._named_by(page_title(page)) == 1.0 else None

    def _named_by(self, heading: str) -> float:
        """The share of a heading's keywords that name the thing: all of "Using workspaces",
        half of "Members of workspaces", and none of "When to use workspaces"."""
        if self._subject and not self._subject.search(self._name):
            heading = self._subject.sub("", heading).strip() or heading
        words = _without_place([*keywords(heading, None, self._language)], heading)
        named = [_stem(word.group()) for word in words]
        size = len(self._stems)
        starts = range(len(named) - size + 1)
        if ASKS_ELSE.match(heading) or not any(
            named[start : start + size] == self._stems for start in starts
        ):
            return 0.0
        return size / len(named)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The forms of a definition."""
        name = r"[\s-]+".join(map(_forms, re.findall(r"\w+", self._name)))
        marked = rf"{_MARK}+{name}{_MARK}+"
        plain = rf"{_MARKS}(?<![^\W_]){name}(?![^\W_]){_MARKS}"
        name, linked = (rf"{plain}{link}{_ASIDE}{_MARKS}" for link in ("", _ADDRESS))
        begins = r"(?:^[^\w\n]{0,8}|[.,;:!?(]\s+)(?:(?:an?|the|each|every)\s+)?"
        # A label with one side is seldom what tells it from the other.
        labels = r"\s*:\W*\w|\s+[–—-]\s|" if not self._is_side else ""
        spelled = _spelled_out(self._name)
        return re.compile(
            # "[Workspaces](w.md): what they are" leads to what defines it.
            rf"{begins}{name}(?:{labels}\s+{_IS})|{begins}{linked}\s+{_IS}|"
            rf"{begins}{marked}{_OF_WHAT}\s+means\b|"
            rf"^[^\w\n]{{0,8}}an?\s+{name}\s+{_DOES}|{_CALLED}{name}|\({name}\)\s+{_IS}|"
            rf"\b{spelled}{_MARKS}\s+\({plain}\)|{plain}\s+\({_MARKS}{spelled}\b",
            re.IGNORECASE | re.MULTILINE,
        )


def is_part(page: Entry, section: int) -> bool:
    """Whether what a section is called is told elsewhere: it is headed as its page, which begins
    before it, or has no more than a signature."""
    is_later = repeats_page(page, section) and first_prose(page) < section
    return is_later or is_signature(page.sections[section])


def compared(question: Question, subject: str = "") -> list[Definition]:
    """The two things that a question compares, whose definitions tell them apart, each by the words
    that the other has not; none where it compares none.

    Args:
        subject: what all documents are about.
    """
    sides = compared_words(question.text, question.keywords, question.language)
    if not sides:
        return []
    one, other = sides
    own = ([word for word in one if word not in other], [word for word in other if word not in one])
    return [Definition(question, subject, side) for side in own] if all(own) else []


def _without_place(words: Sequence[re.Match[str]], text: str) -> Sequence[re.Match[str]]:
    """The words that name a thing: none of where it is one, as in "a hook in Fastify"."""
    place = _PLACE.search(text, words[0].end()) if words else None
    return [word for word in words if word.end() <= place.start()] if place else words


def _openings(index: Index) -> list[int]:
    """The ordinals of the pages that open all documents, or those of the folder of the first."""
    first = PurePosixPath(index.entries[0].id).parts[0]
    names = [name for stem in OPENINGS for name in (stem, stem.upper(), stem.capitalize())]
    return index.ordinals.known([*names, *(f"{first}/{name}" for name in names)])


def _spelled_out(name: str) -> str:
    """A pattern of the words that an abbreviation stands for, which begin with its letters:
    "service level objectives" of "SLO", and of "SLOs"."""
    if not _ABBREVIATION.fullmatch(name):
        return r"(?!)"
    spellings = dict.fromkeys((name, singular(name)))
    words = (r"[\s-]+".join(rf"{letter}[\w’']*" for letter in one) for one in spellings)
    return rf"(?:{'|'.join(words)})"


def _forms(word: str) -> str:
    """A pattern of a word in its forms."""
    stem = _stem(word)
    most = max(3, len(singular(word)) - len(stem) + 1)
    return rf"{re.escape(stem)}[^\W_]{{0,{most}}}"


def _stem(word: str) -> str:
    """A word without what its other forms may end in."""
    word = singular(word.lower())
    if len(word) <= _SHORTEST:
        return word
    stem = next((word.removesuffix(end) for end in _ENDS if word.endswith(end)), word)
    return stem if _VOWEL.search(stem) else word
