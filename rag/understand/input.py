"""Questions as they are read: on one line, without what only a terminal or a log has in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress

from entrywise.data.errors import QuestionError

# A question is a sentence or two; a pasted log or a paper is not, and says so before it costs time.
MAX_CHARACTERS = 10_000
# What a terminal's copy of coloured text brings along.
_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


def cleaned(question: str) -> str:
    """A question on one line, without control characters and surplus space.

    Raises:
        QuestionError: nothing is left, or it has more than 10,000 characters.
    """
    text = _ESCAPE_SEQUENCE.sub(" ", question)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    text = " ".join(text.split())
    if not text:
        raise QuestionError("the question is empty; ask something")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(text):,} characters, at most {MAX_CHARACTERS:,} are read; "
            "shorten it"
        )
    return text


def readable_questions(history: Sequence[str]) -> list[str]:
    """The questions of a conversation that can be read, cleaned: the others say nothing of what
    follows them."""
    readable = []
    for asked in history:
        with suppress(QuestionError):
            readable.append(cleaned(asked))
    return readable
