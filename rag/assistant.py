"""The assistant: one path from a question to an answer, the same for every way of asking.

text ─ resolve ─ parse ─▶ Question ─ retrieve ─ select ─▶ Found ─ decide ─ compose ─▶ Answer
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from entrywise.data.errors import QuestionError
from entrywise.index.store import Index
from entrywise.rag.abstain import abstain
from entrywise.rag.answer import Answer, Hit, Part, Subjects
from entrywise.rag.compose import compose
from entrywise.rag.conversation import resolve
from entrywise.rag.draft import plain_text
from entrywise.rag.explain import explanation
from entrywise.rag.question import Question, parse
from entrywise.rag.retrieve import hit, retrieve
from entrywise.rag.select import select
from entrywise.rag.settings import THRESHOLD, Settings, load_settings
from entrywise.rag.suggest import references, suggestions
from entrywise.rag.verdict import decide

# A question is a sentence or two; a pasted log or a paper is not, and says so before it costs time.
MAX_CHARACTERS = 10_000
DEFAULT_TOP = 10

# What a terminal's copy of coloured text brings along.
_ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


class Assistant:
    """Answers questions from one index. Safe to share between threads; holds no conversation.

    >>> with Assistant.open() as assistant:                    # doctest: +SKIP
    ...     print(assistant.ask("difference between GQA and MLA").text)
    """

    def __init__(self, index: Index, *, threshold: float = THRESHOLD) -> None:
        """Answer from an opened index, with a confidence of at least `threshold`, 0 to 1."""
        self.index = index
        self.threshold = threshold

    @classmethod
    def open(
        cls, index: str | Path | None = None, *, settings: Settings | None = None
    ) -> Assistant:
        """Open an index; without one, the shipped glossary's, which is built on first use.

        Args:
            index: the folder of an index; it goes before the one in the settings.
            settings: by default those of the environment and the settings file.

        Raises:
            IndexMissing: there is no index in that folder, or the cache cannot be written.
            IndexDamaged: the index is truncated, altered or of another version.
            SettingsError: a setting is unknown or has a wrong value.
        """
        settings = settings or load_settings()
        folder = Path(index) if index is not None else settings.index_folder
        if folder is not None:
            return cls(Index(folder), threshold=settings.threshold)
        from entrywise.index.cache import open_shipped

        return cls(open_shipped(settings.cache_folder), threshold=settings.threshold)

    def close(self) -> None:
        """Release the files of the index."""
        self.index.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        top: int = DEFAULT_TOP,
        explain: bool = False,
    ) -> Answer:
        """Answer a question from the knowledge base.

        Args:
            question: at most 10,000 characters.
            history: the questions asked before in this conversation, oldest first; a follow-up
                such as "and MLA?" is completed from them.
            top: how many retrieved entries the answer lists, at least 1.
            explain: say in `Answer.explanation`, line by line, why the answer is what it is.

        Raises:
            QuestionError: the question is empty or too long.
            ValueError: `top` is less than 1.
        """
        if top < 1:
            raise ValueError(f"top is {top}, but must be at least 1")
        text = cleaned(question)
        watch = _Stopwatch()
        complete = self.completed(text, history)
        watch.lap("parse")
        encoded = self.index.encoder.encode_query(complete)
        watch.lap("encode")
        parsed = parse(complete, self.index, encoded)
        watch.lap("parse")
        retrieved = retrieve(parsed, self.index, max(top, DEFAULT_TOP))
        # What is answered does not depend on how much is listed.
        found = select(parsed, retrieved[:DEFAULT_TOP], self.index)
        verdict = decide(found, self.threshold)
        watch.lap("retrieve")
        draft = abstain(found) if verdict.withheld else compose(found)
        watch.lap("compose")
        return Answer(
            question=text,
            status=verdict.status(draft),
            confidence=round(verdict.confidence.probability, 4),
            intent=parsed.intent,
            text=plain_text(draft.parts, draft.citations),
            parts=tuple(draft.parts),
            citations=tuple(draft.citations),
            retrieved=tuple(hit(candidate, self.index) for candidate in retrieved[:top]),
            subjects=_subjects(parsed, self.index),
            suggestions=suggestions(draft, found),
            references=references(draft, self.index),
            timings_ms=watch.milliseconds,
            explanation=tuple(explanation(found, verdict, draft)) if explain else (),
        )

    def completed(self, question: str, history: Sequence[str]) -> str:
        """A follow-up, complete in itself: "and MLA?" after "what is GQA?" is "what is MLA?".

        Args:
            history: as for `ask`; what cannot be read of it is passed over.

        Raises:
            QuestionError: the question is empty or too long.
        """
        return resolve(cleaned(question), readable_questions(history), self.index)

    def stream(self, question: str, *, history: Sequence[str] = ()) -> Iterator[Part | Answer]:
        """The parts of an answer one by one, then the whole Answer.

        Raises:
            QuestionError: the question is empty or too long.
        """
        answer = self.ask(question, history=history)
        yield from answer.parts
        yield answer

    def search(self, query: str, limit: int = DEFAULT_TOP) -> list[Hit]:
        """The entries that fit a query, best first.

        Raises:
            QuestionError: the query is empty or too long.
            ValueError: `limit` is less than 1.
        """
        if limit < 1:
            raise ValueError(f"limit is {limit}, but must be at least 1")
        parsed = parse(cleaned(query), self.index)
        return [hit(found, self.index) for found in retrieve(parsed, self.index, limit)]


class _Stopwatch:
    """Times stages that follow one another; one may have several laps."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, stage: str) -> None:
        """Count the time since the last lap to a stage."""
        now = perf_counter()
        spent = self.milliseconds.get(stage, 0.0) + (now - self._last) * 1000
        self.milliseconds[stage] = round(spent, 3)
        self._last = now


def cleaned(question: str) -> str:
    """A question on one line, without control characters and surplus space.

    Raises:
        QuestionError: nothing is left, or it has more than 10,000 characters.
    """
    text = _ESCAPE_SEQUENCE.sub(" ", question)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not text:
        raise QuestionError('the question is empty; ask something, e.g. "what is GQA?"')
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


def _subjects(question: Question, index: Index) -> Subjects:
    known = tuple(index.catalog.ids[entry] for entry in question.surely_named)
    return Subjects(known, question.unknown)
