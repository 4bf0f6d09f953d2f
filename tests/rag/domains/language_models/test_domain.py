from __future__ import annotations

import pytest

from entrywise.data.source import shipped
from entrywise.rag.assistant import Assistant
from entrywise.rag.domains.language_models.domain import DOMAIN


@pytest.mark.parametrize(
    ("question", "label", "entry"),
    [
        ("what does 1T mean in Kimi-K2-1T?", "1T: 1 trillion parameters", "size-T"),
        ("what does 7B mean in Mistral-7B-Instruct?", "7B: 7 billion parameters", "size-B"),
    ],
)
def test_each_letter_of_a_size_has_its_entry(
    question: str, label: str, entry: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert (answer.parts[0].rows[0].aspect, answer.citations[0].entry) == (label, entry)


def test_a_letter_without_an_entry_is_not_explained_by_that_of_another(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("what does 135M mean in SmolLM2-135M-Instruct?")
    assert [citation.entry for citation in answer.citations] == ["tag-instruct"]
    assert "135M (size-million)" in answer.text


def test_entries_explain_only_what_the_grammar_tells_apart() -> None:
    assert DOMAIN.decoder is not None
    parts = {part for entry in shipped() for part in entry.parts}
    assert len(parts) > 30
    assert parts <= {*DOMAIN.decoder.kinds}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("iq-quant", "quantization"),
        ("quant-method", "quantization"),
        ("variant-code", "variant"),
        ("active-size", "active size"),
        ("size-trillion", "size"),
        ("bpw", "bits per weight"),
    ],
)
def test_a_kind_of_part_is_called_as_readers_call_it(kind: str, words: str) -> None:
    assert DOMAIN.decoder is not None
    assert DOMAIN.decoder.label(kind) == words
