from __future__ import annotations

import pandas
import pytest
from conftest import Writing
from scripted_llm import says

from entrywise.data.errors import QuestionError
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer

QUESTIONS = ["what is GQA?", "what is FooBarNet?", "difference between GQA and MLA"]


def untimed(answer: Answer) -> dict[str, object]:
    return {name: value for name, value in answer.to_dict().items() if name != "timings_ms"}


def test_many_questions_are_answered_in_order_as_one_is(small_assistant: Assistant) -> None:
    answers = small_assistant.ask_many(iter(QUESTIONS), top=2, progress=False)
    expected = [small_assistant.ask(question, top=2) for question in QUESTIONS]
    assert list(map(untimed, answers)) == list(map(untimed, expected))


def test_pandas_makes_a_table_of_them(small_assistant: Assistant) -> None:
    table = pandas.DataFrame(small_assistant.ask_many(QUESTIONS, progress=False))
    assert list(table["question"]) == QUESTIONS
    assert list(table["status"])[1] == "abstained"
    assert table["confidence"].between(0, 1).all()
    assert table.loc[0, "citations"][0]["entry"] == "gqa"


def test_a_bar_tells_how_far_it_is(
    small_assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    small_assistant.ask_many(QUESTIONS)
    out, err = capsys.readouterr()
    assert out == ""
    assert "3/3" in err


def test_a_wrong_question_is_told_before_any_is_answered(small_assistant: Assistant) -> None:
    with pytest.raises(QuestionError, match="question 2: the question is empty"):
        small_assistant.ask_many(["what is GQA?", " "], progress=False)


@pytest.mark.slow
def test_other_processes_give_the_same_answers(small_assistant: Assistant) -> None:
    questions = [QUESTIONS[number % 3] for number in range(200)]
    alone = small_assistant.ask_many(questions, progress=False)
    shared = small_assistant.ask_many(questions, processes=2, progress=False)
    assert list(map(untimed, shared)) == list(map(untimed, alone))


def test_an_llm_is_asked_by_this_process_only(writes: Writing) -> None:
    assistant, server = writes(says("With GQA, query heads share one key head. [1]"))
    answers = assistant.ask_many(["what is GQA?"] * 70, processes=2, progress=False)
    assert len(server.requests) == 70
    assert {answer.backend for answer in answers} == {"gemma"}


def test_one_text_is_not_many_questions(small_assistant: Assistant) -> None:
    with pytest.raises(TypeError, match="give a list of texts, or use ask"):
        small_assistant.ask_many("abc")
