"""Questions as they are read: on one line, without what only a terminal or a log has in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from entrywise.data.errors import ArgumentError, ArgumentTypeError, QuestionError
from entrywise.data.words import composed

# A question is a sentence or two; a pasted log or a paper is not, and says so before it costs time.
MAX_CHARACTERS = 10_000
# What a terminal's copy of coloured text brings along.
_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


def cleaned(question: str) -> str:
    """A question on one line, without control characters and surplus space.

    Raises:
        QuestionError: nothing is left, or it has more than 10,000 characters.
        ArgumentTypeError: it is no str.
    """
    # Whoever calls may have no types.
    if not isinstance(question, str):
        kind = type(question).__name__
        raise ArgumentTypeError(f"the question is of type {kind}; give a str")
    text = _one_line(question)
    if not text:
        raise QuestionError("the question is empty; ask something")
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question has {len(text):,} characters, at most {MAX_CHARACTERS:,} are read; "
            "shorten it"
        )
    return text


def as_typed(question: str) -> str:
    """A question as it was typed, for those who read it: of several lines, as of code and logs,
    each keeps its indent and its blanks, and where some are empty one is.

    >>> as_typed(" why  does this fail? ")
    'why does this fail?'
    >>> as_typed("why does this fail?\\n\\n\\nif x:\\n    fail()  \\n")
    'why does this fail?\\n\\nif x:\\n    fail()'
    """
    # A tab is as wide as four blanks, wherever it is shown.
    text = _ESCAPE_SEQUENCE.sub("", question).expandtabs(4)
    lines = [_printable(line).rstrip() for line in text.splitlines()]
    written = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    text = composed("\n".join(written).strip())
    return text if "\n" in text else _one_line(question)


def _one_line(text: str) -> str:
    return composed(" ".join(_printable(_ESCAPE_SEQUENCE.sub(" ", text)).split()))


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def readable_questions(history: Sequence[str]) -> list[str]:
    """The questions of a conversation that can be read, cleaned: the others say nothing of what
    follows them."""
    readable = []
    for asked in history:
        with suppress(QuestionError):
            readable.append(cleaned(asked))
    return readable


def check_history(history: Sequence[str]) -> Sequence[str]:
    """The questions of a conversation, insisting that they are some.

    Raises:
        ArgumentTypeError: it is one text, whose characters would be read as questions, or holds
            what is no str.
    """
    if isinstance(history, str | bytes | Mapping) or not isinstance(history, Iterable):
        kind = type(history).__name__
        raise ArgumentTypeError(f"history is of type {kind}; give a list of questions")
    asked = history if isinstance(history, Sequence) else list(history)
    for one in asked:
        if not isinstance(one, str):
            kind = type(one).__name__
            raise ArgumentTypeError(f"history holds a {kind}; give a list of str")
    return asked


def check_count(name: str, count: int) -> None:
    """Insist that an argument counts something.

    Raises:
        ArgumentTypeError: it is no whole number.
        ArgumentError: it is less than 1.
    """
    if not hasattr(count, "__index__"):
        kind = type(count).__name__
        raise ArgumentTypeError(f"{name} is of type {kind}; give a whole number from 1 on")
    if count < 1:
        raise ArgumentError(f"{name} is {count}, but must be at least 1")
