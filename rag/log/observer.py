"""The assistant that tells somebody of its answers: the same answers, from every way of asking."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing

from entrywise.rag.answer import Answer, Step
from entrywise.rag.assistant import DEFAULT_TOP, Assistant

Observe = Callable[[Answer, Sequence[str]], object]
"""What is done with an answer, and with the questions that were asked before it."""


class ObservedAssistant(Assistant):
    """Answers as another assistant does, which is closed with this one."""

    def __init__(self, answering: Assistant, observe: Observe) -> None:
        """Answer as `answering` does; `observe` is called with each answer that is complete."""
        super().__init__(answering.index, threshold=answering.threshold, writer=answering.writer)
        self._answering = answering
        self._observe = observe

    def close(self) -> None:
        """Close the assistant that answers."""
        self._answering.close()

    def steps(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        top: int = DEFAULT_TOP,
        explain: bool = False,
        llm: bool = True,
    ) -> Generator[Step | Answer, None, None]:
        """`Assistant.steps`; what is refused or left before its end is not told."""
        answering = self._answering.steps(
            question, history=history, top=top, explain=explain, llm=llm
        )
        with closing(answering) as steps:
            for step in steps:
                if isinstance(step, Answer):
                    self._observe(step, history)
                yield step
