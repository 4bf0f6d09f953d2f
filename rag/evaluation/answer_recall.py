"""Whether an answer conveys a labelled sentence, by its very words or by most of its content, or
shows a labelled text.

    strict    a quote holds the sentence, or overlaps it in its entry's text
    loose     strict, or at least 0.7 of its content words are among the words of the quotes

The loose rule credits an answer that says the same with another entry's sentence. It is made of
words as they are written, without stemming, so that it is the same everywhere and at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from entrywise.data.entries import Entry
from entrywise.data.words import content_words
from entrywise.rag.answer import Citation

# Of a sentence's words, this share has to be there. At 0.5 a sentence on the same subject with
# another content passes; at 0.9 hardly anything does but the sentence itself.
RECALL = 0.7


def conveys_strictly(citations: Sequence[Citation], sentence: str, entry: Entry) -> bool:
    """Whether a quote holds a sentence of an entry, or overlaps it in the entry's text."""
    return any(
        sentence in citation.quote
        or (citation.entry == entry.id and _overlaps(citation, sentence, entry))
        for citation in citations
    )


def conveys(citations: Sequence[Citation], sentence: str, entry: Entry) -> bool:
    """Whether the quotes convey a sentence of an entry, strictly or by its content words."""
    return (
        conveys_strictly(citations, sentence, entry) or word_recall(citations, sentence) >= RECALL
    )


def shows(quotes: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether one of some texts stands in quotes, as readers take them in: blanks, lines, case and
    Markdown's backslashes do not matter.

    >>> shows(["Run `tar\\n  xf FILE`."], ["TAR xf file"])
    True
    """
    seen = _as_read(" ".join(quotes))
    return any(_as_read(text) in seen for text in texts)


def word_recall(citations: Sequence[Citation], sentence: str) -> float:
    """The share of a sentence's distinct content words that are in the quotes, in [0, 1]."""
    wanted = set(content_words(sentence))
    said = set(content_words(" ".join(citation.quote for citation in citations)))
    return len(wanted & said) / len(wanted) if wanted else 0.0


def _as_read(text: str) -> str:
    return " ".join(text.replace("\\", "").split()).lower()


def _overlaps(citation: Citation, sentence: str, entry: Entry) -> bool:
    return any(
        start < citation.end and citation.start < start + len(sentence)
        for section, start in _places(sentence, entry)
        if section == citation.section
    )


def _places(sentence: str, entry: Entry) -> Iterator[tuple[str, int]]:
    """The sections of an entry that hold a sentence, and where. A label has no offsets."""
    for section in entry.sections:
        start = section.text.find(sentence)
        while start >= 0:
            yield section.name, start
            start = section.text.find(sentence, start + 1)
