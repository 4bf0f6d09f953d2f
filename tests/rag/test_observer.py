from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from entrywise.data.errors import QuestionError
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer


class Notes:
    """An observer that notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Answer, tuple[str, ...]]] = []
        self.closed = 0

    def observe(self, answer: Answer, history: Sequence[str]) -> None:
        self.told.append((answer, tuple(history)))

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def observed(small_assistant: Assistant, notes: Notes) -> Assistant:
    """The assistant on the six entries, observed."""
    return small_assistant.observed_by(notes)


def test_an_observer_is_told_of_the_answer_and_what_was_asked_before(
    observed: Assistant, notes: Notes
) -> None:
    answer = observed.ask("and MLA?", history=["what is GQA?"])
    ((told, history),) = notes.told
    assert told is answer
    assert history == ("what is GQA?",)
    assert (answer.question, answer.read_as) == ("and MLA?", "what is MLA?")


def test_the_answers_are_those_without_observers(
    observed: Assistant, small_assistant: Assistant
) -> None:
    plain = small_assistant.ask("and MLA?", history=["what is GQA?"], top=2)
    answer = observed.ask("and MLA?", history=["what is GQA?"], top=2)
    assert answer.to_dict() | {"timings_ms": {}} == plain.to_dict() | {"timings_ms": {}}
    assert observed.ask("what is GQA?").explanation == ()
    assert observed.ask("what is GQA?", explain=True).explanation
    assert observed.search("latent", 1) == small_assistant.search("latent", 1)


def test_every_way_of_asking_is_told_once(observed: Assistant, notes: Notes) -> None:
    assert len(list(observed.stream("what is GQA?"))) > 1
    # More processes would answer unobserved.
    observed.ask_many(["what is MLA?"] * 200, processes=2, progress=False)
    assert len(notes.told) == 201


def test_what_is_refused_or_left_before_its_end_is_not_told(
    observed: Assistant, notes: Notes
) -> None:
    with pytest.raises(QuestionError):
        observed.ask(" ")
    with closing(observed.steps("what is GQA?")) as steps:
        next(steps)
    observed.search("GQA")
    assert notes.told == []


def test_observers_are_closed_with_the_assistant(small_root: Path) -> None:
    first, second = Notes(), Notes()
    with Assistant.open(small_root, observers=(first, second)) as assistant:
        assistant.ask("what is GQA?")
    assert (first.closed, second.closed) == (1, 1)
    with pytest.raises(Exception, match="closed"):
        assistant.ask("what is GQA?")


@pytest.mark.parametrize("closed", [0, 1])
def test_observers_that_came_later_are_closed_with_it(small_root: Path, closed: int) -> None:
    first, second = Notes(), Notes()
    assistant = Assistant.open(small_root, observers=[first])
    both = (assistant, assistant.observed_by(second))
    both[closed].close()
    both[1 - closed].close()
    assert (first.closed, second.closed) == (1, 1)


def test_an_assistant_that_others_observe_keeps_its_own_observers(small_index: Index) -> None:
    own, added = Notes(), Notes()
    assistant = Assistant(small_index, observers=[own])
    assistant.observed_by(added).ask("what is GQA?")
    assistant.ask("what is MLA?")
    assert [told.question for told, _ in own.told] == ["what is GQA?", "what is MLA?"]
    assert [told.question for told, _ in added.told] == ["what is GQA?"]
