"""`ask` alone: a conversation in the terminal, with history over sessions."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from entrywise.data.errors import BackendError, QuestionError
from entrywise.rag.assistant import Assistant
from entrywise.rag.commands.output import show
from entrywise.rag.commands.terminal import DONE
from entrywise.rag.log.last_conversation import KeptConversation

_PROMPT = "ask> "
_KEPT_LINES = 1000
_HELP = """  a question        "and Y?", "why?", "compare them", "more" lean on the conversation
  a number          asks one of the questions under "Ask next"
  /new              forget the conversation
  /explain          say why each answer is what it is, or stop saying it
  /help, /quit      this text, and the end (Ctrl-D ends too)"""


def converse(
    assistant: Assistant, options: argparse.Namespace, conversation: KeptConversation
) -> int:
    """Answer questions until the end of input, after those of a conversation."""
    entries = assistant.index.manifest.counts["entries"]
    print(f"Entrywise: {entries} entries. Ask a question; /help for more.", file=sys.stderr)
    if conversation.questions:
        print(f"Going on after: {conversation.questions[-1]}", file=sys.stderr)
    with _line_history(conversation.folder):
        for line in _lines():
            if line == "/quit":
                break
            elif line == "/new":
                conversation.clear()
            elif line == "/explain":
                options.explain = not options.explain
                print(f"  explanations {'on' if options.explain else 'off'}", file=sys.stderr)
            elif line.startswith("/"):
                print(_HELP, file=sys.stderr)
            elif line:
                _answer(assistant, line, conversation, options)
    return DONE


def _answer(
    assistant: Assistant,
    question: str,
    conversation: KeptConversation,
    options: argparse.Namespace,
) -> None:
    around = "\n" if options.format == "text" else ""
    print(end=around)
    try:
        answer = show(assistant, question, options, conversation.questions, numbered=True)
    except (QuestionError, BackendError) as error:
        print(f"  {error}", file=sys.stderr)
        return
    conversation.add(answer.question)
    print(end=around)


def _lines() -> Iterator[str]:
    """Lines as they are typed; Ctrl-C drops the line, Ctrl-D ends."""
    while True:
        try:
            yield _read().strip()
        except KeyboardInterrupt:
            print(file=sys.stderr)
        except EOFError:
            print(file=sys.stderr)
            return


def _read() -> str:
    """One line; the prompt goes to stderr where stdout holds answers for another program."""
    if sys.stdout.isatty():
        return input(_PROMPT)
    print(_PROMPT, end="", file=sys.stderr, flush=True)
    return input()


@contextlib.contextmanager
def _line_history(folder: Path | None) -> Iterator[None]:
    """Line editing, with the lines of earlier sessions, which a folder holds; without them where
    they cannot be kept."""
    try:
        import readline
    except ImportError:
        yield
        return
    if folder is None:
        yield
        return
    path = folder / "history"
    with contextlib.suppress(OSError):
        readline.read_history_file(path)
    readline.set_history_length(_KEPT_LINES)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            readline.write_history_file(path)
