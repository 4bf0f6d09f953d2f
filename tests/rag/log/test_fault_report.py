from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.rag.log.fault_report import KEPT, keep_report


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path


def fault(text: str = "b") -> Exception:
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError as error:
        return error


def test_a_report_says_what_it_may_hold_and_what_happened(state: Path) -> None:
    path = keep_report(fault("half \ud800"), ["ask", "what is GQA?"])

    assert path is not None
    assert path.parent == state / "entrywise" / "faults"
    report = path.read_text("utf-8")
    assert "It may hold questions" in report
    assert "['ask', 'what is GQA?']" in report
    assert report.endswith("ZeroDivisionError: half \\ud800\n")


def test_a_report_is_for_its_owners_eyes(state: Path) -> None:
    path = keep_report(fault(), [])
    assert path is not None
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_newest_few_are_kept(state: Path) -> None:
    made = [keep_report(fault(), []) for _ in range(KEPT + 2)]
    assert sorted((state / "entrywise" / "faults").iterdir()) == made[-KEPT:]


def test_who_keeps_no_history_keeps_no_report(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENTRYWISE_HISTORY", "none")
    assert keep_report(fault(), []) is None
    monkeypatch.setenv("ENTRYWISE_TOP", "settings that cannot be read")
    assert keep_report(fault(), []) is None
    assert not any(state.iterdir())


def test_what_cannot_be_written_is_not_kept(state: Path) -> None:
    (state / "entrywise").write_text("a file in the way")
    assert keep_report(fault(), []) is None
