"""`ask`: one job, fast. Answers on stdout, everything else on stderr.

Exit codes: 0 answered or partly, 1 abstained, 2 usage, 3 no or damaged index, 4 the LLM failed and
`--llm-required` was given, 70 an unforeseen fault, 130 interrupted, 141 the reader of stdout
went away.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from entrywise import __version__
from entrywise.data.errors import QuestionError
from entrywise.rag.commands.options import CommandParser, add_setting, overridden
from entrywise.rag.commands.terminal import ABSTAINED, DONE, add_debug, in_color, leave, run_command
from entrywise.rag.settings import Settings, load_settings, setting_of

if TYPE_CHECKING:
    from entrywise.rag.assistant import Assistant
    from entrywise.rag.log.last_conversation import KeptConversation

_EXAMPLES = """examples:
  ask "what is X?"
  ask "difference between X and Y"
  ask                                    a conversation
  ask -c "and Z?"                        the same as before, and Z: the last conversation goes on
  echo "how does X work?" | ask -        the question from stdin
  ask --batch questions.jsonl            {"id": 1, "question": "…"} a line
"""

_GARBAGE = 100_000
"""Objects that come into being before Python looks for garbage; 700 by default."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `ask`."""
    return run_command("ask", lambda: _ask(arguments), arguments)


def run() -> NoReturn:
    """The command `ask`, as a process of its own."""
    # An answer makes little garbage: looking for it as often as by default costs 0.01 s.
    gc.set_threshold(_GARBAGE)
    leave(main())


def build_parser(settings: Settings) -> CommandParser:
    """The options of `ask`, with the settings as defaults."""
    parser = CommandParser(
        prog="ask",
        description="Answer a question with cited quotes from a knowledge base.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "question",
        nargs="*",
        help="the question; - reads it from stdin; without one, a conversation",
    )
    parser.add_argument(
        "-c",
        "--continue",
        dest="goes_on",
        action="store_true",
        help="continue the last conversation: the question may refer to those before it",
    )
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help="answer many questions: JSON lines from FILE, or - for stdin",
    )
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    add_setting(parser, "format", "--format", settings=settings)
    add_setting(parser, "top", "-k", "--top", settings=settings, metavar="N")
    add_setting(parser, "index", "--index", settings=settings, metavar="DIR")
    add_setting(parser, "reranker", "--reranker", settings=settings, metavar="MODEL")
    add_setting(parser, "llm", "--llm", settings=settings, metavar="MODEL")
    parser.add_argument(
        "--llm-required", action="store_true", help="fail, instead of quoting, where the LLM fails"
    )
    parser.add_argument("--brief", action="store_true", help="print only the passage that answers")
    parser.add_argument(
        "--explain", action="store_true", help="print on stderr how the answer came about"
    )
    parser.add_argument(
        "--no-color",
        action="store_const",
        dest="color",
        const="never",
        default=settings.color,
        help=f"no {setting_of('color').help}",
    )
    add_debug(parser)
    parser.add_argument("--version", action="version", version=f"entrywise {__version__}")
    return parser


def _ask(arguments: Sequence[str] | None) -> int:
    settings = load_settings()
    options = _parsed(arguments, settings)
    settings = overridden(settings, options, "index", "reranker", "llm")
    if options.batch is not None:
        return _run_batch(options, settings)
    talks = not options.question and sys.stdin.isatty()
    question = "" if talks else _question(options.question)
    conversation = _conversation(options, settings)
    with _opened(options, replace(settings, index=conversation.index)) as assistant:
        if talks:
            from entrywise.rag.commands.conversation import converse

            return converse(assistant, options, conversation)
        from entrywise.rag.commands.output import show

        answer = show(assistant, question, options, conversation.questions)
        conversation.add(answer.question)
    return DONE if answer.answered else ABSTAINED


def _parsed(arguments: Sequence[str] | None, settings: Settings) -> argparse.Namespace:
    """The options of a command line; what does not go together ends the program."""
    parser = build_parser(settings)
    # Of the index it matters whether the command line names one.
    options = parser.parse_args(arguments, argparse.Namespace(index=None))
    if options.json:
        options.format = "json"
    options.color = in_color(options.color)
    if options.batch is not None and options.question:
        parser.error("give a question or --batch, not both")
    if options.batch is not None and options.goes_on:
        parser.error("the questions of a batch stand each for itself; leave out -c")
    if options.llm_required and not options.llm:
        parser.error("--llm-required needs an LLM; give --llm MODEL")
    return options


def _run_batch(options: argparse.Namespace, settings: Settings) -> int:
    from entrywise.rag.commands.batch import open_lines, run_batch

    with open_lines(options.batch) as lines, _opened(options, settings) as assistant:
        # An LLM is waited for, not computed: other processes would only crowd its server.
        opening = None if settings.llm else partial(_responding, options, settings)
        return run_batch("ask", lines, _respond(assistant, options), opening)


def _conversation(options: argparse.Namespace, settings: Settings) -> KeptConversation:
    """The conversation that goes on with the last one where that was asked for, with its index
    unless the command line names one; else a new one."""
    from entrywise.rag.log.last_conversation import KeptConversation

    kept = KeptConversation.of(settings)
    if options.goes_on and (told := kept.go_on(anywhere=options.index is None)):
        print(f"ask: {told}; a new conversation begins", file=sys.stderr)
    return kept


def _opened(options: argparse.Namespace, settings: Settings) -> Assistant:
    from entrywise.rag.log.opening import open_assistant

    return open_assistant(settings=settings, llm_required=options.llm_required)


def _respond(assistant: Assistant, options: argparse.Namespace) -> Callable[[str], dict[str, Any]]:
    def respond(text: str) -> dict[str, Any]:
        answer = assistant.ask(text, top=options.top)
        return (answer.brief() if options.brief else answer).to_dict()

    return respond


def _responding(options: argparse.Namespace, settings: Settings) -> Callable[[str], dict[str, Any]]:
    """What answers in a process of its own, whose end closes the index."""
    return _respond(_opened(options, settings), options)


def _question(words: Sequence[str]) -> str:
    """The question of the command line, or of stdin; an empty one is refused before any work."""
    from entrywise.rag.understand.input import cleaned

    if words and list(words) != ["-"]:
        return cleaned(" ".join(words))
    try:
        return cleaned(sys.stdin.buffer.read().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise QuestionError(
            f"stdin is not UTF-8 (byte {error.start}); convert it, e.g. with iconv"
        ) from None


if __name__ == "__main__":
    run()
