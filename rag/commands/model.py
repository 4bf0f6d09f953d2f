"""`entrywise model`: check a model before an index is built with it, make an encoder of one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.index.encoders.default import DEFAULT_MODEL, DEFAULT_SHA256
from entrywise.rag.commands.terminal import DONE

if TYPE_CHECKING:
    from entrywise.index.encoders.registry import ModelReport
    from entrywise.rag.commands.options import CommandParser

    Commands = argparse._SubParsersAction[CommandParser]

_MODEL_HELP = "a sentence-transformers model, by name or folder"


def add_commands(commands: Commands) -> None:
    """The commands below `entrywise model`."""
    check = commands.add_parser(
        "check", help="check how a model is read, that its export agrees with it, and its speed"
    )
    check.add_argument("model", metavar="MODEL", help=_MODEL_HELP)
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.set_defaults(command=_check)
    make = commands.add_parser("make", help="make an encoder of a model, for --model of an index")
    make.add_argument("--out", type=Path, required=True, metavar="DIR", help="the encoder")
    make.add_argument("--model", default=DEFAULT_MODEL, help=f"{_MODEL_HELP}; default: %(default)s")
    make.set_defaults(command=_make)


def _check(options: argparse.Namespace) -> int:
    from entrywise.index.encoders.registry import check_model

    report = check_model(options.model)
    if options.format == "json":
        print(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    else:
        for name, told in _lines(report):
            print(f"{name:<12}{told}")
    return DONE


def _make(options: argparse.Namespace) -> int:
    from entrywise.index.encoders.registry import make_encoder

    made = make_encoder(options.model, options.out)
    shipped = ", the shipped one" if made.sha256 == DEFAULT_SHA256 else ""
    print(f"{options.out}: {made.model}, SHA-256 {made.sha256}{shipped}; use it with --model")
    return DONE


def _lines(report: ModelReport) -> Iterator[tuple[str, str]]:
    """The report, as (name, what there is to say)."""
    made, about = report.made, report.made.about
    yield "model", report.model
    yield "modules", ", ".join(about.modules)
    sentences = "out of their passage's pass" if about.one_pass else "embedded by themselves"
    yield "pooling", f"{about.pooling or 'of its own'}; sentences are {sentences}"
    yield "prompts", _prompts(report)
    yield "reads", f"{about.max_pieces:,} word pieces at once"
    yield "dimension", f"{about.dimension:,}"
    otherwise = "; cosine is used, which may rank otherwise" if about.ranks_otherwise else ""
    yield "similarity", f"{about.similarity}{otherwise}"
    weights = about.parameters / 1e6
    yield "size", f"{weights:,.1f} million parameters, {4 * weights:,.0f} MB in float32"
    if not made.bits:
        yield "export", f"none, asked through sentence-transformers: {made.reason}"
    else:
        least, median = made.cosines
        yield (
            "export",
            f"{made.bits} bits, {report.size / 1e6:,.1f} MB"
            + (f" ({made.reason})" if made.reason else ""),
        )
        yield "parity", f"cosine {median:.4f}, at least {least:.4f}, of {made.compared} texts"
    ours, theirs = report.ours, report.theirs
    yield "a question", f"{ours.question_ms:.1f} ms; {theirs.question_ms:.1f} by the model itself"
    yield (
        "passages",
        f"{ours.passages_per_second:,.0f} a second; "
        f"{theirs.passages_per_second:,.0f} by the model itself",
    )


def _prompts(report: ModelReport) -> str:
    about = report.made.about
    told = [
        f"{text!r} before a {kind}"
        for kind, text in (("question", about.query_prompt), ("passage", about.passage_prompt))
        if text
    ]
    unused = [f"{', '.join(about.unused_prompts)} not used"] if about.unused_prompts else []
    return "; ".join([*told, *unused]) or "none"
