"""Rerankers by name: one of another distribution, from its registration to an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from commands import Call
from installation import DISTRIBUTIONS
from paths import ROOT

from entrywise.rag.assistant import Assistant
from entrywise.rag.commands.ask import main as ask_main
from entrywise.rag.find.rerankers.registry import open_reranker
from entrywise.rag.settings import Settings

PlugIn = Callable[[str], None]
NAME = "shared_words:4"


def test_a_distribution_adds_a_reranker(plug_in: PlugIn, tmp_path: Path) -> None:
    plug_in("shared_words")
    reranker = open_reranker(NAME, tmp_path)
    assert reranker.sha256 == NAME
    assert reranker.scores("who keeps the boats", ["boats", "who keeps boats"]).tolist() == [
        0.5,
        1.0,
    ]


def test_a_setting_names_it_and_answers_say_what_it_said(
    plug_in: PlugIn, harbour_root: Path
) -> None:
    plug_in("shared_words")
    question = "which berths are for the night?"
    with Assistant.open(harbour_root, settings=Settings(reranker=NAME)) as assistant:
        hits = assistant.search(question)
        assert [hit.why["reranker"] for hit in hits] == sorted(
            (hit.why["reranker"] for hit in hits), reverse=True
        )
        told = assistant.ask(question, explain=True).explanation
        assert any("its reranker says" in line for line in told)
    with Assistant.open(harbour_root, settings=Settings()) as assistant:
        assert "reranker" not in assistant.search(question)[0].why


def test_a_command_takes_it(plug_in: PlugIn, harbour_root: Path, call: Call) -> None:
    plug_in("shared_words")
    command = ["who keeps the lifeboats?", "--index", str(harbour_root), "--reranker", NAME]
    code, printed, _ = call(ask_main, *command, "--json")
    assert code == 0
    assert json.loads(printed)["retrieved"][0]["why"]["reranker"] > 0


def test_what_is_no_reranker_is_an_error_of_the_settings(
    harbour_root: Path, call: Call, tmp_path: Path
) -> None:
    missing = str(tmp_path / "none")
    command = ["who keeps them?", "--index", str(harbour_root), "--reranker", missing]
    code, _, told = call(ask_main, *command)
    assert code == 2
    assert told == (
        f"ask: no model in {missing!r}: there is no such folder; give the folder of a "
        "sentence-transformers model, its name where a hub can be reached, or leave the setting "
        "`reranker` out\n"
    )


def test_the_page_shows_it_as_it_is() -> None:
    page = (ROOT / "docs" / "models.md").read_text("utf-8")
    module = DISTRIBUTIONS / "shared_words" / "entrywise_shared_words.py"
    assert module.read_text("utf-8") in page
    assert '[project.entry-points."entrywise.rerankers"]' in page
