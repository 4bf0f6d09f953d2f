"""The description of a page, for those who show a link to it: a chat, a mail, a search engine."""

from __future__ import annotations

from entrywise.data.identity import Identity
from entrywise.data.languages import DEFAULT
from entrywise.index.passages.sentences import sentence_spans
from entrywise.rag.answer import AnswerValues
from entrywise.rag.render.escape import one_line, printable
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.visitor import quote_text
from entrywise.web.texts.catalogue import Texts

LONGEST = 200
"""Characters of a description: those who show it cut it about there."""

_BEHIND = 50
"""Characters behind it that are read, to see where a sentence ends."""


def about(identity: Identity, texts: Texts) -> str:
    """What a knowledge base is."""
    return identity.description or identity.tagline or texts("layout.about", title=identity.title)


def summary(answer: AnswerValues, language: str) -> str:
    """What an answer says first, or that there is none, in a line.

    Args:
        language: that of the knowledge base, as a tag.
    """
    first = answer.citations[0] if answer.citations else None
    said = quote_text(first) if first else next((part.text for part in answer.parts), "")
    return opening(said, language=language)


def opening(text: str, longest: int = LONGEST, language: str = DEFAULT) -> str:
    """The first sentences of a text in a language that fit; the words that do where the first one
    is longer.

    >>> opening("It is short. It goes on and on.", 20), opening("It goes on and on.", 12)
    ('It is short.', 'It goes on …')
    """
    line = printable(readable(one_line(text)))
    if len(line) <= longest:
        return line
    # Where the last one ends is where it was cut.
    begun = sentence_spans(line[: longest + _BEHIND], language)[:-1]
    ends = [end for _, end in begun if end <= longest]
    if ends:
        return line[: ends[-1]]
    return f"{line[: longest - 1].rpartition(' ')[0] or line[: longest - 2]} …"
