"""The words of claims and quotes, compared by their stems (Snowball's English stemmer)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.distance import Prefix

from entrywise.data.words import STOP_WORDS

# The sides of a hyphen are words of their own; "Q4_K_M", "3.1" and "model's" are one.
_WORD = re.compile(r"[^\W_]+(?:[.'’_](?=\w)[^\W_]+)*")
# Written like a name wherever it stands: a capital or a digit behind the first sign.
_CASED = re.compile(r".+[A-Z\d]|\d+[A-Za-z]")
# Two stems that begin with fewer letters in common are no forms of one word.
LEAST_SHARED = 4
# "z.B", "i.d.R": no name, whatever capitals it has.
_ABBREVIATION = re.compile(r"[a-z](?:\.[^\W\d_])+")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;]\s+|[“\"(]\s*)\Z")

# Words that say nothing by themselves: a sentence may have them whatever it is about.
FUNCTION_WORDS = STOP_WORDS.union(
    "about above after again against all also although always am among another any around back "
    "because been before being below beside besides between both came can come could did do does "
    "doing done down due during each either else even ever every from further gave get gets give "
    "given gives go goes got had has have having he hence her here him his how however i instead "
    "its itself just keep keeps kept let lets like made make makes making may me means meaning "
    "might more most much must my near need needs never next nor now off often once one only "
    "onto other others our out over own per put quite rather really s same say see shall she "
    "should since so some still take taken takes than thanks them therefore those though through "
    "throughout thus together too toward towards under unlike until up upon us use used uses "
    "using very via way we well were what when where whereas whether which while who whole whom "
    "whose why within without would yet you your simply essentially basically importantly mainly "
    "actually namely thereby".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as it is written, where (characters, end exclusive), and its stem."""

    text: str
    start: int
    end: int
    stem: str
    opens: bool
    """Whether a sentence begins with it."""

    @property
    def tells(self) -> bool:
        """Whether it says something by itself; "US" does, "us" does not."""
        whole, _, end = self.text.lower().replace("’", "'").partition("'")
        is_function = (whole in FUNCTION_WORDS or end == "t") and not self.text.isupper()
        return len(self.text) > 1 and not is_function

    @property
    def is_name(self) -> bool:
        """Whether it is written as names are."""
        if _ABBREVIATION.fullmatch(self.text):
            return False
        return bool(_CASED.match(self.text)) or (self.text[0].isupper() and not self.opens)


@cache
def _stemmer() -> Any:
    # Here, as reading all of its languages takes 60 ms.
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(2**16)
def stem(word: str) -> str:
    """The stem of a word, in lower case.

    >>> stem("Quantized") == stem("quantizing")
    True
    """
    stemmed: str = _stemmer().stemWord(word.lower().replace("’", "'"))
    return stemmed.removesuffix("'s")


def words(text: str) -> list[Word]:
    """The words of a text that have a letter."""
    return [
        Word(
            found[0],
            found.start(),
            found.end(),
            stem(found[0]),
            opens=_SENTENCE_START.search(text[max(0, found.start() - 8) : found.start()])
            is not None,
        )
        for found in _WORD.finditer(text)
        if any(map(str.isalpha, found[0]))
    ]


def alike(one: str, other: str) -> bool:
    """Whether two stems are forms of one word that the stemmer keeps apart, or one is short for the
    other.

    >>> alike("quantis", "quantiz"), alike("sync", "synchron"), alike("layer", "layout")
    (True, True, False)
    """
    shared = Prefix.similarity(one, other)
    shorter, longer = sorted((len(one), len(other)))
    return shared >= LEAST_SHARED and (shared == shorter or shared >= 0.75 * longer)


def acronyms(found: Sequence[Word]) -> set[str]:
    """The initials of two to five words in a row: "llm" of "large language model"."""
    initials = "".join(word.text[0].lower() for word in found)
    return {initials[i : i + n] for n in range(2, 6) for i in range(len(initials) - n + 1)}
