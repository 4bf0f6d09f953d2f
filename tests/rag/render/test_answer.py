from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

from quoted import quoted

import entrywise
from entrywise.index.index import Index
from entrywise.rag.answer import AnswerValues, Part
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


def test_in_brief_an_answer_is_the_passage_that_answers(small_assistant: Assistant) -> None:
    whole = small_assistant.ask("what is GQA?")
    brief = whole.brief()
    assert brief.text == f"{whole.citations[0].quote} [1]"
    assert brief.citations == whole.citations[:1]
    assert brief.suggestions == ()
    assert {one.entry for one in brief.references} <= {"gqa"}
    assert brief.retrieved == whole.retrieved


def test_in_brief_a_comparison_is_its_table(small_assistant: Assistant) -> None:
    brief = small_assistant.ask("difference between GQA and MLA").brief()
    assert [part.kind for part in brief.parts] == ["table"]
    assert "| | GQA | MLA |" in brief.to_markdown()


def test_in_brief_what_leads_to_a_table_is_kept(assistant: Assistant) -> None:
    whole = assistant.ask("is LoRA better than DoRA")
    brief = whole.brief()
    assert [part.kind for part in brief.parts] == ["quote", "table"]
    assert brief.parts[0] == whole.parts[0]
    cited = {number for part in brief.parts for number in part.citations}
    assert cited == {citation.number for citation in brief.citations}


def test_in_brief_what_is_missing_is_still_said(small_assistant: Assistant) -> None:
    brief = small_assistant.ask("GQA vs MLA vs Foobarizer").brief()
    assert brief.status == "partial"
    assert "not in the knowledge base" in brief.text
    assert (
        "says nothing about “Foobarizer”" in small_assistant.ask("GQA vs Foobarizer").brief().text
    )
    notices = small_assistant.ask("what is GQA and what is Foobarizer?").brief().parts[1:]
    assert [part.kind for part in notices] == ["notice"]


def test_in_brief_what_needs_the_sentence_before_has_it(assistant: Assistant) -> None:
    whole = assistant.ask("want to run a 4k RoPE model at 16k tonight, no finetuning. how?")
    brief = whole.brief()
    first, second = (citation.quote for citation in whole.citations[:2])
    assert second.startswith("It was ")
    assert brief.text.endswith(f"{first} [1] {second} [2]")
    assert brief.citations == whole.citations[:2]


def test_in_brief_what_was_said_first_stays_first(small_assistant: Assistant) -> None:
    whole = small_assistant.ask("who invented GQA?")
    assert [part.kind for part in whole.parts[:2]] == ["notice", "quote"]
    assert [part.kind for part in whole.brief().parts] == ["notice", "quote"]


def test_in_brief_an_excerpt_is_whole(harbour_root: Path) -> None:
    with Assistant.open(index=harbour_root) as assistant:
        brief = assistant.ask("how do I book a berth").brief()
    (only,) = brief.parts
    assert "1. Send" in only.text
    assert "3. Pay" in only.text


def test_what_is_withheld_has_nothing_to_leave_out(small_index: Index) -> None:
    withheld = Assistant(small_index, threshold=1.0).ask("what is the capital of Peru?")
    assert withheld.brief() is withheld


def test_a_quote_that_is_markdown_has_its_source_and_what_it_says(
    small_assistant: Assistant,
) -> None:
    answer = small_assistant.ask("what is GQA?")
    (first, *_) = answer.to_dict()["citations"]
    assert not {"source", "plain"} & set(first)
    of_documents = replace(answer, citations=(quoted("- *a*\n- b"),), parts=())
    (citation,) = of_documents.to_dict()["citations"]
    assert citation["source"] == citation["quote"] == "- *a*\n- b"
    assert citation["plain"] == "• a\n• b"
    table = (quoted("| a | b |\n|---|---|\n| 1 | 2 |"),)
    with_table = replace(answer, citations=table, parts=(Part("quote", "", citations=(1,)),))
    (part,) = with_table.to_dict()["parts"]
    assert part["blocks"] == [{"header": ["a", "b"], "rows": [["1", "2"]], "citations": [1]}]
    assert not any("blocks" in one for one in answer.to_dict()["parts"])
