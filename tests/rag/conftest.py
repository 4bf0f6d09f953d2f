"""Assistants over both indexes, the stages of an answer, and a terminal to print to."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from commands import Call, Main, Run
from labelled import write_questions
from paths import ROOT
from stages import evidence, found

from entrywise.__main__ import main as toolbox_main
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.commands.ask import main as ask_main
from entrywise.rag.compose.composition import compose
from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.selection import Findings

Finding = Callable[..., Findings]
Composing = Callable[[str, Index], Draft]


@pytest.fixture(scope="session")
def assistant(glossary_index: Index) -> Assistant:
    """Answers from the shipped glossary."""
    return Assistant(glossary_index)


@pytest.fixture(scope="session")
def small_assistant(small_index: Index) -> Assistant:
    """Answers from the six entries, however unsure it is of them, but for names that it lacks."""
    return Assistant(small_index, threshold=0.02)


@pytest.fixture
def find() -> Finding:
    """What was found for a question, with up to `near` candidates."""

    return found


@pytest.fixture
def composed(find: Finding) -> Composing:
    """The draft for a question, by whatever shape fits it."""
    return lambda text, index: compose(find(text, index), evidence(text, index))


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[[], io.StringIO]:
    """Make standard output, for the rest of a test, a terminal that takes colours."""

    def looked_at() -> io.StringIO:
        stream = Terminal()
        monkeypatch.setattr("sys.stdout", stream)
        for name in ("NO_COLOR", "TERM"):
            monkeypatch.delenv(name, raising=False)
        return stream

    return looked_at


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Call the `main` of a command: exit code, stdout, stderr."""

    def called(main: Main, *arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code: Any = main(arguments)
        except SystemExit as error:
            code = error.code
        out, err = capsys.readouterr()
        return code, out, err

    return called


@pytest.fixture
def ask(small_root: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Run:
    """Run `ask` on the six entries."""
    monkeypatch.setenv("ENTRYWISE_INDEX", str(small_root))
    monkeypatch.setenv("ENTRYWISE_THRESHOLD", "0.02")
    return partial(call, ask_main)


@pytest.fixture
def run(small_root: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> Run:
    """Run `entrywise` on the six entries."""
    monkeypatch.setenv("ENTRYWISE_INDEX", str(small_root))
    return partial(call, toolbox_main)


@pytest.fixture
def environment(small_root: Path) -> dict[str, str]:
    """The environment of a process that answers from the six entries."""
    source = ROOT / "src"
    own = {"PYTHONPATH": str(source), "ENTRYWISE_INDEX": str(small_root)}
    return os.environ | own | {"ENTRYWISE_THRESHOLD": "0.02"}


@pytest.fixture
def questions_file(tmp_path: Path) -> Callable[[list[Any]], Path]:
    """Write labelled rows to a question file."""
    return partial(write_questions, tmp_path / "questions.jsonl")
