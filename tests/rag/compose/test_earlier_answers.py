from __future__ import annotations

from typing import Any

import pytest
from stages import domain_of

from entrywise.index.index import Index
from entrywise.rag.compose import earlier_answers as module
from entrywise.rag.compose.earlier_answers import EarlierAnswers
from entrywise.rag.understand.follow_up.values import Shown, Turn

WHAT, HOW = Turn("what is LoRA"), Turn("How does LoRA work?")


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were looked up."""
    asked: list[str] = []
    original = module.look_up

    def look_up(text: str, *arguments: Any, **options: Any) -> object:
        asked.append(text)
        return original(text, *arguments, **options)

    monkeypatch.setattr(module, "look_up", look_up)
    return asked


def answers(index: Index) -> EarlierAnswers:
    return EarlierAnswers(index, domain_of(index), threshold=0.65, top=10)


def test_it_is_known_what_was_quoted_and_suggested(glossary_index: Index) -> None:
    shown = answers(glossary_index)([WHAT])

    entries = {int(glossary_index.sentences[row, 0]) for row in shown.rows}
    assert entries == {glossary_index.ordinals["lora"]}
    assert shown.titles == ("LoRA",)
    assert shown.suggestions[0] == "Tell me more about LoRA"


def test_more_adds_to_what_was_shown(glossary_index: Index) -> None:
    earlier = answers(glossary_index)
    first, more = earlier([WHAT]), earlier([WHAT, Turn(WHAT.asked, more=True)])
    assert more.rows > first.rows


def test_an_answer_is_given_again_once(glossary_index: Index, looked_up: list[str]) -> None:
    earlier = answers(glossary_index)
    for _ in range(2):
        earlier([WHAT, Turn(WHAT.asked, more=True), HOW, Turn(HOW.asked, more=True)])
    assert looked_up == [WHAT.asked, HOW.asked]


def test_of_many_questions_the_last_ones_are_asked_again(
    glossary_index: Index, looked_up: list[str]
) -> None:
    turns = [Turn(f"What does LoRA do for {number} layers?") for number in range(50)]
    answers(glossary_index)(turns)
    assert looked_up == [turn.asked for turn in turns[-4:]]


def test_number_upon_number_ends(glossary_index: Index, looked_up: list[str]) -> None:
    earlier = answers(glossary_index)
    shown = [earlier([Turn(f"What does LoRA do for {number} layers?")]) for number in range(70)]

    assert len(looked_up) == 60
    assert shown[59].suggestions
    assert shown[60] == shown[69] == Shown()
