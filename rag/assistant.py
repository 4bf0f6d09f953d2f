"""The assistant, which every way of asking uses. `journey.py` has the steps to an answer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from copy import copy
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from entrywise.data.errors import AssistantClosed
from entrywise.index.index import Index
from entrywise.rag.answer import Hit, Part, Step
from entrywise.rag.domains.registry import open_domain
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.find.passages import Passage, best_passage
from entrywise.rag.find.retrieval import hits, look_up
from entrywise.rag.journey import DEFAULT_TOP, Engine, journey
from entrywise.rag.judge.confidence import least_confidence
from entrywise.rag.observer import Observer, checked_observers
from entrywise.rag.opening import open_index, open_set_reranker, open_set_writer
from entrywise.rag.render.answer import Answer
from entrywise.rag.settings import THRESHOLD, Settings, load_settings, setting_of
from entrywise.rag.understand.input import check_count, check_history, cleaned
from entrywise.rag.understand.question import Question

if TYPE_CHECKING:
    from entrywise.index.stores.base import Store
    from entrywise.rag.find.rerankers.base import Reranker
    from entrywise.rag.llm.writer import Writer


class Assistant:
    """Answers questions from one index. Safe to share between threads; holds no conversation.

    >>> with Assistant.open() as assistant:                    # doctest: +SKIP
    ...     print(assistant.ask("difference between GQA and MLA").text)
    """

    def __init__(
        self,
        index: Index,
        *,
        threshold: float | str = THRESHOLD,
        reranker: Reranker | None = None,
        writer: Writer | None = None,
        observers: Iterable[Observer] = (),
    ) -> None:
        """Answer from an opened index. Answers with a confidence below `threshold` are withheld: a
        number, 0 to 1, or the share of errors that is allowed, such as "5%". A `reranker` orders
        what is found, a `writer` lets an LLM write, and `observers` are told of complete answers.

        Raises:
            SettingsError: the threshold is out of range, or none keeps to that share of errors.
        """
        self.index = index
        self._closed = Event()
        self.domain = open_domain(index.manifest.identity.domain)
        self._allowed = threshold
        self.reranker = reranker
        self.threshold = least_confidence(threshold, index, reranker)
        self.writer = writer
        self.observers = checked_observers(observers)
        self._to_close = [*self.observers]

    @classmethod
    def open(
        cls,
        index: str | Path | None = None,
        *,
        threshold: float | str | None = None,
        settings: Settings | None = None,
        llm_required: bool = False,
        observers: Iterable[Observer] = (),
    ) -> Assistant:
        """Open an index; without one, the shipped glossary's, which is built on first use.

        Args:
            index: the folder of an index, or its address; it goes before the one in the settings.
            threshold: the least confidence of an answer, 0 to 1, or the share of errors that is
                allowed, such as "5%"; it goes before the settings'.
            settings: by default those of the environment and the settings file.
            llm_required: raise a BackendError where an LLM is set and fails, instead of giving
                quotes.
            observers: told of its answers, and closed with it.

        Raises:
            IndexMissing: there is no index there, or the cache cannot be written.
            IndexDamaged: the index is truncated, altered or of another version.
            SettingsError: a setting is unknown or wrong, or no threshold allows so few errors.
            DomainMissing, EncoderMissing: it names one that is not installed.
            RerankerMissing: the setting `reranker` names one that cannot be opened.
            ArgumentTypeError: `index` is no path or address.
            BackendError: the setting `llm` names a backend whose package cannot be loaded.
        """
        settings = settings or load_settings()
        if threshold is not None:
            setting_of("threshold").value(threshold)
        opened = open_index(index, settings)
        least = settings.threshold if threshold is None else threshold
        with ExitStack() as failing:
            failing.callback(opened.close)
            reranker = open_set_reranker(settings)
            assistant = cls(opened, threshold=least, reranker=reranker, observers=observers)
            domain = assistant.domain
            assistant.writer = open_set_writer(settings, opened, domain, required=llm_required)
            failing.pop_all()
        return assistant

    def over(self, index: Index) -> Assistant:
        """An assistant over another index that shares all else with this one: close one of the two.

        Raises:
            DomainMissing: the index names a domain that is not installed.
            SettingsError: no threshold keeps to the share of errors that is allowed.
        """
        other = copy(self)
        other._closed = Event()
        other.index = index
        other.domain = open_domain(index.manifest.identity.domain)
        other.threshold = least_confidence(self._allowed, index, self.reranker)
        other.writer = self.writer and self.writer.over(index, other.domain)
        return other

    def observed_by(self, *more: Observer) -> Assistant:
        """An assistant that also tells `more` observers; closing one of the two closes
        everything."""
        self._to_close += more
        observed = copy(self)
        observed.observers = (*self.observers, *more)
        return observed

    def close(self) -> None:
        """Release the index, the LLM if there is one, and the observers. It may be called twice."""
        if self._closed.is_set():
            return
        self._closed.set()
        self.index.close()
        if self.writer:
            self.writer.close()
        for observer in self._to_close:
            observer.close()

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
        llm: bool = True,
    ) -> Answer:
        """Answer a question from the knowledge base.

        Args:
            question: a str of at most 10,000 characters.
            history: a list of str, what was asked before, oldest first, to complete "and MLA?".
            top: how many retrieved entries the answer lists, at least 1.
            explain: say in `Answer.explanation`, line by line, why the answer is what it is.
            llm: let the LLM write the answer, where one is set; without, it is made of quotes.

        Raises:
            QuestionError: the question is empty or too long.
            ArgumentTypeError: an argument is of another type, e.g. `history` is one text.
            ArgumentError: `top` is less than 1.
            AssistantClosed: it was closed before.
            BackendError: an LLM is required and fails.
        """
        steps = self.steps(question, history=history, top=top, explain=explain, llm=llm)
        return next(step for step in steps if isinstance(step, Answer))

    def stream(
        self, question: str, *, history: Sequence[str] = (), llm: bool = True
    ) -> Iterator[Part | Answer]:
        """The parts of an answer one by one, each when it is there, then the whole Answer.

        Raises: what `ask` does.
        """
        for step in self.steps(question, history=history, llm=llm):
            if isinstance(step, Answer):
                yield step
            elif step.part:
                yield step.part

    async def aask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        top: int = DEFAULT_TOP,
        explain: bool = False,
        llm: bool = True,
    ) -> Answer:
        """`ask`, without blocking the event loop; cancelling it breaks off what an LLM writes."""
        from entrywise.rag.parallel.coroutine import last

        steps = self.steps(question, history=history, top=top, explain=explain, llm=llm)
        return await last(steps)

    def ask_many(
        self,
        questions: Iterable[str],
        *,
        top: int = DEFAULT_TOP,
        llm: bool = True,
        processes: int = 1,
        progress: bool = True,
    ) -> list[Answer]:
        """`ask` each of many questions, in order; `pandas.DataFrame` takes what it gives.

        Args:
            questions: all are read before the first is answered.
            processes: how many processes answer, where there is no LLM, reranker or observer; with
                more than one, a script has to guard its beginning with `if __name__ ==
                "__main__":`.
            progress: show a bar, in a terminal on stderr, in a notebook below the cell.

        Raises:
            QuestionError: a question is empty or too long; it says which, before any is answered.
            ArgumentTypeError: `questions` is one text, or one of them is none.
        """
        from entrywise.rag.parallel.batch import answers

        elsewhere = partial(_asking, self.index.generation.store, self.threshold, top)
        return answers(
            questions,
            partial(self.ask, top=top, llm=llm),
            None if self.observers or self.reranker or (llm and self.writer) else elsewhere,
            processes=processes,
            progress=progress,
        )

    def steps(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        top: int = DEFAULT_TOP,
        explain: bool = False,
        llm: bool = True,
    ) -> Generator[Step | Answer, None, None]:
        """The steps towards an answer, then the answer; arguments and errors are those of `ask`.

        Closing the generator breaks off what an LLM is writing.
        """
        self._check_open()
        check_count("top", top)
        history = check_history(history)
        writer = self.writer if llm else None
        engine = Engine(self.index, self.domain, self.threshold, self.reranker, writer)
        with closing(journey(question, history, engine, top=top, explain=explain)) as steps:
            for step in steps:
                if isinstance(step, Answer):
                    for observer in self.observers:
                        observer.observe(step, history)
                yield step

    def search(self, query: str, limit: int = DEFAULT_TOP) -> list[Hit]:
        """The entries that fit a query, best first; at most `limit`.

        Raises: what `ask` does.
        """
        return hits(self._retrieved(query, limit)[1], self.index)

    def passages(self, query: str, limit: int = DEFAULT_TOP) -> list[Passage]:
        """The best passage of each entry that fits a query, best entry first; at most `limit`.

        Raises: what `ask` does.
        """
        parsed, candidates = self._retrieved(query, limit)
        found = (best_passage(one, parsed.encoded.vector, self.index) for one in candidates)
        return [passage for passage in found if passage]

    def _retrieved(self, query: str, limit: int) -> tuple[Question, list[Candidate]]:
        self._check_open()
        check_count("limit", limit)
        return look_up(cleaned(query), self.index, self.domain, limit, reranker=self.reranker)

    def _check_open(self) -> None:
        if self._closed.is_set():
            raise AssistantClosed("the assistant was closed; open another with Assistant.open()")


def _asking(store: Store, threshold: float, top: int) -> Callable[[str], Answer]:
    """Open `ask` of the same index in another process."""
    return partial(Assistant(Index(store), threshold=threshold).ask, top=top)
