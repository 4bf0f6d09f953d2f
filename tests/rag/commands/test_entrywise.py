from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import uvicorn
from commands import Run
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paths import ROOT

from entrywise.index.index import Index
from entrywise.web.gate.request_log import LOGGING


def test_a_search_lists_entries_and_why(run: Run) -> None:
    code, out, err = run("search", "latent attention", "--limit", "2")

    assert (code, err) == (0, "")
    best, second = out.splitlines()
    score, entry, why = best.split(maxsplit=2)
    assert entry == "mla"
    assert float(score) > float(second.split()[0])
    assert why.startswith("(names 0.00, words 1.00, vectors 0.")


def test_a_batch_of_searches(run: Run) -> None:
    lines = b'{"id": "x", "question": "latent attention"}\n?\n{"id": 2, "question": "LoRA"}\n'
    code, out, err = run("search", "--batch", "-", "--limit", "3", stdin=lines)

    first, second = map(json.loads, out.splitlines())
    assert (first["id"], first["hits"][0]["entry"], len(first["hits"])) == ("x", "mla", 3)
    assert (second["id"], second["hits"][0]["entry"]) == (2, "lora")
    assert all(hit.keys() == {"entry", "score"} for hit in first["hits"])
    assert (code, err.startswith("entrywise: line 2: not JSON")) == (2, True)


@pytest.mark.parametrize(
    "arguments", [[], ["query", "--batch", "-"], ["query", "--limit", "0"], ["query", "--limit=-1"]]
)
def test_a_search_needs_one_source_and_a_positive_limit(run: Run, arguments: list[str]) -> None:
    code, out, err = run("search", *arguments)

    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("entrywise")


def test_a_search_in_another_index(run: Run, tmp_path: Path) -> None:
    code, _, err = run("search", "x", "--index", str(tmp_path))
    assert (code, "no index in" in err) == (3, True)


def test_a_search_tells_the_best_section_of_a_document(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "docs"
    source.mkdir()
    (source / "leave.md").write_text("# Leave\n\n## Carry over\n\nUnused days are kept.\n")
    assert run("index", "build", str(source), "--out", str(tmp_path / "index"))[0] == 0
    _, out, _ = run("search", "unused days", "--index", str(tmp_path / "index"))
    assert out.split()[1] == "leave#carry-over"


def test_what_is_wrong_in_a_knowledge_base_is_listed(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text("id,title,text\na,Same,A broken $x_{1$ formula.\nb,Same,Fine.\n")

    code, out, err = run("check", str(source))
    as_json = run("check", str(source), "--format", "json")

    assert (code, as_json[0]) == (1, 1)
    assert "error: b, name: 'Same' is also a name of 'a'; merge the two, or rename one\n" in out
    findings = json.loads(as_json[1])
    assert len(findings) == len(out.splitlines())
    assert findings[0].keys() == {"severity", "entry", "field", "message", "remedy"}
    errors = sum(finding["severity"] == "error" for finding in findings)
    assert err == f"{errors} errors, {len(findings) - errors} warnings\n"


def test_a_clean_knowledge_base_is_exit_0(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "rows.csv"
    source.write_text("id,title,text\na,One,The first thing.\nb,Two,Something else entirely.\n")
    assert run("check", str(source)) == (0, "", "0 errors, 0 warnings\n")


def test_the_shipped_glossary_is_checked_by_default(run: Run) -> None:
    code, out, err = run("check")

    errors = sum(line.startswith("error: ") for line in out.splitlines())
    assert err.startswith(f"{errors} errors, ")
    assert code == (1 if errors else 0)


@pytest.mark.parametrize(("shell", "check"), [("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"])])
def test_a_completion_script_is_one_that_the_shell_reads(
    run: Run, shell: str, check: list[str]
) -> None:
    code, script, err = run("completion", shell)

    assert (code, err) == (0, "")
    assert "completion" in script
    if shutil.which(shell):
        subprocess.run(check, input=script, text=True, check=True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "entrywise: the following arguments are required: COMMAND"),
        (["index"], "entrywise index: the following arguments are required: COMMAND"),
        (["unknown"], "entrywise: argument COMMAND: invalid choice: 'unknown'"),
        (["index", "build", "x"], "entrywise index build: one of the arguments --out --store is"),
        (["search", "x", "--limt=3"], "entrywise search: unrecognized arguments: --limt=3 "
         "(nearest: '--limit'); see `entrywise search --help`"),
        (["search", "x\ny", "z\n"], "entrywise search: unrecognized arguments: z\\n"),
    ],
)  # fmt: skip
def test_a_wrong_command_is_exit_2_and_one_line(run: Run, arguments: list[str], told: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith(told)
    assert line.endswith("--help`")


def test_version_and_help(run: Run) -> None:
    assert run("--version")[:2] == (0, "entrywise 0.1.0\n")
    code, out, _ = run("--help")
    assert code == 0
    for command in ("serve", "index", "search", "eval", "check", "gaps", "config", "completion"):
        assert f"\n    {command}" in out


def test_serving_opens_the_index_for_the_web_application(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, object]] = []
    opened: list[Path] = []
    open_index = Index.__init__

    def noted(index: Index, root: Path) -> None:
        opened.append(root)
        open_index(index, root)

    def serve(app: FastAPI, **how: object) -> None:
        with TestClient(app) as client:
            assert client.get("/health/ready").json()["entries"] == 6
        started.append(how)

    monkeypatch.setattr(Index, "__init__", noted)
    monkeypatch.setattr(uvicorn, "run", serve)
    # This process goes on.
    monkeypatch.setattr("gc.freeze", lambda: None)
    assert run("serve", "--port", "81")[0] == 0
    (how,) = started
    assert (how["host"], how["port"]) == ("127.0.0.1", 81)
    # Its lines carry the ids of requests.
    assert how["log_config"] is LOGGING
    # To say what is wrong with it, and by the application, which lets it go for a newer one.
    assert len(opened) == 2


def test_the_toolbox_runs_as_a_module() -> None:
    source = ROOT / "src"
    done = subprocess.run(
        [sys.executable, "-m", "entrywise", "--version"],
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "entrywise 0.1.0\n", "")
