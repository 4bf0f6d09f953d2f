from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from entrywise.data.errors import EntrywiseError, IndexDamaged, QuestionError
from entrywise.rag.commands.batch import BatchQuestion, open_lines, read_line, run_batch
from entrywise.rag.understand.input import cleaned


def echo(question: str) -> dict[str, Any]:
    return {"said": cleaned(question)}


def run(lines: bytes, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[Any], list[str]]:
    status = run_batch("ask", io.BytesIO(lines), echo)
    out, err = capsys.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err.splitlines()


def test_answers_come_in_order_with_their_ids(capsys: pytest.CaptureFixture[str]) -> None:
    lines = (
        '{"id": "b", "question": "é 1"}\n\n  \n{"question": "two", "id": 7, "more": []}'.encode()
    )

    status, answers, errors = run(lines, capsys)

    assert answers == [{"id": "b", "said": "é 1"}, {"id": 7, "said": "two"}]
    assert (status, errors) == (0, [])


BAD = {
    b"what is GQA?": "not JSON",
    b'{"id": 1, "question": "x"': "not JSON",
    b"[" * 100_000: "not JSON",
    b'["id", "question"]': "not a JSON object",
    b"null": "not a JSON object",
    b'{"id": 1}': "'question' is missing or no text",
    b'{"id": 1, "question": 5}': "'question' is missing or no text",
    b'{"question": "x"}': "'id' is missing, or neither text nor a whole number",
    b'{"id": null, "question": "x"}': "'id' is missing",
    b'{"id": true, "question": "x"}': "'id' is missing",
    b'{"id": 1.5, "question": "x"}': "'id' is missing",
    b'{"id": 1, "question": "\xff"}': "not UTF-8",
    b'{"id": "\\ud800", "question": "x"}': "'id' has half a character",
    b'{"id": 1, "question": " "}': "the question is empty",
    b'{"id": 1, "question": "\\ud800"}': "the question is empty",
    b'{"id": 1, "question": "' + b"x" * 10_001 + b'"}': "the question has 10,001 characters",
}


@pytest.mark.parametrize("line", BAD, ids=BAD.values())
def test_a_bad_line_is_reported_and_the_others_are_answered(
    line: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    good = b'{"id": 1, "question": "x"}\n'

    status, answers, (error,) = run(good + b"\n" + line + b"\n" + good, capsys)

    assert (status, len(answers)) == (2, 2)
    assert error.startswith(f"ask: line 3: {BAD[line]}")


def test_every_bad_line_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    status, answers, errors = run(b"\n".join(BAD), capsys)
    assert (status, answers, len(errors)) == (2, [], len(BAD))


def test_a_byte_order_mark_is_no_part_of_a_line() -> None:
    line = '\ufeff{"id": 1, "question": "x"}'.encode()
    assert read_line(line) == BatchQuestion(1, "x")


def test_lines_come_from_a_file_or_from_stdin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"one\ntwo\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"three\n")))

    with open_lines(str(path)) as lines:
        assert list(lines) == [b"one\n", b"two\n"]
    assert lines.closed
    with open_lines("-") as lines:
        assert list(lines) == [b"three\n"]
    assert not lines.closed


def test_a_file_that_cannot_be_opened_is_no_question(tmp_path: Path) -> None:
    for path, remedy in ((tmp_path / "none", "check the path"), (tmp_path, "it is a folder")):
        with (
            pytest.raises(EntrywiseError, match=rf"cannot be read .*; {remedy}") as caught,
            open_lines(str(path)),
        ):
            pass
        assert not isinstance(caught.value, QuestionError)


def test_a_line_that_meets_a_fault_is_reported_and_the_others_are_answered(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def respond(question: str) -> dict[str, Any]:
        return {"said": 1 // (question != "zero")}

    lines = [b'{"id": %d, "question": "%s"}\n' % pair for pair in enumerate((b"a", b"zero", b"b"))]
    status = run_batch("ask", [*lines, b"no JSON"], respond)

    out, err = capsys.readouterr()
    assert status == 70
    assert [json.loads(line)["id"] for line in out.splitlines()] == [0, 2]
    fault, invalid = err.splitlines()
    assert fault.startswith("ask: line 2: an unforeseen fault (ZeroDivisionError")
    assert invalid.startswith("ask: line 4: not JSON")


def test_an_index_that_cannot_be_used_ends_a_batch() -> None:
    def respond(question: str) -> dict[str, Any]:
        raise IndexDamaged("it is broken")

    with pytest.raises(IndexDamaged):
        run_batch("ask", [b'{"id": 1, "question": "x"}'], respond)
