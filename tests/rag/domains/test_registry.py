"""Domains by name: the shipped one, and one from outside, from its check to its answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Call
from installation import DISTRIBUTIONS
from paths import ROOT

from entrywise.__main__ import main as toolbox_main
from entrywise.data.errors import DomainMissing
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.commands.ask import main as ask_main
from entrywise.rag.domains.base import GENERAL
from entrywise.rag.domains.registry import LANGUAGE_MODELS, open_domain
from entrywise.rag.render.answer import Answer

PlugIn = Callable[[str], None]
Ask = Callable[[str], Answer]

PACKAGE = DISTRIBUTIONS / "part_numbers"
SOURCE = str(PACKAGE / "screws" / "screws.jsonl")
MISSING = (
    "the knowledge base names the domain 'part_numbers', which no installed package registers; "
    "install one, or remove `domain` from its entrywise.toml and build the index again"
)


@pytest.fixture
def ask_screws(screws_root: Path, plug_in: PlugIn) -> Ask:
    """Asks the six entries on screws."""
    plug_in("part_numbers")

    def ask(question: str) -> Answer:
        with Assistant(Index(screws_root), threshold=0.0) as assistant:
            return assistant.ask(question)

    return ask


def test_a_knowledge_base_without_a_domain_has_that_of_no_subject() -> None:
    assert open_domain("") is GENERAL
    assert open_domain(LANGUAGE_MODELS).name == LANGUAGE_MODELS


def test_a_distribution_adds_a_domain_that_takes_names_apart(ask_screws: Ask) -> None:
    answer = ask_screws("what does RS-M8x40-A2 mean")
    assert (answer.intent, answer.status) == ("decode", "answered")
    (table,) = answer.parts
    assert [row.aspect for row in table.rows] == ["RS", "M8", "40: 40 mm", "A2"]
    assert table.rows[2].parts == ("40",)
    assert [one.entry for one in answer.citations] == ["rs", "thread", "length", "a2"]


def test_a_part_number_beside_what_is_asked_is_not_taken_apart(ask_screws: Ask) -> None:
    answer = ask_screws("does RS-M8x40-A2 rust by the sea?")
    assert answer.intent == "other"
    assert answer.citations[0].entry in ("a2", "a4")


def test_comparisons_have_its_rows_in_place_of_general_ones_or_behind_them(ask_screws: Ask) -> None:
    *_, table = ask_screws("compare A2 and A4").parts
    assert table.columns == ("A2", "A4")
    said = {row.aspect: [cell and cell.text for cell in row.cells] for row in table.rows}
    assert list(said) == ["What it is", "Strength", "Rain and salt"]
    assert said["Strength"] == [f"Its tensile strength is {n} MPa." for n in (700, 800)]
    assert said["Rain and salt"] == [
        "It withstands rain, but rusts where the air is salty.",
        "It does not corrode by the sea.",
    ]


def test_its_wordings_tell_what_a_question_asks_for(ask_screws: Ask) -> None:
    answer = ask_screws("how tight do I turn an M8 screw?")
    assert answer.intent == "numeric"
    assert answer.citations[0].quote.startswith("An M8 screw takes a torque of 25 Nm")


def test_without_the_distribution_its_index_is_refused_in_one_line(
    call: Call, screws_root: Path
) -> None:
    refused = 3, "", f"ask: {MISSING}\n"
    assert call(ask_main, "what does RS-M8x40-A2 mean", "--index", str(screws_root)) == refused


def test_a_part_that_the_domain_does_not_know_is_found_by_check(
    call: Call, plug_in: PlugIn, tmp_path: Path
) -> None:
    plug_in("part_numbers")
    assert call(toolbox_main, "check", SOURCE, "--ways", str(PACKAGE / "screws" / "ways.json")) == (
        0,
        "",
        "0 errors, 0 warnings\n",
    )

    ways = tmp_path / "ways.json"
    ways.write_text('{"thread": {"parts": ["treads"]}}')
    code, out, err = call(toolbox_main, "check", SOURCE, "--ways", str(ways))
    assert (code, err) == (1, "1 errors, 0 warnings\n")
    assert out == (
        "error: thread, parts: 'treads' is no kind of part that the domain tells apart; remove it "
        "or correct it (nearest: 'thread')\n"
    )


def test_without_the_distribution_its_source_is_not_checked(call: Call) -> None:
    assert call(toolbox_main, "check", SOURCE) == (3, "", f"entrywise: {MISSING}\n")


def test_a_domain_that_cannot_be_loaded_is_named_with_its_remedy(plug_in: PlugIn) -> None:
    plug_in("broken")
    with pytest.raises(DomainMissing) as caught:
        open_domain("broken")
    assert str(caught.value) == (
        "the domain 'broken' cannot be loaded (No module named 'a_package_that_was_removed'); "
        "install entrywise-broken again"
    )


def test_what_is_registered_has_to_be_a_domain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = tmp_path / "ours-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: ours\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[entrywise.domains]\nours = json:loads\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DomainMissing) as caught:
        open_domain("ours")
    assert str(caught.value) == (
        "the domain 'ours' (json:loads) is no entrywise.rag.domains.base.Domain; mend its package"
    )


def test_the_page_shows_the_domain_that_is_tested(
    call: Call, plug_in: PlugIn, screws_root: Path
) -> None:
    page = (ROOT / "docs" / "domains.md").read_text("utf-8")
    plug_in("part_numbers")
    question = "what does RS-M8x40-A2 mean"
    _, out, _ = call(ask_main, question, "--index", str(screws_root))
    answer, sources, _ = out.partition("\nSources\n")
    assert sources
    assert f'ask --index screws "{question}"\n{answer}' in page
    shown = {
        "python": PACKAGE / "entrywise_part_numbers.py",
        "json": PACKAGE / "screws" / "ways.json",
    }
    for language, path in shown.items():
        assert f"```{language}\n{path.read_text('utf-8')}```" in page
    entry_point = '[project.entry-points."entrywise.domains"]\npart_numbers = '
    assert entry_point in page
    assert entry_point in (PACKAGE / "pyproject.toml").read_text("utf-8")
    assert 'domain = "part_numbers"' in page
