from __future__ import annotations

import threading

import pytest
from conftest import Writing
from scripted_llm import Behaviour, breaks_off, is_slow, refuses, says
from stages import evidence

from entrywise.data.errors import BackendError
from entrywise.index.index import Index
from entrywise.rag.answer import Part, Step, Usage
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer

ASKED = "what is GQA?"
# The first sentence of the entry on GQA, in other words, and one that no quote has.
TRUE = "With GQA, several query heads share one key head and one value head."
FALSE = "GQA was invented by a baker in Lyon."


def written(answer: Answer) -> list[str]:
    return [part.text for part in answer.parts if part.written]


def notices(answer: Answer) -> list[str]:
    return [part.text for part in answer.parts if part.kind == "notice"]


def test_a_supported_sentence_is_the_answer_and_cites_its_quotes(writes: Writing) -> None:
    assistant, server = writes(says(f"{TRUE} [1]"))
    answer = assistant.ask(ASKED)
    assert written(answer) == [TRUE]
    assert (answer.backend, answer.status) == ("gemma", "answered")
    assert answer.writing is not None
    assert (answer.writing.sentences, answer.writing.supported) == (1, 1)
    (citation,) = answer.citations
    entry = assistant.index.entry(citation.entry)
    assert entry.text(citation.section)[citation.start : citation.end] == citation.quote
    assert f"{TRUE} [1]" in answer.text
    assert "Written by gemma; 1 sentence checked against the quotes: 1 supported." in answer.text
    assert ASKED in server.requests[0]["messages"][1]["content"]


def test_an_unsupported_sentence_is_dropped_and_counted(writes: Writing) -> None:
    assistant, _ = writes(says(f"{TRUE} [1] {FALSE} [1]"))
    answer = assistant.ask(ASKED)
    assert written(answer) == [TRUE]
    assert answer.writing is not None
    assert answer.writing.unsupported == 1
    assert "2 sentences checked against the quotes: 1 supported, 1 dropped." in notices(answer)[-1]


def test_what_is_written_is_checked_with_the_units_of_the_domain(
    writes: Writing, small_index: Index
) -> None:
    assistant, _ = writes(says(""))
    sentences = evidence("what is LoRA?", small_index).of(small_index.ordinals["lora"]).sentences
    quotes = [one for one in sentences if "the adapter of layer 3 is trained" in one.text]
    assert assistant.writer is not None
    fault = assistant.writer.checker.fault
    assert fault("In the recipe the adapter of layer 3 is trained for a while.", quotes) is None
    assert fault("In the recipe the adapter of 3 heads is trained for a while.", quotes)


def test_an_unsupported_sentence_is_marked_where_that_is_set(writes: Writing) -> None:
    assistant, _ = writes(says(f"{FALSE} [1] {TRUE} [1]"), mark=True)
    answer = assistant.ask(ASKED)
    assert [(part.text, part.supported) for part in answer.parts if part.written] == [
        (FALSE, False),
        (TRUE, True),
    ]
    assert f"{FALSE} (not supported by the quotes) {TRUE} [1]" in answer.text
    assert not answer.parts[0].citations


def test_a_citation_of_what_was_not_given_is_removed_and_counted(writes: Writing) -> None:
    assistant, _ = writes(says(f"{TRUE} [1][99] {FALSE} [1000]"))
    answer = assistant.ask(ASKED)
    assert [citation.number for citation in answer.citations] == [1]
    assert answer.writing is not None
    assert answer.writing.invalid_citations == 2
    assert "2 of its citations led nowhere" in notices(answer)[-1]


def test_a_sentence_without_a_citation_gets_the_nearest_that_supports_it(writes: Writing) -> None:
    assistant, _ = writes(says(TRUE))
    answer = assistant.ask(ASKED)
    assert written(answer) == [TRUE]
    assert "gqa" in {citation.entry for citation in answer.citations}


def test_they_are_all_that_was_asked_about(writes: Writing) -> None:
    assistant, _ = writes(says("They store a compressed latent instead of full keys and values."))
    assert written(assistant.ask("what is MLA?"))
    assert not written(assistant.ask("GQA vs MLA"))


@pytest.mark.parametrize("hidden", ["sha\u200bre", "`share`", "share evil.com,"])
def test_what_a_sentence_hides_is_checked(hidden: str, writes: Writing) -> None:
    assistant, _ = writes(says(f"{TRUE.replace('share', hidden)} [1]"))
    assert len(written(assistant.ask(ASKED))) == (hidden == "`share`")


def test_a_sentence_that_comes_again_is_not_said_again(writes: Writing) -> None:
    assistant, _ = writes(says(f"{TRUE} [1] " * 5))
    answer = assistant.ask(ASKED)
    assert written(answer) == [TRUE]
    assert answer.writing is not None
    assert answer.writing.sentences == 1


def test_no_more_than_eight_sentences_are_read(writes: Writing) -> None:
    others = " ".join(f"This is number {n}." for n in range(20))
    assistant, _ = writes(says(f"{TRUE} [1] {others}"))
    answer = assistant.ask(ASKED)
    assert answer.writing is not None
    assert answer.writing.sentences == 8


