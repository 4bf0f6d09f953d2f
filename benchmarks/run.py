"""Measures Entrywise beside what people would use instead: in one run, with one model, the same
chunks and questions. Needs `pip install -e ".[plot]"`; the peers get environments of their own.

    python benchmarks/run.py                 all of it, an hour on 2 quiet cores with the installs
    python benchmarks/run.py cold warm       parts: cold, warm, serve, build
    python benchmarks/run.py --peers txtai   beside these peers only

Writes results.json, results.md and results.png beside this file.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import building
import machine
import report
import serving
from processes import measured
from systems import HERE, PEERS, Peer, environment

PARTS = ("cold", "warm", "serve", "build")
QUESTION = "difference between GQA and MLA"
OWN = HERE.parent / "tests" / "questions.jsonl"
LABELLED = HERE.parent / "data" / "glossary" / "labelled.jsonl"
_ROUNDS = 5
_WARM_UP = 300


def main() -> None:
    options = _options()
    folder: Path = options.work
    folder.mkdir(parents=True, exist_ok=True)
    questions = _kept(_read(OWN), folder / "questions.json")
    # A server has been asked others before.
    others = _kept(_read(LABELLED)[:_WARM_UP], folder / "others.json")
    peers = [
        Peer(name, PEERS[name], folder / PEERS[name]) for name in PEERS if _is_wanted(name, options)
    ]
    measure: dict[str, Callable[[], Any]] = {
        "cold": lambda: _cold(peers, options.rounds),
        "warm": lambda: _warm(peers, questions, others, options.rounds),
        "serve": lambda: _serve(options.rounds),
        "build": building.figures,
    }
    if {"cold", "warm"} & set(options.parts):
        corpus = _corpus(folder)
        for peer in peers:
            peer.prepare(corpus)
    path = HERE / "results.json"
    results = json.loads(path.read_text("utf-8")) if path.exists() else {}
    for part in options.parts:
        print(f"measuring: {part} …", file=sys.stderr, flush=True)
        results[part] = measure[part]()
        results["machine"] = machine.description()
        path.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    report.write(results, HERE)


def _options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Entrywise beside what people would use instead.")
    # argparse looks for the default among the choices, too.
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[], metavar="PART")
    parser.add_argument("--peers", action="append", choices=list(PEERS), help="default: all")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="default: %(default)s")
    parser.add_argument("--work", type=Path, default=HERE.parent / ".benchmarks")
    options = parser.parse_args(arguments)
    options.parts = options.parts or list(PARTS)
    return options


def _is_wanted(name: str, options: argparse.Namespace) -> bool:
    return options.peers is None or name in options.peers


def _kept(questions: Sequence[str], path: Path) -> Path:
    path.write_text(json.dumps(questions), "utf-8")
    return path


def _read(path: Path) -> list[str]:
    """The different questions of a file, in its order."""
    lines = path.read_text("utf-8").splitlines()
    return list(dict.fromkeys(json.loads(line)["question"] for line in lines))


def _corpus(folder: Path) -> Path:
    """The chunks of the shipped glossary as Entrywise embeds them."""
    from entrywise import Assistant
    from entrywise.index.passages.chunks import passage

    with Assistant.open() as assistant:
        index = assistant.index
        texts = [passage(index.entries[e], s, a, b) for e, s, a, b in index.chunks.tolist()]
    path = folder / "corpus.json"
    path.write_text(json.dumps({"texts": texts}), "utf-8")
    return path


def _cold(peers: list[Peer], rounds: int) -> dict[str, Any]:
    """Processor seconds of one question to a new process; all systems in turn, round by round."""
    command = [sys.executable, "-m", "entrywise.rag.commands.ask", QUESTION]
    asks: dict[str, Callable[[], Any]] = {"Entrywise": lambda: measured(command, environment())}
    asks |= {peer.name: lambda peer=peer: peer.ask(QUESTION) for peer in peers}
    found: dict[str, list[Any]] = {name: [] for name in asks}
    for _ in range(rounds):
        for name, ask in asks.items():
            found[name].append(ask())
    return {
        name: {
            "cpu_s": [c.cpu_s for c in costs],
            "peak_mb": statistics.median(c.peak_mb for c in costs),
        }
        for name, costs in found.items()
    }


def _warm(peers: list[Peer], questions: Path, others: Path, rounds: int) -> dict[str, Any]:
    """Processor ms of a question to a process that has answered others; all systems in turn, a new
    process of each round by round."""
    command = [sys.executable, str(HERE / "warm.py"), str(questions), str(others)]
    spent: dict[str, list[Any]] = defaultdict(list)
    for _ in range(rounds):
        for part, found in json.loads(measured(command, environment()).out).items():
            spent[part] += found
        for peer in peers:
            spent[peer.name] += peer.warm(questions)
    stages = {
        stage: statistics.median(timings.get(stage, 0.0) for timings in spent["stages"])
        for stage in ("parse", "encode", "retrieve", "compose")
    }
    return {
        "forward pass": statistics.median(spent["forward"] + spent["forward again"]),
        "Entrywise, answer": statistics.median(spent["ask"]),
        "Entrywise, answer again": statistics.median(spent["ask again"]),
        "Entrywise, search": statistics.median(spent["search"]),
        "stages": stages,
        **{peer.name: statistics.median(spent[peer.name]) for peer in peers},
    }


def _serve(rounds: int) -> dict[str, Any]:
    # So many that each is asked once: what was asked before is answered sooner.
    questions = _read(LABELLED)
    rates = [
        (serving.throughput(questions), serving.encoder_rate(questions)) for _ in range(rounds)
    ]
    return {
        "first answer": statistics.median(serving.first_answer(QUESTION) for _ in range(rounds)),
        "memory": serving.memory(questions),
        "answers a second": statistics.median(answers for answers, _ in rates),
        "share of the encoder": statistics.median(answers / encoder for answers, encoder in rates),
    }


if __name__ == "__main__":
    main()
