"""Batches: a question a line in, an answer a line out, in order, nothing lost."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from entrywise.data.errors import EntrywiseError, IndexUnusable, QuestionError
from entrywise.data.system_errors import unreadable
from entrywise.rag.commands.terminal import DONE, FAULT, LLM_FAILED, USAGE, fault_of, say
from entrywise.rag.parallel.workers import in_order


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line of a batch."""

    id: str | int
    question: str


Respond = Callable[[str], dict[str, Any]]
"""What a question is answered with, as JSON."""


def run_batch(
    program: str,
    lines: Iterable[bytes],
    respond: Respond,
    opening: Callable[[], Respond] | None = None,
) -> int:
    """Read JSON lines `{"id", "question"}`, print `{"id", …}` for each, in order, when it is there.

    Args:
        opening: opens `respond` in other processes, which are started when many lines wait; it can
            be pickled.

    Returns:
        0 when every line was answered, 2 when one was not valid, 4 when only a required LLM
        failed, 70 when one met an unforeseen fault; each such line is reported on stderr.
    """
    status = DONE
    work = _Lines(respond)
    with closing(in_order(lines, work, opening and partial(_opened, opening))) as outcomes:
        for number, outcome in enumerate(outcomes, start=1):
            try:
                answer = outcome.result()
            # An index that cannot be used, as another process finds, ends the batch.
            except IndexUnusable:
                raise
            except Exception as error:
                text, failed = fault_of(error, [program, "--batch"])
                say(f"{program}: line {number}: {text}")
                status = _worse(status, failed)
            else:
                if answer:
                    print(answer, flush=True)
    return status


def _worse(one: int, other: int) -> int:
    """The graver of two exit codes: a fault, then a line that is not valid, then an LLM
    that failed."""
    return next(code for code in (FAULT, USAGE, LLM_FAILED, DONE) if code in (one, other))


class _Lines:
    """Answers lines with lines."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, line: bytes) -> str:
        """The answer to a line, as a line; nothing to an empty one."""
        if not line.strip():
            return ""
        asked = read_line(line)
        record = {"id": asked.id, **self._respond(asked.question)}
        return json.dumps(record, ensure_ascii=False)


def _opened(opening: Callable[[], Respond]) -> _Lines:
    return _Lines(opening())


def read_line(line: bytes) -> BatchQuestion:
    """One line of a batch.

    Raises:
        QuestionError: it is no JSON object with an `id` and a `question`.
    """
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise QuestionError("not UTF-8; save the file as UTF-8") from None
    except (ValueError, RecursionError):
        raise QuestionError('not JSON; write {"id": 1, "question": "…"}') from None
    if not isinstance(record, dict):
        raise QuestionError('not a JSON object; write {"id": 1, "question": "…"}')
    question, name = record.get("question"), record.get("id")
    if not isinstance(question, str):
        raise QuestionError("'question' is missing or no text")
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise QuestionError("'id' is missing, or neither text nor a whole number")
    if isinstance(name, str) and not name.isprintable() and _is_broken(name):
        raise QuestionError("'id' has half a character (a lone surrogate), which cannot be written")
    return BatchQuestion(name, question)


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


@contextmanager
def open_lines(source: str) -> Iterator[BinaryIO]:
    """The lines of a file, or of stdin for `-`.

    Raises:
        EntrywiseError: the file cannot be opened.
    """
    if source == "-":
        yield _stdin()
        return
    try:
        stream = Path(source).open("rb")  # noqa: SIM115 (closed below; only opening may fail here)
    # A ValueError where the name holds what no name may hold.
    except (OSError, ValueError) as error:
        raise EntrywiseError(unreadable(source or "''", error)) from error
    with stream:
        yield stream


def _stdin() -> BinaryIO:
    """A reader of stdin that Python does not close at exit: a thread may be waiting in it."""
    try:
        return open(sys.stdin.fileno(), "rb", closefd=False)
    except OSError:
        # What stands in for stdin is no file.
        return sys.stdin.buffer
