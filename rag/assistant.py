"""The assistant: one path from a question to an answer, the same for every way of asking.

text ─ resolve ─ parse ─▶ Question ─ retrieve ─▶ Candidates ─ judge ─ compose ─▶ Answer
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
from entrywise.rag.answer import Answer, Hit, Part, Status, Subjects
from entrywise.rag.compose import compose
from entrywise.rag.confidence import THRESHOLD, Confidence, judge
from entrywise.rag.conversation import resolve
from entrywise.rag.draft import plain_text
from entrywise.rag.explain import explain
from entrywise.rag.question import Question, parse
from entrywise.rag.retrieve import hit, retrieve
from entrywise.rag.settings import Settings, load_settings
from entrywise.rag.suggest import references, suggestions

# A question is a sentence or two; a pasted log or a paper is not, and says so before it costs time.
MAX_CHARACTERS = 10_000
DEFAULT_TOP = 10

# The parts of a model name without which it is explained in part only; a version says little.
_MUST_BE_EXPLAINED = frozenset({"family", "quantization"})

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

    def ask(self, question: str, *, history: Sequence[str] = (), top: int = DEFAULT_TOP) -> Answer:
        """Answer a question from the knowledge base.

        Args:
            question: at most 10,000 characters.
            history: the questions asked before in this conversation, oldest first; a follow-up
                such as "and MLA?" is completed from them.
            top: how many retrieved entries the answer lists, at least 1.

        Raises:
            QuestionError: the question is empty or too long.
            ValueError: `top` is less than 1.
        """
        if top < 1:
            raise ValueError(f"top is {top}, but must be at least 1")
        text = cleaned(question)
        started = perf_counter()
        complete = resolve(text, _readable(history), self.index)
        resolved_at = perf_counter()
        encoded = self.index.encoder.encode_query(complete)
        encoded_at = perf_counter()
        parsed = parse(complete, self.index, encoded)
        parsed_at = perf_counter()
        retrieved = retrieve(parsed, self.index, max(top, DEFAULT_TOP))
        # What is answered does not depend on how much is listed.
        candidates = retrieved[:DEFAULT_TOP]
        confidence = judge(parsed, candidates, self.index)
        retrieved_at = perf_counter()
        status = self._status(parsed, confidence)
        if status == "abstained":
            draft = abstain(parsed, candidates, self.index)
        else:
            draft = compose(parsed, candidates, self.index)
            status = status if draft.complete else "partial"
        composed_at = perf_counter()
        return Answer(
            question=text,
            status=status,
            confidence=round(confidence.probability, 4),
            intent=parsed.intent,
            text=plain_text(draft.parts, draft.citations),
            parts=tuple(draft.parts),
            citations=tuple(draft.citations),
            retrieved=tuple(hit(candidate, self.index) for candidate in retrieved[:top]),
            subjects=_subjects(parsed, self.index),
            suggestions=suggestions(draft, candidates, self.index),
            references=references(draft, self.index),
            timings_ms=_milliseconds(
                parse=resolved_at - started + parsed_at - encoded_at,
                encode=encoded_at - resolved_at,
                retrieve=retrieved_at - parsed_at,
                compose=composed_at - retrieved_at,
            ),
            explanation=tuple(
                explain(
                    complete,
                    parsed,
                    candidates,
                    confidence,
                    self.threshold,
                    status,
                    draft,
                    self.index,
                )
            ),
        )

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

    def _status(self, question: Question, confidence: Confidence) -> Status:
        """Withheld when the subject is a name that no entry owns, even one that a text mentions, or
        when confidence is low."""
        if question.unowned_only or (question.unknown and not question.surely_named):
            return "abstained"
        if question.unknown and question.intent == "comparison":
            return "partial"
        if confidence.probability < self.threshold:
            return "abstained"
        unexplained = any(
            item.entry is None and item.part.kind in _MUST_BE_EXPLAINED for item in question.decoded
        )
        return "partial" if question.unknown or unexplained else "answered"


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


def _readable(history: Sequence[str]) -> list[str]:
    """The questions of a conversation that can be read: the others say nothing of this one."""
    readable = []
    for asked in history:
        with suppress(QuestionError):
            readable.append(cleaned(asked))
    return readable


def _subjects(question: Question, index: Index) -> Subjects:
    known = tuple(index.catalog.ids[entry] for entry in question.surely_named)
    return Subjects(known, question.unknown)


def _milliseconds(**seconds: float) -> dict[str, float]:
    return {stage: round(spent * 1000, 3) for stage, spent in seconds.items()}
