from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT
from scripted_llm import ScriptedServer, says

from entrywise.data.errors import EntrywiseError
from entrywise.rag.commands.evaluation import add_arguments, run

ROWS = [
    {
        "id": f"{scope}{number}",
        "question": f"What is {subject}?",
        "type": "definition",
        "scope": scope,
        "relevant": {"mla": 2} if scope == "in" else {},
    }
    for scope, subject in (("in", "MLA"), ("near", "boosting"), ("far", "spaghetti"))
    for number in range(5)
]


@pytest.fixture
def questions(questions_file: Callable[[list[Any]], Path]) -> str:
    """A file with five questions of each scope."""
    return str(questions_file(ROWS))


@pytest.fixture
def measure(small_root: Path) -> Callable[..., int]:
    """The command, on the small index."""

    def command(*arguments: str) -> int:
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        return run(parser.parse_args([*arguments, "--index", str(small_root)]))

    return command


def test_the_report_goes_to_stdout_and_nothing_else_does(
    measure: Callable[..., int], questions: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert measure(questions) == 0
    output = capsys.readouterr()
    assert output.out.startswith("15 questions (5 in, 5 near, 5 far)")
    assert "MiniLM" not in output.out
    assert output.err == ""


def test_json_and_baselines_are_given_when_asked_for(
    measure: Callable[..., int], questions: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert measure(questions, "--format", "json", "--baselines") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["questions"] == {"in": 5, "near": 5, "far": 5}
    assert "MiniLM" in record["baselines"]


def test_the_picture_and_the_models_are_written_where_named(
    measure: Callable[..., int], questions: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "figures.png"
    assert measure(questions, "--plot", str(picture), "--fit", str(tmp_path)) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    told = capsys.readouterr().err.splitlines()
    for line, name, count in ((0, "confidence.json", 15), (1, "selection.json", 5)):
        model = tmp_path / name
        assert json.loads(model.read_text())["plain"]["fitted_on"]["questions"] == count
        assert told[line].startswith(f"wrote {model} (cross-validated: auroc ")
    assert told[2] == f"wrote {picture}"


def test_beir_figures_come_as_text_or_json(
    measure: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "queries.jsonl").write_text('{"_id": "1", "text": "What is MLA?"}\n')
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n1\tmla\t1\n")
    assert measure("--beir", str(tmp_path)) == 0
    assert capsys.readouterr().out.splitlines()[1] == "nDCG@10     1.000 [1.00, 1.00]"
    assert measure("--beir", str(tmp_path), "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["nDCG@10"]["value"] == 1


@pytest.mark.parametrize("arguments", [(), ("questions.jsonl", "--beir", "folder")])
def test_one_of_questions_and_beir_is_needed(
    measure: Callable[..., int], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(EntrywiseError, match="one of the two"):
        measure(*arguments)


def test_importing_the_command_imports_nothing_heavy() -> None:
    code = "import sys, entrywise.rag.commands.evaluation; print(*sys.modules)"
    source = ROOT / "src"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, env={"PYTHONPATH": str(source)},
    )  # fmt: skip
    assert not {"numpy", "tqdm", "sklearn", "matplotlib"} & set(done.stdout.split())


def test_what_an_llm_writes_is_measured_where_one_is_named(
    measure: Callable[..., int],
    questions: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    supported = "Keys and values are kept as one small latent vector per token."
    with ScriptedServer(says(f"{supported} [1] MLA is a cake [1][77].")) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert measure(questions, "--llm", "gemma", "--format", "json") == 0
        written = json.loads(capsys.readouterr().out)["written"]
        assert measure(questions, "--llm", "gemma") == 0
    asked = written["asked"]
    assert (written["model"], written["sentences"]) == ("gemma", 2 * asked)
    assert written["invalid_citations"] == asked
    assert "citations of what it was not given" in capsys.readouterr().out


def test_quotes_are_measured_whatever_the_settings_say(
    measure: Callable[..., int],
    questions: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ENTRYWISE_LLM", "gemma")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert measure(questions, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["written"] is None
