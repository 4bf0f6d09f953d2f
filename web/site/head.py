"""What a page says of itself to those who show a link to it: a chat, a mail, a search engine."""

from __future__ import annotations

import re

from entrywise.data.identity import Identity
from entrywise.rag.answer import AnswerValues
from entrywise.rag.render.escape import one_line, printable
from entrywise.rag.render.formulas import readable
from entrywise.rag.render.visitor import quote_text
from entrywise.web.texts.catalogue import Texts

LONGEST = 200
"""Characters of a description: those who show it cut it about there."""

_END = re.compile(r"[.!?](?=\s)")


def about(identity: Identity, texts: Texts) -> str:
    """What a knowledge base is."""
    return identity.description or identity.tagline or texts("layout.about", title=identity.title)


def summary(answer: AnswerValues) -> str:
    """What an answer says first, or that there is none, in a line."""
    first = answer.citations[0] if answer.citations else None
    said = quote_text(first) if first else next((part.text for part in answer.parts), "")
    return opening(said)


def opening(text: str, longest: int = LONGEST) -> str:
    """The first sentences of a text that fit; the words that do where the first one is longer.

    >>> opening("It is short. It goes on and on.", 20), opening("It goes on and on.", 12)
    ('It is short.', 'It goes on …')
    """
    line = printable(readable(one_line(text)))
    if len(line) <= longest:
        return line
    ends = [end.end() for end in _END.finditer(line, 0, longest)]
    if ends:
        return line[: ends[-1]]
    return f"{line[: longest - 1].rpartition(' ')[0] or line[: longest - 2]} …"
