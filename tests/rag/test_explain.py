from __future__ import annotations

from entrywise.rag.assistant import Assistant


def test_an_explanation_says_what_was_read_found_and_decided(small_assistant: Assistant) -> None:
    lines = small_assistant.ask("and MLA?", history=["what is GQA?"]).explanation

    assert lines[:4] == (
        "read as: what is MLA?",
        "intent: definition",
        "names found: mla (1.00)",
        "names that no entry owns: none",
    )
    assert lines[4].startswith("1. mla 0.")
    assert sum(line[:2] in {"1.", "2.", "3.", "4.", "5."} for line in lines) == 5
    assert lines[-2].startswith("confidence 0.")
    assert lines[-1] == "status: answered"


def test_an_explanation_names_the_parts_of_a_model_name(small_assistant: Assistant) -> None:
    lines = small_assistant.ask("Foobar-7B-Instruct").explanation

    assert "part of a model name: 7B is size, explained by no entry" in lines
    assert "part of a model name: Instruct is tuning-instruct, explained by instruct" in lines


def test_an_explanation_names_what_is_unknown(small_assistant: Assistant) -> None:
    lines = small_assistant.ask("what is Foobarizer?").explanation

    assert "names found: none" in lines
    assert "names that no entry owns: Foobarizer" in lines
    assert lines[-1] == "status: abstained"
