"""`ask --llm`: what is printed, and the exit codes."""

from __future__ import annotations

import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from commands import ASK, Run
from scripted_llm import Behaviour, ScriptedServer, is_slow, refuses, says

LINE = b'{"id": 1, "question": "what is GQA?"}\n'


TRUE = "Several query heads share one key head and one value head."


@pytest.fixture
def llm(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ScriptedServer]]:
    """Starts a server whose LLM behaves as a test wants, where `ask` looks for one."""
    with ExitStack() as stack:

        def start(*script: Behaviour) -> ScriptedServer:
            server = stack.enter_context(ScriptedServer(*script))
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            return server

        yield start


def test_an_llm_writes_where_it_is_asked_for(ask: Run, llm: Callable[..., ScriptedServer]) -> None:
    llm(says(f"{TRUE} [1]"))
    code, out, err = ask("what is GQA?", "--llm", "gemma")
    assert (code, err) == (0, "")
    assert out.startswith(f"{TRUE} [1]\n\nWritten by gemma; 1 sentence checked")
    assert "Sources\n  [1] GQA (gqa)" in out


def test_the_llm_of_the_settings_can_be_left_out(
    ask: Run, llm: Callable[..., ScriptedServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = llm(says(f"{TRUE} [1]"))
    monkeypatch.setenv("ENTRYWISE_LLM", "gemma")
    assert "Written by gemma" in ask("what is GQA?")[1]
    assert "Written by gemma" not in ask("what is GQA?", "--llm", "")[1]
    assert len(server.requests) == 1


def test_quotes_are_given_where_the_llm_fails(ask: Run, llm: Callable[..., ScriptedServer]) -> None:
    llm(refuses(401))
    code, out, _ = ask("what is GQA?", "--llm", "gemma")
    assert code == 0
    assert out.startswith(
        "Quoted instead of written: the server at 127.0.0.1 refuses the key (401)"
    )
    assert "GQA lies between" in out


def test_a_required_llm_that_fails_exits_with_4(
    ask: Run, llm: Callable[..., ScriptedServer]
) -> None:
    llm(says("GQA is a cake [1]."))
    code, out, err = ask("what is GQA?", "--llm", "gemma", "--llm-required")
    assert (code, out) == (4, "")
    assert err == "ask: no sentence that gemma wrote is supported by the quotes\n"


def test_a_required_llm_is_not_asked_what_the_knowledge_base_lacks(
    ask: Run, llm: Callable[..., ScriptedServer]
) -> None:
    server = llm(says("Foobarizer is a cake."))
    assert ask("what is Foobarizer?", "--llm", "gemma", "--llm-required")[0] == 1
    assert server.requests == []


def test_an_llm_that_is_required_has_to_be_named(ask: Run) -> None:
    code, _, err = ask("what is GQA?", "--llm-required")
    assert code == 2
    assert "--llm-required needs an LLM; give --llm MODEL" in err


def test_a_batch_is_written_line_by_line(ask: Run, llm: Callable[..., ScriptedServer]) -> None:
    llm(says(f"{TRUE} [1]"))
    code, out, _ = ask("--batch", "-", "--llm", "gemma", stdin=LINE)
    record = json.loads(out)
    assert (code, record["id"], record["backend"]) == (0, 1, "gemma")


def test_what_is_sent_is_explained(ask: Run, llm: Callable[..., ScriptedServer]) -> None:
    server = llm(says(f"{TRUE} [1]"))
    _, _, err = ask("what is GQA?", "--llm", "gemma", "--explain")
    assert "sent to gemma, and nothing else:" in err
    assert all(line in err for line in server.requests[0]["messages"][1]["content"].splitlines())


def test_a_key_is_shown_nowhere(
    ask: Run, llm: Callable[..., ScriptedServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    server = llm(refuses(401, '{"error": {"message": "bad key sk-very-secret"}}'))
    for options in (["--explain"], ["--json"], ["--llm-required"]):
        _, out, err = ask("what is GQA?", "--llm", "gemma", *options)
        assert "sk-very-secret" not in out + err
    assert server.keys[0] == "Bearer sk-very-secret"


def test_sentences_are_printed_while_the_next_is_written(
    environment: dict[str, str], llm: Callable[..., ScriptedServer]
) -> None:
    released = threading.Event()
    server = llm(is_slow(f"{TRUE} [1] It goes on", released=released))
    with subprocess.Popen(
        [*ASK, "what is GQA?", "--llm", "gemma"],
        env=environment | {"OPENAI_BASE_URL": server.url},
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(len(TRUE)).decode() == TRUE
        released.set()
        assert b"Written by gemma" in process.stdout.read()


def test_an_interrupted_reply_exits_with_130_and_is_broken_off(
    environment: dict[str, str], llm: Callable[..., ScriptedServer]
) -> None:
    server = llm(is_slow("GQA shares"))
    with subprocess.Popen(
        [*ASK, "what is GQA?", "--llm", "gemma"],
        env=environment | {"OPENAI_BASE_URL": server.url},
        stderr=subprocess.DEVNULL,
    ) as process:
        while not server.requests:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert server.left.wait(10)


def test_a_line_of_a_batch_at_which_a_required_llm_fails_is_reported_and_the_others_are_answered(
    ask: Run, llm: Callable[..., ScriptedServer]
) -> None:
    llm(says(f"{TRUE} [1]"), refuses(401), says(f"{TRUE} [1]"))
    lines = b"".join(b'{"id": %d, "question": "what is GQA?"}\n' % n for n in range(3))
    options = ["--batch", "-", "--llm", "gemma", "--llm-required"]
    code, out, err = ask(*options, stdin=lines)
    assert (code, [json.loads(line)["id"] for line in out.splitlines()]) == (4, [0, 2])
    assert err.startswith("ask: line 2: the server at 127.0.0.1 refuses the key (401)")
    assert ask(*options, stdin=lines + b"nonsense\n")[0] == 2
