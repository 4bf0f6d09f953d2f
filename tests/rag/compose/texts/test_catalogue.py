"""What answers say by themselves, in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from indexes import index_over
from paths import ROOT
from text_files import flat

from entrywise.data.entries import KnowledgeBase
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.compose.texts.catalogue import FOLDER, texts_of
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.judge.aspects import all_aspects, is_general

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
LABELS = ("missing.meant", "missing.near_entries", "missing.near_sections")
"""What stands before a list, or before another question."""


def blanks(texts: list[str]) -> list[set[str | None]]:
    return [{name for _, name, _, _ in Formatter().parse(text)} - {None} for text in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_the_same_and_fills_in_nothing_else(language: str) -> None:
    english, other = flat(FOLDER, "en"), flat(FOLDER, language)
    assert list(other) == list(english)
    # Names of languages are English: another language may say it without.
    for name, some in other.items():
        for own, theirs in zip(blanks(some), blanks(english[name]), strict=True):
            assert own == theirs or name == "missing.language"
            assert own <= theirs


def test_every_text_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "rag").rglob("*.py"))
    # Those that are chosen by a value.
    chosen = ("aspect.", "number.", "assistant.")
    names = [name for name in flat(FOLDER, "en") if not name.startswith(chosen)]
    assert [name for name in names if f'"{name}"' not in code] == []


def test_english_headings_are_those_of_the_aspects() -> None:
    texts = texts_of("en")
    for aspect in all_aspects(DOMAIN):
        assert texts.heading(aspect) == aspect.heading
    general = {f"aspect.{aspect.id}" for aspect in all_aspects(DOMAIN) if is_general(aspect)}
    assert general <= set(flat(FOLDER, "en"))


def test_a_subject_calls_its_own_aspects_as_it_does() -> None:
    own = [aspect for aspect in all_aspects(DOMAIN) if not is_general(aspect)]
    assert own
    assert [texts_of("de").heading(aspect) for aspect in own] == [one.heading for one in own]


@pytest.fixture(scope="module")
def german(
    small_root: Path, knowledge_base: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Assistant]:
    """The six entries, said to be in German."""
    identity = replace(knowledge_base.identity, title="Sechs Einträge", language="de-AT")
    root = tmp_path_factory.mktemp("german") / "index"
    index_over(small_root, replace(knowledge_base, identity=identity), root)
    with Assistant(Index(root), threshold=0.02) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("thanks", "Gern geschehen."),
        ("what can you do?", "Hier beantworte ich Fragen aus „Sechs Einträge“ (6 Einträge)."),
        ("how many entries are there?", "„Sechs Einträge“ hat 6 Einträge."),
        ("who made React?", "Von wem ReAct ist, steht hier nicht."),
        ("types of attention", "Was passt"),
        ("GQA vs MLA", "Was es ist"),
    ],
)
def test_an_answer_speaks_the_language_of_what_it_quotes(
    question: str, said: str, german: Assistant
) -> None:
    answer = german.ask(question)
    told = [part.text for part in answer.parts if part.kind == "notice"]
    told += [part.heading or "" for part in answer.parts]
    told += [row.aspect for part in answer.parts for row in part.rows]
    assert any(text.startswith(said) for text in told), told


def test_what_is_not_there_is_said_in_german(german: Assistant) -> None:
    refusing = Assistant(german.index, threshold=0.999)
    answer = refusing.ask("what is GQA?")
    assert answer.status == "abstained"
    said = " ".join(part.text for part in answer.parts)
    assert "Hier steht nichts, was diese Frage beantwortet." in said
    assert not re.search(r"\b(knowledge base|entry|entries)\b", said)


def test_follow_ups_are_told_in_german(german: Assistant) -> None:
    answer = german.ask("and MLA?", history=["what is GQA?"])
    assert answer.parts[0].text.startswith("Verstanden als: ")


@pytest.mark.parametrize(
    ("language", "names", "either", "joined"),
    [
        ("en", ["pizza"], "“pizza”", "“pizza”"),
        ("en", ["pizza", "Rome"], "“pizza” or “Rome”", "“pizza” and “Rome”"),
        ("en", ["a", "b", "c"], "“a”, “b” or “c”", "“a”, “b” and “c”"),
        ("en", [*"abcdefg"], "“a”, “b”, “c”, “d”, “e” or 2 more", None),
        ("de", ["Pizza", "Rom"], "„Pizza“ oder „Rom“", "„Pizza“ und „Rom“"),
        ("de", [*"abc"], "„a“, „b“ oder „c“", "„a“, „b“ und „c“"),
        ("de", [*"abcdefg"], None, "„a“, „b“, „c“, „d“, „e“ und 2 weitere"),
        ("en", ["x" * 61], f"“{'x' * 60}…”", None),
        ("en", ["x" * 60], f"“{'x' * 60}”", None),
    ],
)
def test_names_are_listed_as_one_says_them(
    language: str, names: list[str], either: str | None, joined: str | None
) -> None:
    texts = texts_of(language)
    listed = texts.in_quotes(names)
    assert either in (None, texts.either(listed))
    assert joined in (None, texts.joined(listed))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_said_in_sentences(language: str) -> None:
    missing = {name: texts for name, texts in flat(FOLDER, language).items() if "missing." in name}
    said = [text for name, texts in missing.items() if name not in LABELS for text in texts]
    assert len(said) > len(LABELS)
    assert [text for text in said if ":" in text or not text.endswith(".")] == []
