from __future__ import annotations

import pickle

import entrywise
from entrywise.rag.answer import AnswerValues
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.html import render_html
from entrywise.rag.render.markdown import render_markdown
from entrywise.rag.render.text import render_text


def test_an_answer_shows_itself(small_assistant: Assistant) -> None:
    answer = small_assistant.ask("difference between GQA and MLA")
    assert type(answer) is entrywise.Answer
    assert f"{answer}\n" == render_text(answer, width=80, color=False)
    assert answer.to_markdown() == render_markdown(answer)
    assert answer._repr_html_() == render_html(answer)


def test_an_answer_is_its_values_and_nothing_else(small_assistant: Assistant) -> None:
    answer = small_assistant.ask("what is GQA?")
    assert isinstance(answer, AnswerValues)
    assert repr(answer).startswith("Answer(question='what is GQA?', ")
    assert not hasattr(answer, "__dict__")
    # Other processes answer, too.
    assert pickle.loads(pickle.dumps(answer)) == answer
