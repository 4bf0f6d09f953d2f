from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant


def test_an_explanation_says_what_was_read_found_and_decided(small_assistant: Assistant) -> None:
    lines = small_assistant.ask("and MLA?", history=["what is GQA?"], explain=True).explanation

    assert lines[:4] == (
        "read as: what is MLA?",
        "intent: definition",
        "names found: mla (1.00)",
        "names that no entry owns: none",
    )
    assert lines[4] == "names that a text mentions only: none"
    assert lines[5].startswith("1. mla 0.")
    assert "; relevant with probability 0." in lines[5]
    assert sum(line[:2] in {"1.", "2.", "3.", "4.", "5."} for line in lines) == 5
    decided = lines.index("status: answered")
    assert lines[decided - 1].startswith("confidence 0.")


def test_an_explanation_says_why_each_sentence_is_quoted(small_assistant: Assistant) -> None:
    answer = small_assistant.ask("what is GQA?", explain=True)
    quoted = [line for line in answer.explanation if line.startswith("[")]
    assert len({line.split("]")[0] for line in quoted}) == len(answer.citations)
    # 46 characters in 7 words: 0.12 * 7 / 30 for its length, 0.05 for prose.
    assert quoted[0].startswith("[1] gqa, explanation 0–46: cosine 0.")
    assert quoted[0].endswith(", its wording +0.08")


def test_an_explanation_tells_the_step_that_documents_give_themselves(
    harbour_index: Index, small_assistant: Assistant
) -> None:
    lines = Assistant(harbour_index).ask("fuel berth", explain=True).explanation
    (told,) = [line for line in lines if line.startswith("calibrated: ")]
    assert told.startswith(f"calibrated: logit × 1 {harbour_index.calibration.offset:+g}")
    terms = small_assistant.ask("what is GQA?", explain=True).explanation
    assert not [line for line in terms if line.startswith("calibrated: ")]


def test_an_explanation_names_the_parts_of_a_model_name(small_assistant: Assistant) -> None:
    lines = small_assistant.ask("Foobar-7B-Instruct", explain=True).explanation

    assert "part of a model name: 7B is size, explained by no entry" in lines
    assert "part of a model name: Instruct is tuning-instruct, explained by instruct" in lines


def test_an_explanation_names_what_is_unknown(small_assistant: Assistant) -> None:
    lines = small_assistant.ask("what is Foobarizer?", explain=True).explanation

    assert "names found: none" in lines
    assert "names that no entry owns: Foobarizer" in lines
    assert lines[-1] == "status: abstained"


def test_a_reader_can_redo_the_score(assistant: Assistant) -> None:
    lines = assistant.ask("difference between GQA and MLA", explain=True).explanation
    (best,) = [line for line in lines if line.startswith("1. ")]
    shown = re.fullmatch(r"1\. \S+ (\S+) = \((.*)\) / ([\d.]+); .*", best)
    assert shown
    score, terms, total = shown.groups()

    products = re.findall(r"([\d.]+) × \w+ ([\d.]+)", terms)
    assert len(products) == 6
    assert sum(float(weight) for weight, _ in products) == pytest.approx(float(total))
    redone = sum(float(weight) * float(signal) for weight, signal in products) / float(total)
    assert redone == pytest.approx(float(score), abs=0.01)


def test_nothing_is_explained_unless_that_is_asked_for(small_assistant: Assistant) -> None:
    assert small_assistant.ask("what is GQA?").explanation == ()


def test_it_says_why_a_section_comes_later(indexed: Indexed, tmp_path: Path) -> None:
    told = {
        "kettle": "# Kettle\n\n## Lime\n\nDescale it with vinegar.\n",
        "more": "# More\n\n[How to descale it](kettle.md)\n",
        "news": "# News\n\n## 2.1\n\nHow to descale it is told.\n\n## 2.0\n\nA lid.\n",
    }
    for name, text in told.items():
        (tmp_path / f"{name}.md").write_text(text)
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        lines = Assistant(index).ask("descale it", explain=True).explanation
    assert any("news, " in line and line.endswith("as notes of a release") for line in lines)
    assert any("more, " in line and line.endswith("as what only leads on") for line in lines)