def test_what_it_cost_is_told_where_the_server_tells_it(writes: Writing) -> None:
    assistant, _ = writes(says(f"{TRUE} [1]", prompt_tokens=9, completion_tokens=4, cost=0.25))
    answer = assistant.ask(ASKED)
    assert answer.writing is not None
    assert answer.writing.usage == Usage(9, 4, 0.25)
    assert notices(answer)[-1].endswith("9 tokens read and 4 written, at a cost of 0.25.")
    assert answer.to_dict()["writing"]["usage"] == {
        "prompt_tokens": 9,
        "completion_tokens": 4,
        "cost": 0.25,
    }


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (refuses(401), "refuses the key"),
        (refuses(503), "status 503"),
        (says(""), "gemma wrote nothing"),
        (says("<html><body>"), "no sentence that gemma wrote is supported"),
        (says("I'm sorry, but I can't help with that."), "no sentence that gemma wrote"),
        (says("NOT IN THE EVIDENCE"), "gemma finds no answer in the quotes"),
        (says("GQA ist eine Form der Attention mit weniger Köpfen. [1]"), "no sentence"),
        (says(f"{FALSE} [1]"), "no sentence that gemma wrote is supported by the quotes"),
        (breaks_off("GQA shares"), "broke off"),
        (is_slow(), "did not finish within 0.4 s"),
    ],
)
def test_where_an_llm_fails_the_quotes_are_given_with_the_reason(
    writes: Writing, behaviour: Behaviour, why: str
) -> None:
    assistant, _ = writes(behaviour, seconds=0.4 if "0.4" in why else 30)
    answer = assistant.ask(ASKED)
    quoted = assistant.ask(ASKED, llm=False)
    assert answer.parts[0].kind == "notice"
    assert why in answer.parts[0].text
    assert answer.parts[1:] == quoted.parts
    assert (answer.citations, answer.backend) == (quoted.citations, "extractive")
    assert answer.writing is not None
    assert answer.writing.fallback is not None


def test_what_held_before_a_reply_broke_off_stays_before_the_quotes(writes: Writing) -> None:
    assistant, _ = writes(breaks_off(f"{TRUE} [1] Each group of heads has"))
    answer = assistant.ask(ASKED)
    quoted = assistant.ask(ASKED, llm=False)
    assert written(answer) == [TRUE]
    assert "The rest is quoted: gemma broke off" in notices(answer)[0]
    assert [part.text for part in answer.parts[2:]] == [part.text for part in quoted.parts]
    assert [citation.quote for citation in answer.citations[1:]] == [
        citation.quote for citation in quoted.citations
    ]
    assert [citation.number for citation in answer.citations] == list(
        range(1, len(quoted.citations) + 2)
    )
    assert answer.parts[2].citations == tuple(n + 1 for n in quoted.parts[0].citations)


def test_a_required_llm_that_fails_is_an_error(writes: Writing) -> None:
    assistant, _ = writes(says(f"{FALSE} [1]"), required=True)
    with pytest.raises(BackendError, match="no sentence that gemma wrote is supported"):
        assistant.ask(ASKED)


def test_an_llm_is_not_asked_where_the_knowledge_base_has_no_answer(writes: Writing) -> None:
    assistant, server = writes(says(f"{TRUE} [1]"), required=True)
    answer = assistant.ask("what is a Foobarizer?")
    assert answer.status == "abstained"
    assert answer.writing is None
    assert server.requests == []


def test_an_llm_is_not_asked_by_who_wants_quotes(writes: Writing) -> None:
    assistant, server = writes(says(f"{TRUE} [1]"))
    answer = assistant.ask(ASKED, llm=False)
    assert (answer.backend, answer.writing) == ("extractive", None)
    assert server.requests == []


def test_what_is_missing_is_named_behind_what_is_written(writes: Writing) -> None:
    assistant, _ = writes(says(f"{TRUE} [1]"))
    answer = assistant.ask("compare GQA and Foobarizer")
    assert answer.status == "partial"
    assert any("Foobarizer" in notice for notice in notices(answer))


def test_sentences_are_streamed_one_by_one_before_the_reply_is_complete(writes: Writing) -> None:
    released = threading.Event()
    assistant, _ = writes(is_slow(f"{TRUE} [1] It goes on", released=released))
    steps = assistant.steps(ASKED)
    first = next(step for step in steps if isinstance(step, Answer) or step.part)
    assert isinstance(first, Step)
    assert first.part is not None
    assert first.part.text == TRUE
    assert [citation.number for citation in first.citations] == [1]
    released.set()
    *_, answer = steps
    assert isinstance(answer, Answer)


def test_the_stream_has_the_parts_of_the_answer(writes: Writing) -> None:
    assistant, _ = writes(says(f"{TRUE} [1] {FALSE} [2]"))
    *parts, answer = assistant.stream(ASKED)
    assert isinstance(answer, Answer)
    assert tuple(parts) == answer.parts


def test_who_waits_can_leave_and_the_server_notices(writes: Writing) -> None:
    assistant, server = writes(is_slow("GQA shares"))
    steps = assistant.steps(ASKED)
    waiting = next(steps)
    assert isinstance(waiting, Step)
    assert waiting.part is None
    steps.close()
    assert server.left.wait(10)


def test_what_is_sent_is_shown_to_who_wants_to_know(writes: Writing) -> None:
    assistant, server = writes(says(f"{TRUE} [1]"))
    shown = assistant.ask(ASKED, explain=True).explanation
    sent = [message["content"] for message in server.requests[0]["messages"]]
    assert "sent to gemma, and nothing else:" in shown
    for line in "\n".join(sent).splitlines():
        assert any(line in told for told in shown)


def test_parts_without_an_llm_are_not_said_to_be_written(small_assistant: Assistant) -> None:
    answer = small_assistant.ask(ASKED)
    assert all(part.supported is None and not part.written for part in answer.parts)
    assert "supported" not in Part("notice", "x").to_dict()
    assert answer.to_dict()["writing"] is None
