"""A process that stays builds no index itself."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from paths import ROOT

from entrywise.__main__ import main
from entrywise.index.index import Index
from entrywise.rag.settings import Settings, load_settings
from entrywise.web import commands as serving

SOURCE = ROOT / "src"


def _settings(**named: Path) -> Settings:
    return replace(load_settings(), **{"index": "", **{k: str(v) for k, v in named.items()}})


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_an_index_that_cannot_be_built_is_reported_once(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = subprocess.run(
        [sys.executable, "-m", "entrywise", command],
        env={"PYTHONPATH": str(SOURCE), "ENTRYWISE_CACHE": str(tmp_path / "file" / "cache")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("cannot be written") == done.stderr.count("\n") == 1


@pytest.mark.parametrize(("code", "status"), [(0, 0), (3, 3), (-9, 70)])
def test_a_missing_index_is_built_in_a_process_of_its_own(
    code: int, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []

    def run(command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(serving.subprocess, "run", run)
    assert serving._build_apart(_settings(cache=tmp_path)) == status
    assert started[0][:3] == [sys.executable, "-m", "entrywise"]
    assert serving._build_apart(_settings(index=tmp_path)) == 0
    assert len(started) == 1


def test_an_index_that_is_there_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entrywise.index.cache.shipped_index", lambda cache: cache)
    monkeypatch.delattr(serving.subprocess, "run")
    assert serving._build_apart(_settings(cache=tmp_path)) == 0


def test_a_build_that_is_killed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = subprocess.CompletedProcess[bytes]([], -9)
    (tmp_path / "a.md").write_text("# Keys\n\nA lost key costs 40 EUR.\n")
    monkeypatch.setenv("ENTRYWISE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(serving.subprocess, "run", lambda command, **_: killed)
    assert main(["serve", str(tmp_path)]) == 70
    told = capsys.readouterr().err
    assert "was killed (signal 9); if the memory ran out, end other programs" in told
    assert told.count("\n") == 1


def test_no_command_line_holds_the_address_of_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://me:secret@db.example/notes"
    started: list[tuple[list[str], dict[str, Any]]] = []

    def run(command: list[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
        started.append((command, how))
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(serving.subprocess, "run", run)
    monkeypatch.setenv("ENTRYWISE_INDEX", address)
    assert main(["serve", "--workers", "2"]) == 3
    [(command, how)] = started
    assert "secret" not in " ".join(command)
    assert how["env"]["ENTRYWISE_INDEX"] == address


def test_a_source_is_built_into_the_cache_and_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "notes"
    source.mkdir()
    (source / "a.md").write_text("# Keys\n\nA lost key costs 40 EUR.\n")
    monkeypatch.setenv("ENTRYWISE_CACHE", str(tmp_path / "cache"))
    served: list[str] = []

    def run(app: FastAPI, **_: object) -> None:
        with TestClient(app) as client:
            answer = client.post("/api/ask", json={"question": "what does a lost key cost"})
            served.append(answer.json()["citations"][0]["quote"])

    monkeypatch.setattr("uvicorn.run", run)
    # This process goes on.
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    assert main(["serve", str(source)]) == 0
    assert served == ["A lost key costs 40 EUR."]
    assert serving.source_index(source, tmp_path / "cache").is_dir()


def test_what_is_wrong_in_a_source_is_said_before_serving(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    assert main(["serve", str(tmp_path / "missing")]) == 2
    assert "does not exist" in capfd.readouterr().err


@pytest.mark.parametrize("how", [[], ["--index"]])
def test_an_index_is_served_as_it_is(
    how: list[str], harbour_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[str] = []
    monkeypatch.setattr(serving, "_serve", lambda options, settings: served.append(settings.index))
    monkeypatch.setattr(serving, "_run", lambda command: pytest.fail("something is built"))
    main(["serve", *how, str(harbour_root)])
    assert served == [str(harbour_root)]


def test_only_a_source_can_be_followed(
    harbour_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for named in ([], [str(harbour_root)], ["--index", str(harbour_root)]):
        assert main(["serve", "--watch", *named]) == 2
        assert "--watch needs a source" in capsys.readouterr().err
        assert main(["serve", "--columns", "title=Frage", *named]) == 2
        assert "--columns names columns of a source" in capsys.readouterr().err


def test_a_source_is_built_with_the_columns_that_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "faq.csv").write_text("Frage;Antwort\nWer?;Wir.\n")
    monkeypatch.setenv("ENTRYWISE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    monkeypatch.setattr(serving, "_serve", lambda options, settings: 0)
    named = ["--columns", "title=Frage,text=Antwort"]
    assert main(["serve", str(tmp_path / "faq.csv"), *named]) == 0
    folder = serving.source_index(tmp_path / "faq.csv", tmp_path / "cache")
    with closing(Index(folder)) as index:
        assert [(one.name, one.sections[0].text) for one in index.entries] == [("Wer?", "Wir.")]


def test_either_a_source_or_an_index_is_served(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "docs", "--index", "ix"]) == 2
    assert "name one of the two" in capsys.readouterr().err
