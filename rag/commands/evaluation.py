"""`entrywise eval`: measures the answers to labelled questions, or retrieval on BEIR.

The report goes to stdout; progress, and where files were written, to stderr. What does the work is
imported when it runs, so that the other commands of the toolbox start fast.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrywise.data.errors import EntrywiseError
from entrywise.index.progress import progress_bar
from entrywise.rag.commands.options import add_setting, overridden

if TYPE_CHECKING:
    from entrywise.rag.assistant import Assistant
    from entrywise.rag.evaluation.questions import LabelledQuestion


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `entrywise eval`."""
    parser.add_argument(
        "questions", nargs="*", type=Path, metavar="QUESTIONS", help="labelled questions, JSONL"
    )
    add_setting(parser, "index", "--index", metavar="DIR")
    add_setting(parser, "reranker", "--reranker", metavar="MODEL")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--baselines", action="store_true", help="measure plain vectors, BM25 and their fusion too"
    )
    parser.add_argument("--llm", metavar="MODEL", help="measure what this LLM writes instead")
    parser.add_argument(
        "--plot", type=Path, metavar="FILE.png", help="plot the figures into this file"
    )
    parser.add_argument(
        "--fit", type=Path, metavar="FOLDER", help="fit the models of confidence and selection"
    )
    parser.add_argument(
        "--beir", type=Path, metavar="FOLDER", help="measure retrieval on BEIR data instead"
    )


def run(arguments: argparse.Namespace) -> int:
    """Measure, and print the report.

    Raises:
        EntrywiseError: neither or both of QUESTIONS and --beir are given, a file is wrong or
            cannot be written, or there is no index.
    """
    from entrywise.rag.assistant import Assistant
    from entrywise.rag.settings import load_settings

    if (not arguments.questions) == (arguments.beir is None):
        raise EntrywiseError("give files of QUESTIONS or --beir FOLDER, one of the two")
    # Quotes are measured, unless an LLM is named here.
    settings = overridden(load_settings(), arguments, "index", "reranker")
    settings = replace(settings, llm=arguments.llm or "")
    with Assistant.open(settings=settings) as assistant:
        report = _beir if arguments.beir else _questions
        print(report(assistant, arguments))
    return 0


def _questions(assistant: Assistant, arguments: argparse.Namespace) -> str:
    from entrywise.rag.evaluation.questions import read_questions
    from entrywise.rag.evaluation.report import as_json, as_text
    from entrywise.rag.evaluation.run import evaluate

    questions = [q for path in arguments.questions for q in read_questions(path)]
    if arguments.fit:
        _fit(assistant, questions, arguments.fit)
    with progress_bar("questions") as progress:
        evaluation = evaluate(
            assistant,
            questions,
            progress,
            baselines=arguments.baselines,
            llm=bool(arguments.llm),
        )
    if arguments.plot:
        from entrywise.rag.evaluation.plot import plot

        plot(evaluation, arguments.plot)
        print(f"wrote {arguments.plot}", file=sys.stderr)
    return _json(as_json(evaluation)) if arguments.format == "json" else as_text(evaluation)


def _fit(assistant: Assistant, questions: Sequence[LabelledQuestion], folder: Path) -> None:
    """Fit the two models and write them; what is measured in the same run still uses the old."""
    from entrywise.rag.evaluation.fit import fit_confidence, fit_selection, write_model
    from entrywise.rag.judge import confidence
    from entrywise.rag.judge import selection as select
    from entrywise.rag.judge.logistic import model_name

    for name, fit in ((confidence.MODELS, fit_confidence), (select.MODELS, fit_selection)):
        model = fit(assistant, questions)
        write_model(model, model_name(assistant.index), folder / name)
        figures = ", ".join(f"{name} {value}" for name, value in model["cross_validated"].items())
        print(f"wrote {folder / name} (cross-validated: {figures})", file=sys.stderr)


def _beir(assistant: Assistant, arguments: argparse.Namespace) -> str:
    from entrywise.rag.evaluation.beir import evaluate_beir
    from entrywise.rag.evaluation.report import beir_as_text

    with progress_bar("queries") as progress:
        figures = evaluate_beir(assistant, arguments.beir, progress)
    if arguments.format == "json":
        return _json({name: asdict(mean) for name, mean in figures.items()})
    return beir_as_text(figures)


def _json(figures: dict[str, Any]) -> str:
    return json.dumps(figures, ensure_ascii=False, indent=1)
