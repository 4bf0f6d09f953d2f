from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from commands import Run

from entrywise.index.index import Index
from entrywise.rag.commands.gaps import as_lines
from entrywise.rag.log.gaps import Gap, Gaps
from entrywise.rag.log.questions import LoggedQuestion, QuestionLog


@pytest.fixture
def run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `entrywise gaps` on the six entries and on a log."""
    monkeypatch.setenv("ENTRYWISE_THRESHOLD", "0.02")
    monkeypatch.setenv("ENTRYWISE_LOG", str(tmp_path / "log"))
    return partial(run, "gaps")


@pytest.fixture
def log(tmp_path: Path) -> QuestionLog:
    """Two questions in vain, and one that is answered by now."""
    log = QuestionLog(tmp_path / "log")
    for month, text in enumerate(
        ("what is Foobarizer?", "what is Quuxnet?", "what is GQA?"), start=1
    ):
        time = f"2026-0{month}-15T12:00:00+00:00"
        log.add(LoggedQuestion(time, text, text, "abstained", 0.1, "definition", (), ()))
    log.close()
    return log


def test_the_report_says_what_was_asked_in_vain(run: Run, log: QuestionLog) -> None:
    code, out, err = run()

    assert (code, err) == (0, "")
    heading, blank, first, missing, *rest = out.splitlines()
    assert heading == ("3 questions were not answered, or only in part; 1 is answered by now.")
    assert blank == ""
    assert first == "1×  2026-02-15  what is Quuxnet?"
    assert missing == "                missing: Quuxnet"
    assert "nearest: " not in out
    assert rest[1] == "1×  2026-01-15  what is Foobarizer?"


def test_the_report_as_json(run: Run, log: QuestionLog) -> None:
    code, out, err = run("--format", "json", "--limit", "1")

    assert (code, err) == (0, "")
    report = json.loads(out)
    (group,) = report.pop("groups")
    assert report == {"unanswered": 3, "answered_by_now": 1, "total_groups": 2}
    assert group == {
        "count": 1,
        "last_asked": "2026-02-15T12:00:00+00:00",
        "question": "what is Quuxnet?",
        "others": [],
        "missing": "Quuxnet",
        "nearest": [],
        "wishes": 0,
        "comments": [],
    }


def test_asking_again_is_not_logged(run: Run, log: QuestionLog) -> None:
    run()
    assert len(log.read()) == 3


def test_a_limit_says_what_it_hides(run: Run, log: QuestionLog) -> None:
    out = run("--limit", "1")[1]
    assert out.endswith("\n\n1 more group; --limit 2 shows all.\n")


def test_a_report_from_a_day_on(run: Run, log: QuestionLog) -> None:
    out = run("--since", "2026-02-15")[1]
    assert "Quuxnet" in out
    assert "Foobarizer" not in out


def test_what_was_asked_long_ago_is_forgotten(run: Run, log: QuestionLog) -> None:
    code, out, err = run("--forget-before", "2026-02-15")

    assert (code, out, err) == (0, "forgot 1 question from before 2026-02-15\n", "")
    assert len(log.read()) == 2
    assert run("--forget-before", "2027-01-01")[1].startswith("forgot 2 questions ")


def test_another_log_may_be_named(run: Run, log: QuestionLog, tmp_path: Path) -> None:
    (tmp_path / "log").rename(tmp_path / "moved")
    assert run("--log", str(tmp_path / "moved"))[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--log", "no/such"], "no question log at 'no/such'; it is made when"),
        (["--log", "/dev/null"], "no question log at '/dev/null'"),
        (["--since", "2026-12-01"], "holds no questions from 2026-12-01 on; name an earlier day"),
    ],
)
def test_without_questions_one_line_says_why(
    run: Run, log: QuestionLog, arguments: list[str], message: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("entrywise: ")
    assert message in err


def test_an_empty_log_is_said(run: Run, log: QuestionLog) -> None:
    run("--forget-before", "2027-01-01")
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err.endswith("holds no questions yet\n")


def test_without_a_log_the_remedy_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENTRYWISE_LOG")
    code, out, err = run()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "give --log FILE, or set ENTRYWISE_LOG" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--since", "yesterday"],
        ["--forget-before", "2026-02-30"],
        ["--since", "2026-01-01", "--forget-before", "2026-01-01"],
        ["--limit", "0"],
        ["--format", "html"],
    ],
)
def test_wrong_options_are_exit_2(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    (line,) = err.splitlines()
    assert line.startswith("entrywise gaps: ")


def test_without_an_index_the_exit_code_is_3(run: Run, log: QuestionLog, tmp_path: Path) -> None:
    assert run("--index", str(tmp_path / "none"))[0] == 3


def lines(index: Index, *groups: Gap, columns: int = 40) -> list[str]:
    return list(as_lines(Gaps(len(groups), 0, groups), index, 20, columns))


def gap(question: str, count: int = 1, **more: Any) -> Gap:
    return Gap(count, "2026-03-01T12:00:00+00:00", question, (), None, (), **more)


def test_counts_are_aligned(small_index: Index) -> None:
    shown = lines(small_index, gap("many", count=100), gap("one"))
    assert [line for line in shown if "×" in line] == [
        "100×  2026-03-01  many",
        "  1×  2026-03-01  one",
    ]


def test_wide_characters_keep_within_the_width(small_index: Index) -> None:
    shown = lines(small_index, gap("日本の首都はどこですか" * 3))[2:]
    assert len(shown) > 1
    assert all(len(line) + sum(not c.isascii() for c in line.lstrip("1×")) <= 40 for line in shown)


def test_control_characters_of_a_log_do_not_reach_the_terminal(small_index: Index) -> None:
    assert "\x1b" not in "".join(lines(small_index, gap("a\x1b[31m")))


def test_a_log_without_a_gap_says_so(small_index: Index) -> None:
    assert lines(small_index) == ["Every question was answered."]


def test_the_heading_counts(small_index: Index) -> None:
    (heading,) = as_lines(Gaps(1, 0, ()), small_index, 20, 100)
    assert heading == "1 question was not answered, or only in part; none is answered by now."
    (heading,) = as_lines(Gaps(5, 2, ()), small_index, 20, 100)
    assert heading == "5 questions were not answered, or only in part; 2 are answered by now."
