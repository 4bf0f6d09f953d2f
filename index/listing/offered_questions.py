"""Chooses the sample questions that are offered while somebody types: those that are written as one
would write them.

    What is DoRA?                       offered
    dora vs lora, worth it?             a name is written otherwise than its entry writes it
    Quantisation metods, what are they  no question mark, and a word that nothing knows
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.words import plain_words
from entrywise.index.names.forms import Name

LONGEST_QUESTION = 100
"""Characters of a question that is offered: a longer one is not read while one types."""


def offered(
    questions: Iterable[str],
    names: Iterable[Name],
    language: Collection[str],
    known: Callable[[Iterable[str]], Sequence[bool]],
) -> Iterator[str]:
    """Those of some questions that can be offered, in their order.

    Args:
        names: those of the entries.
        language: the words of the language, in lower case.
        known: tells whether the texts have a form of each of some words, in lower case; of words
            that it does not look up it tells nothing.
    """
    written = _with_capitals(names)
    right: dict[str, bool] = {}
    for question in questions:
        if len(question) > LONGEST_QUESTION or not question.endswith(QUESTION_MARKS):
            continue
        for word in plain_words(question):
            if word not in right:
                right[word] = word in language or all(known([word]))
        is_spelt = all(map(right.__getitem__, plain_words(question)))
        if is_spelt and not any(_is_misnamed(word, written) for word in _words(question)):
            yield question


def _with_capitals(names: Iterable[Name]) -> dict[str, set[str]]:
    """{in lower case: the ways in which names of one word are written} of those whose capitals are
    not only their first letters: DoRA, GQA."""
    written: dict[str, set[str]] = {}
    for name in names:
        if name.form.isalnum() and not name.ordinary:
            written.setdefault(name.form.lower(), set()).add(name.form)
    return {
        key: forms
        for key, forms in written.items()
        if not any(form.islower() or form.istitle() for form in forms)
    }


def _words(question: str) -> list[str]:
    return [word.strip("?,.;:!()\"'“”„’") for word in question.split()]


def _is_misnamed(word: str, written: dict[str, set[str]]) -> bool:
    return word not in written.get(word.lower(), {word})
