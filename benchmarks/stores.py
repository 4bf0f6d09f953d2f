"""What an index costs in a database beside a folder: processor time, time, and how often a question
asks the server.

    python benchmarks/stores.py DIR postgresql://…

publishes the index of the folder in the database, where it is not there yet, and measures both, in
processes of their own. `python benchmarks/scale.py cold --sizes 20000` makes a large one, whose
vectors are drawn. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import drawn
from load import percentile
from processes import measured
from scale_child import questions
from systems import HERE, environment

from entrywise import Assistant
from entrywise.index.index import Index
from entrywise.index.stores.base import Store
from entrywise.index.stores.postgres.connections import Connections
from entrywise.index.stores.registry import store_at
from entrywise.rag.settings import load_settings

_WARM_UP, _QUESTIONS, _ROUNDS = 50, 200, 3


def main() -> None:
    """Measure both stores, or, as a child of this, one."""
    parser = argparse.ArgumentParser(description="A database beside a folder.")
    parser.add_argument("index", metavar="DIR")
    parser.add_argument("store", metavar="ADDRESS", nargs="?")
    options = parser.parse_args()
    if options.store is None:
        print(json.dumps(_warm(_store(options.index))))
        return
    with TemporaryDirectory() as folder:
        os.environ |= drawn.install(Path(folder))
        path = os.pathsep.join([folder, str(HERE), os.environ.get("PYTHONPATH", "")])
        os.environ |= {**environment(), "PYTHONPATH": path}
        sys.path.insert(0, folder)
        published = _publish(options.index, _store(options.store))
        columns = [_measured(named) for named in (options.index, options.store)]
    print("| | folder | database |\n|---|---|---|")
    for name in columns[1]:
        cells = (f"{one[name]:.3g}" if name in one else "" for one in columns)
        print(f"| {name} | {' | '.join(cells)} |")
    print(f"| publishing, s | | {published:.3g} |")


def _store(named: str) -> Store:
    return store_at(named, load_settings().cache_folder)


def _publish(folder: str, store: Store) -> float:
    """Write the index of a folder into a store; the seconds that it takes."""
    start = time.perf_counter()
    with closing(Index(Path(folder))) as index, store.drafted() as draft:
        shutil.copytree(str(index.generation.store), draft.folder, dirs_exist_ok=True)
        draft.publish(index.manifest.generation)
    return time.perf_counter() - start


def _measured(named: str) -> dict[str, Any]:
    asking = [sys.executable, "-m", "entrywise.rag.commands.ask", "sparse matrix", "--index", named]
    # 1 is an answer, too: that there is none.
    command = ["sh", "-c", '"$@" || test $? = 1', "ask", *asking]
    took, costs = [], []
    for _ in range(1 + _ROUNDS):
        start = time.perf_counter()
        costs.append(measured(command, os.environ))
        took.append((time.perf_counter() - start) * 1000)
    warm: dict[str, Any] = json.loads(
        measured([sys.executable, __file__, named], os.environ).out.splitlines()[-1]
    )
    return {
        "cold ask, CPU s": statistics.median(cost.cpu_s for cost in costs[1:]),
        "cold ask, ms": statistics.median(took[1:]),
        "cold ask, MB": statistics.median(cost.peak_mb for cost in costs[1:]),
        **warm,
    }


def _warm(store: Store) -> dict[str, float]:
    """What searches and answers cost, each with words that were not asked before."""
    told: dict[str, float] = {}
    with Assistant(Index(store)) as assistant:
        connections = getattr(assistant.index.generation, "connections", None)
        server = _Server(connections) if connections else None
        drawing = questions(assistant.index)
        for name, work in (("search", assistant.search), ("ask", assistant.ask)):
            spent, took, asked, there = [], [], [], []
            for _ in range(_WARM_UP + _QUESTIONS):
                there.append(server.cpu_s() if server else 0)
                question = next(drawing)
                before = connections.asked if connections else 0
                begun, start = time.process_time(), time.perf_counter()
                work(question)
                took.append((time.perf_counter() - start) * 1000)
                spent.append((time.process_time() - begun) * 1000)
                asked.append(connections.asked - before if connections else 0)
            told |= {
                f"{name}, p50, CPU ms": percentile(sorted(spent[_WARM_UP:]), 0.5),
                f"{name}, p99, CPU ms": percentile(sorted(spent[_WARM_UP:]), 0.99),
                f"{name}, p50, ms": percentile(sorted(took[_WARM_UP:]), 0.5),
            }
            if server:
                told[f"{name}, round trips"] = statistics.mean(asked[_WARM_UP:])
                more = server.cpu_s() - there[_WARM_UP]
                told[f"{name}, mean, CPU ms of the server"] = more * 1000 / _QUESTIONS
    return told


class _Server:
    """The processes of a database on this machine, as Linux counts them (proc(5))."""

    def __init__(self, connections: Connections) -> None:
        ((backend,),) = connections.rows("SELECT pg_backend_pid()")
        self._first = _fields(backend)[1]
        """The process whose children the others are."""

    def cpu_s(self) -> float:
        """The processor time of all of them, those that have ended included, in seconds."""
        children = Path(f"/proc/{self._first}/task/{self._first}/children").read_text()
        ticks = sum(sum(_fields(int(child))[11:13]) for child in children.split())
        return (ticks + sum(_fields(self._first)[11:15])) / os.sysconf("SC_CLK_TCK")


def _fields(process: int) -> list[int]:
    """The numbers of a process behind its name: [0, its parent, …, user, system, those of children
    that have ended, …]."""
    behind = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return [0, *map(int, behind[1:])]


if __name__ == "__main__":
    main()
