"""`entrywise`: the toolbox around `ask`: serve, indexes, models, search, check, doctor, gaps.

Exit codes: 0 done, 1 `check` or `doctor` found errors, 2 usage, 3 no or damaged index or no such
domain, 4 `index enrich` found no LLM that answers, 70 an unforeseen fault, 130 interrupted,
141 the reader of stdout went away.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import entrywise.rag.commands.evaluation as evaluation
from entrywise import __version__
from entrywise.data.errors import QuestionError
from entrywise.rag.commands import config as configuring
from entrywise.rag.commands import gaps as gaps_command
from entrywise.rag.commands import index as indexing
from entrywise.rag.commands import model as models
from entrywise.rag.commands.options import CommandParser, add_columns, add_setting, overridden
from entrywise.rag.commands.terminal import DONE, add_debug, positive, run_command
from entrywise.rag.settings import load_settings

if TYPE_CHECKING:
    from entrywise.rag.assistant import Assistant

    Commands = argparse._SubParsersAction[CommandParser]

CHECK_FOUND_ERRORS = 1

Command = Callable[[argparse.Namespace], int]


class Servers(NamedTuple):
    """The commands that run servers, which the package above this one provides."""

    serve: Command
    mcp: Command


def run_toolbox(arguments: Sequence[str] | None, servers: Servers) -> int:
    """The command `entrywise`; its exit code."""
    return run_command("entrywise", lambda: _run(arguments, servers), arguments)


def _run(arguments: Sequence[str] | None, servers: Servers) -> int:
    options = build_parser(servers).parse_args(arguments)
    command: Command = options.command
    return command(options)


def build_parser(servers: Servers) -> CommandParser:
    """The commands and options of `entrywise`."""
    parser = CommandParser(
        prog="entrywise", description="The toolbox around `ask`: indexes, search, checks, measures."
    )
    parser.add_argument("--version", action="version", version=f"entrywise {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    _add_servers(commands, servers)

    index = _add(commands, "index", "build, update and look after indexes", None)
    indexing.add_commands(index.add_subparsers(required=True, metavar="COMMAND"))

    model = _add(commands, "model", "check a model, make an encoder of it", None)
    models.add_commands(model.add_subparsers(required=True, metavar="COMMAND"))

    _add_search(commands)

    measure = _add(commands, "eval", "measure answers on labelled questions", evaluation.run)
    evaluation.add_arguments(measure)

    _add_check(commands)

    doctor = _add(commands, "doctor", "look at the installation, and say what is wrong", _doctor)
    add_setting(doctor, "index", "--index", metavar="DIR")
    doctor.add_argument("--json", action="store_true", help="print the findings as JSON")

    gaps = _add(commands, "gaps", "report what people asked in vain", gaps_command.run)
    gaps_command.add_arguments(gaps)

    config = _add(commands, "config", "show the settings, and where they are read", configuring.run)
    configuring.add_arguments(config)

    complete = partial(_completion, servers)
    completion = _add(commands, "completion", "print a completion script for a shell", complete)
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    _add_debug(parser)
    return parser


def _add_servers(commands: Commands, servers: Servers) -> None:
    serve = _add(commands, "serve", "answer over HTTP: the web page and the API", servers.serve)
    serve.add_argument(
        "source",
        nargs="?",
        type=Path,
        help="a folder of documents, or of an index; default: the index of the settings",
    )
    add_setting(serve, "index", "--index", metavar="DIR")
    serve.add_argument(
        "--watch", action="store_true", help="update the index when the documents change"
    )
    add_columns(serve)
    serve.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    serve.add_argument("--port", type=int, default=8000, help="default: %(default)s")
    serve.add_argument(
        "--workers", type=positive, default=1, help="server processes; default: %(default)s"
    )
    serve.add_argument(
        "--reload",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="use a new generation of the index as soon as there is one; default: yes",
    )

    agents = _add(commands, "mcp", "answer agents over stdin and stdout (MCP)", servers.mcp)
    add_setting(agents, "index", "--index", metavar="DIR")


def _add_search(commands: Commands) -> None:
    search = _add(commands, "search", "the entries that fit a query, without an answer", _search)
    search.add_argument("query", nargs="?", help="the query")
    search.add_argument(
        "--batch", metavar="FILE", help="many queries: JSON lines from FILE, or - for stdin"
    )
    search.add_argument(
        "--limit", type=positive, default=10, help="hits for each query; default: %(default)s"
    )
    add_setting(search, "index", "--index", metavar="DIR")
    add_setting(search, "reranker", "--reranker", metavar="MODEL")


def _add_check(commands: Commands) -> None:
    check = _add(commands, "check", "list what is wrong or weak in a knowledge base", _check)
    check.add_argument("source", nargs="?", type=Path, help="default: the shipped knowledge base")
    check.add_argument("--ways", type=Path, metavar="FILE", help="aliases and ways of asking")
    check.add_argument("--format", choices=("text", "json"), default="text")
    add_columns(check)


def _add_debug(parser: argparse.ArgumentParser) -> None:
    """Add `--debug` to a parser and to those of its commands: it is looked for behind them."""
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for action in below:
        for command in action.choices.values():
            _add_debug(command)
    add_debug(parser)


def _add(commands: Commands, name: str, text: str, command: Command | None) -> CommandParser:
    parser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.set_defaults(command=command)
    return parser


def _search(options: argparse.Namespace) -> int:
    from entrywise.rag.commands.batch import open_lines, run_batch

    if (options.query is None) == (options.batch is None):
        raise QuestionError("give a query or --batch FILE, one of the two")
    with _opened(options) as assistant:
        if options.batch is not None:
            with open_lines(options.batch) as lines:
                opening = partial(_searching, options)
                return run_batch("entrywise", lines, _search_with(assistant, options), opening)
        for hit in assistant.search(options.query, options.limit):
            why = ", ".join(f"{name} {share:.2f}" for name, share in hit.why.items())
            place = f"{hit.entry}#{hit.section}" if hit.section else hit.entry
            print(f"{hit.score:.3f}  {place}  ({why})")
    return DONE


def _search_with(
    assistant: Assistant, options: argparse.Namespace
) -> Callable[[str], dict[str, Any]]:
    def hits(query: str) -> dict[str, Any]:
        found = assistant.search(query, options.limit)
        return {"hits": [{"entry": hit.entry, "score": hit.score} for hit in found]}

    return hits


def _searching(options: argparse.Namespace) -> Callable[[str], dict[str, Any]]:
    """What searches in a process of its own, whose end closes the index."""
    return _search_with(_opened(options), options)


def _opened(options: argparse.Namespace) -> Assistant:
    from entrywise.rag.assistant import Assistant

    settings = overridden(load_settings(), options, "index", "reranker")
    return Assistant.open(settings=settings)


def _check(options: argparse.Namespace) -> int:
    from entrywise.data.checks.check import check
    from entrywise.data.glossary.files import SHIPPED
    from entrywise.data.source import read_knowledge_base, shipped
    from entrywise.rag.domains.registry import open_domain

    if options.source or options.ways:
        knowledge_base = read_knowledge_base(
            options.source or SHIPPED.entries,
            options.ways,
            columns=options.columns,
            cache=load_settings().cache_folder,
        )
    else:
        knowledge_base = shipped()
    decoder = open_domain(knowledge_base.identity.domain).decoder
    findings = check(knowledge_base, decoder.kinds if decoder else ())
    errors = sum(finding.severity == "error" for finding in findings)
    if options.format == "json":
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            place = f"{finding.entry}, {finding.field}" if finding.field else finding.entry
            print(f"{finding.severity}: {place}: {finding.message}; {finding.remedy}")
        print(f"{errors} errors, {len(findings) - errors} warnings", file=sys.stderr)
    return CHECK_FOUND_ERRORS if errors else DONE


def _doctor(options: argparse.Namespace) -> int:
    from entrywise.rag.doctor.checkup import check_up

    found = []
    for finding in check_up(options.index):
        found.append(finding)
        if not options.json:
            mark = {"fine": "", "note": "note: ", "fault": "FAULT: "}[finding.state]
            print(f"{finding.check}: {mark}{finding.message}", flush=True)
    faults = sum(finding.state == "fault" for finding in found)
    if options.json:
        told = {"faults": faults, "findings": [asdict(finding) for finding in found]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    elif faults:
        print(f"{faults} faults", file=sys.stderr)
    return CHECK_FOUND_ERRORS if faults else DONE


def _completion(servers: Servers, options: argparse.Namespace) -> int:
    import shtab

    print(shtab.complete(build_parser(servers), options.shell))
    return DONE
