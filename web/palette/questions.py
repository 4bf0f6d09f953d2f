"""Finds questions that what is typed may become: one that ends in a name that is begun, those to
begin with, and those that are answered here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from entrywise.data.entries import short_name
from entrywise.data.questions.examples import sentence
from entrywise.index.listing.titles import words_in
from entrywise.rag.understand.wording import COMPARING, compiled
from entrywise.web.palette.typed_words import may_go_on, only_asks
from entrywise.web.served.served import Served


def to_begin_with(served: Served, typed: str) -> list[str]:
    """The questions to begin with that have all typed words, as they are or as beginnings."""
    pages = served.pages_of_examples
    every = [(one, words_in(typed, one)) for one, page in pages.items() if not page]
    return [one for one, found in every if found and all(found)]


def held(served: Served, typed: str, most: int) -> list[str]:
    """Questions that have all typed words, the last one as it is or as a beginning."""
    return [*map(_as_written, served.assistant.index.titles.questions(typed, most))]


def near(served: Served, endings: Sequence[str], most: int) -> list[str]:
    """Those that have the words of the longest ending of which there are some, but for words that
    only ask, by which questions are not told apart."""
    index = served.assistant.index
    for ending in endings:
        if found := index.titles.questions(told(ending, index.language), most):
            return [*map(_as_written, found)]
    return []


def told(ending: str, language: str) -> str:
    """What is typed without words that only ask."""
    return " ".join(word for word in ending.split() if not only_asks(word, language))


def completed(served: Served, typed: str, ending: str, names: Sequence[str]) -> Iterator[str]:
    """The question that is being typed, with the name that it is about to end in; of a comparison
    with the second one."""
    begun, index = typed.removesuffix(ending), served.assistant.index
    if compiled(COMPARING).search(typed) and not index.names.find(begun):
        return
    for name in map(short_name, names):
        # The title of a document may be anything: "how do i Installing uv" is no question.
        is_word = not (index.holds_documents and " " in name)
        if begun.strip() and begins(ending, name) and is_word and may_go_on(ending, index):
            yield begun + name


def begins(typed: str, name: str) -> bool:
    """Whether a name goes on from what is typed."""
    return name.lower().startswith(typed.lower()) and len(name) > len(typed)


def _as_written(question: str) -> str:
    """A question that begins as a sentence does, unless it begins with a name."""
    return sentence(question) if question.partition(" ")[0].isalpha() else question
