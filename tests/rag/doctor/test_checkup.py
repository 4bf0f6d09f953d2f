from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commands import Run
from scripted_llm import ScriptedServer, says

from entrywise.index.generations.lease import current


@pytest.fixture
def root(small_root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_root, tmp_path / "index"))


def found(run: Run, *arguments: object) -> tuple[int, list[tuple[str, str, str]]]:
    """The exit code, and check, state and message of each finding."""
    code, out, err = run("doctor", "--json", *map(str, arguments))
    assert err == ""
    told = json.loads(out)
    rows = [(one["check"], one["state"], one["message"]) for one in told["findings"]]
    assert told["faults"] == sum(state == "fault" for _, state, _ in rows)
    assert (code == 1) == bool(told["faults"])
    assert not any("\n" in message for *_, message in rows)
    return code, rows


def faults(rows: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(check, message) for check, state, message in rows if state == "fault"]


def test_a_sound_installation_has_no_faults(run: Run, root: Path) -> None:
    code, rows = found(run, "--index", root)
    assert (code, faults(rows)) == (0, [])
    checks = list(dict.fromkeys(check for check, *_ in rows))
    assert checks == [
        "versions", "settings", "index", "knowledge base", "answers", "backend", "disk"
    ]  # fmt: skip
    told = " ".join(message for *_, message in rows)
    assert current(root).name in told
    assert "six entries, 6 entries" in told
    assert "none is set, and none is needed" in told


def test_it_is_told_line_by_line_to_people(run: Run, root: Path) -> None:
    code, out, err = run("doctor", "--index", str(root))
    assert (code, err) == (0, "")
    assert out.startswith("versions: Entrywise ")
    assert "\nindex: 6 entries can be read; " in out


def test_a_damaged_index_is_a_fault_and_the_rest_is_looked_at(run: Run, root: Path) -> None:
    path = current(root) / "encoder.weights"
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.unlink()
    path.write_bytes(content)
    code, rows = found(run, "--index", root)
    ((check, message),) = faults(rows)
    assert (code, check) == (1, "index")
    assert "encoder.weights is not what was written; build it again" in message
    assert "disk" in {check for check, *_ in rows}


def test_without_an_index_that_is_the_fault(run: Run, tmp_path: Path) -> None:
    code, rows = found(run, "--index", tmp_path / "none")
    ((check, message),) = faults(rows)
    assert (code, check) == (1, "index")
    assert "build one with `entrywise index build" in message


def test_a_wrong_setting_is_a_fault(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRYWISE_TOP", "many")
    code, rows = found(run, "--index", root)
    ((check, message),) = faults(rows)
    assert (code, check) == (1, "settings")
    assert "ENTRYWISE_TOP: top is 'many', which is no whole number" in message


def test_what_a_killed_build_left_is_told(run: Run, root: Path) -> None:
    draft = root / ".build-1"
    draft.mkdir()
    (draft / "words.sqlite").write_bytes(bytes(2**21))
    code, rows = found(run, "--index", root)
    assert code == 0
    assert ("index", "note", "1 drafts of 2 MiB: of a build that runs, or was killed; "
            "the next build sweeps them") in rows  # fmt: skip


def test_an_llm_that_replies_is_fine(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer(says("Yes.")) as server:
        monkeypatch.setenv("ENTRYWISE_LLM", "gemma")
        monkeypatch.setenv("ENTRYWISE_LLM_BASE_URL", server.url)
        code, rows = found(run, "--index", root)
    assert (code, faults(rows)) == (0, [])
    assert any("gemma replies, within " in message for *_, message in rows)


def test_an_llm_that_is_not_there_is_a_fault(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTRYWISE_LLM", "gemma")
    monkeypatch.setenv("ENTRYWISE_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    code, rows = found(run, "--index", root)
    ((check, _),) = faults(rows)
    assert (code, check) == (1, "backend")


def test_a_place_that_is_full_or_closed_is_told(
    run: Run, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entrywise.rag.doctor import machine

    monkeypatch.setattr(machine, "_ROOM", 2**60)
    monkeypatch.setenv("ENTRYWISE_LOG", str(tmp_path / "logs" / "log"))
    code, rows = found(run, "--index", root)
    assert code == 1
    assert {check for check, _ in faults(rows)} == {"disk"}
    assert all("make room for" in message for _, message in faults(rows))
    assert any(message.startswith("log: ") for _, message in faults(rows))
