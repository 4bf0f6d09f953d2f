from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from stages import understood

from entrywise.data.entries import KnowledgeBase
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hello", "greeting"),
        ("Hey there!", "greeting"),
        ("good afternoon", "greeting"),
        ("thank you so much", "thanks"),
        ("what can you do?", "abilities"),
        ("what are you able to do", "abilities"),
        ("who built you", "abilities"),
        ("how many terms do you know?", "size"),
        ("how many terms are in your glossary", "size"),
        ("what is 2+2", "arithmetic"),
        ("12*7?", "arithmetic"),
        ("how much is (3 + 4) * 5", "arithmetic"),
        ("what is 9 divided by 3", "arithmetic"),
        ("what is 9 - 3?", "arithmetic"),
        ("was ist 3 mal 4?", "arithmetic"),
        ("and which of them?", "nothing"),
    ],
)
def test_what_is_no_question_to_the_knowledge_base(
    text: str, kind: str, glossary_index: Index
) -> None:
    assert understood(text, glossary_index).aside == kind


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("de", "Guten Morgen!", "greeting"),
        ("de", "Hilfe", "abilities"),
        ("fr", "Bonjour !", "greeting"),
        ("fr", "Que peux-tu faire ?", "abilities"),
        ("fr", "Merci beaucoup.", "thanks"),
        ("es", "¡Hola!", "greeting"),
        ("es", "¿Qué puedes hacer?", "abilities"),
        ("fr", "спасибо", "thanks"),
        ("fr", "你好", "greeting"),
        ("fr", "ありがとうございます。", "thanks"),
        ("fr", "merci de rendre le badge", None),
    ],
)
def test_what_is_said_most_in_other_languages_is_known(
    handbook_in: Callable[[str], Index], language: str, text: str, kind: str | None
) -> None:
    assert understood(text, handbook_in(language)).aside == kind


@pytest.mark.parametrize(
    "text",
    [
        "what is GQA?",
        "hello, what is GQA?",
        "what can LoRA do?",
        "what can I do about hallucinations?",
        "how many experts does Mixtral have",
        "who made vLLM",
        "what is a chat template",
        "what is 4-bit",
        "what happened on 2024-05-01",
        "what is E-5",
        "error 404-2",
        "what does 8x7B mean",
        "is 2 x 24 GB enough for a 70B model",
        "how do I say hello in Python",
        "how long does it take to cook rice",
    ],
)
def test_any_other_question_is_one(text: str, glossary_index: Index) -> None:
    assert understood(text, glossary_index).aside is None


def test_it_is_told_on_documents_too(harbour_index: Index) -> None:
    assert understood("what can you do?", harbour_index).aside == "abilities"
    assert understood("what is 2+2", harbour_index).aside == "arithmetic"


@pytest.mark.parametrize(
    "text", ["how many documents can it handle", "can I use it with ChatGPT", "is it an AI?"]
)
def test_what_documents_are_about_is_not_who_answers(
    text: str, harbour_index: Index, glossary_index: Index
) -> None:
    assert understood(text, harbour_index).aside is None
    # Terms are about many things, of which none is meant.
    assert understood(text, glossary_index).aside in ("size", "abilities")


@pytest.mark.parametrize("text", ["what can you do with it?", "is it you who answers?"])
def test_it_beside_you_is_what_one_talks_about(text: str, harbour_index: Index) -> None:
    told = understood(text, harbour_index).aside
    assert told == understood(text.replace("it", "that"), harbour_index).aside


def test_what_a_section_is_called_is_asked_about_it(
    tmp_path: Path, indexed: Callable[[KnowledgeBase], Path]
) -> None:
    text = "# Handbook\n\n## Leave\n\nBook your 26 days in advance.\n\n### Help\n\nCall 4711.\n"
    text += "\n## Hilfe\n\nRuf an.\n"
    (tmp_path / "handbook.md").write_text(text, "utf-8")
    with Assistant(Index(indexed(read_knowledge_base(tmp_path)))) as assistant:
        assert assistant.ask("leave").citations[0].section == "leave"
        assert assistant.ask("Help?").citations[0].section == "help"
        assert assistant.ask("Hilfe!").citations[0].section == "hilfe"
        assert assistant.ask("goodbye").text == "You are welcome."
