"""The words of a question, each with its share of their rarity, and how much of them a text says:
all of them, or those beside the names in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from entrywise.data.words import beginning, content_words, is_said, plain_words
from entrywise.index.index import Index
from entrywise.index.words.index import OF_A_PHRASE
from entrywise.rag.find.identifiers import has_option, one_word_options, options
from entrywise.rag.understand.mention import characters, sure
from entrywise.rag.understand.question import Question

_UNNAMED = 0.2
"""The share, by rarity, of the words that tell what is asked which the headings of a section that
is all about it may lack. With 0.3 one text fewer is shown of the fourteen collections."""
_SHORTEST = 4
_REPEATED = 4
"""Words in a row that a question and a message of a program have alike; fewer may be a command."""
_MOST = 2_000
"""Characters of both that are compared."""
_VERSION = re.compile(r"\d{1,9}(?:\.\d{1,9})+")
_HOW_MANY = re.compile(r"\b(?:how many|wie viele)\b", re.IGNORECASE)
# "exponent bits" is two words, and "448 extremely difficult science questions" has three between.
_COUNTED = 2
_BETWEEN = 3
# "How much memory per token", "wie viel Zucker pro Glas".
_PER = re.compile(r"\b(?:per|pro)\s+(?P<unit>[^\W\d_]{3,})", re.IGNORECASE)


class QuestionWords:
    """The keywords of a question and its options, each with its share of their rarity."""

    def __init__(self, question: Question, index: Index) -> None:
        names = options(question.text)
        self._runs = _runs(question.text)
        self._telling = " ".join(word.group() for word in question.keywords)
        words = content_words(question.text)
        if names:
            # What only asks is as rare in references as what is asked about.
            told = dict.fromkeys(word.group().lower() for word in question.keywords)
            words = [word for word in words if word in told]
        rarities = index.words.rarities(words)
        of_names = [OF_A_PHRASE * one for one in index.words.phrase_rarities(names)]
        total = sum(rarities) + sum(of_names) or 1.0
        self._form = index.words.form
        meaningless = index.words.meaningless(names, one_word_options(names))
        self._shares = [
            (word, rarity / total)
            for word, rarity in zip(words, rarities, strict=True)
            if word not in meaningless
        ]
        self._names = [(name, rarity / total) for name, rarity in zip(names, of_names, strict=True)]

    def coverage(self, text: str, *, beside: str = "") -> float:
        """The share of them that a text has, and another does not, in [0, 1]."""
        said, known = (set(map(self._form, plain_words(one))) for one in (text, beside))
        shares = sum(
            share
            for word, share in self._shares
            if self._is_said(word, said) and not (known and self._is_said(word, known))
        )
        return shares + sum(
            share
            for name, share in self._names
            if has_option(text, name) and not has_option(beside, name)
        )

    def _is_said(self, word: str, said: Collection[str]) -> bool:
        """Whether a word is among some, or one of a version that it begins: "2.13" is said by
        "2.13.0"."""
        if is_said(word, said, self._form):
            return True
        return _VERSION.fullmatch(word) is not None and any(
            one.startswith(f"{word}.") for one in said
        )

    def told(self, text: str, *, beside: str) -> float:
        """The share that a text has, and another does not, of those that do more than ask, in
        [0, 1]."""
        share = self.coverage(self._telling)
        return min(self.coverage(text, beside=beside) / share, 1.0) if share else 0.0

    def are_repeated(self, text: str) -> bool:
        """Whether a text has some words of the question in a row: it may be what was pasted."""
        return not self._runs.isdisjoint(_runs(text))

    def are_all_said(self, titles: str) -> bool:
        """Whether titles say nearly all that is asked, words that only ask aside."""
        share = self.coverage(self._telling)
        return share > 0.0 and self.coverage(self._telling, beside=titles) <= _UNNAMED * share


class AskedWords:
    """The keywords of a question beside the names in it, each with its share of their rarity."""

    def __init__(self, question: Question, index: Index) -> None:
        named = characters(sure(question.mentions))
        words = [
            word.group().lower()
            for word in question.keywords
            if word.start() not in named and _says_something(word.group())
        ]
        rarities = index.words.rarities(words)
        total = sum(rarities) or 1.0
        self._key = index.words.key
        self.counted = _counted(question)
        """Finds a number of what it asks the number of, "448 science questions", or for each of
        what it asks the number for, "4 KB/token", if it does."""
        self._shares: dict[str, float] = {}
        for word, rarity in zip(words, rarities, strict=True):
            start = beginning(self._key(word))
            self._shares[start] = self._shares.get(start, 0.0) + rarity / total

    def shares_in(self, texts: Sequence[str]) -> list[float]:
        """The share of them that each text says, in any form, in [0, 1]."""
        if not self._shares:
            return [0.0] * len(texts)
        said = [set(map(beginning, map(self._key, plain_words(text)))) for text in texts]
        shares = self._shares.items()
        return [sum(share for start, share in shares if start in words) for words in said]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word for word in plain_words(text[:_MOST]) if word.isalpha()]
    return {tuple(words[at : at + _REPEATED]) for at in range(len(words) - _REPEATED + 1)}


def _says_something(word: str) -> bool:
    """Whether a word is long enough to tell sentences apart, or a quantity: "70B"."""
    return len(word) >= _SHORTEST or any(map(str.isdigit, word))


def _counted(question: Question) -> re.Pattern[str] | None:
    asks = _HOW_MANY.search(question.text)
    behind = (word for word in question.keywords if asks and word.start() >= asks.end())
    words = [word.group().lower() for word in islice(behind, _COUNTED)]
    between = rf"(?:[^\W\d][\w-]* ){{0,{_BETWEEN}}}"
    numbers = []
    if words:
        starts = "|".join(re.escape(beginning(word)) for word in words)
        numbers.append(rf"[ -]{between}(?:{starts})")
    rate = _PER.search(question.text) if question.intent == "numeric" else None
    if rate:
        unit = re.escape(beginning(rate["unit"]))
        numbers.append(rf" ?{between}[^\W\d]*(?:/|\b(?:per|pro) ){unit}")
    found = rf"\d[\w.,]{{0,20}}\$?(?:{'|'.join(numbers)})"
    return re.compile(found, re.IGNORECASE) if numbers else None
