"""Embedding on Ray, all on this machine: in threads, by one worker, by two, by two of which one is
lost half-way.

    PYTHONPATH=src:tests python benchmarks/cluster.py SOURCE --rounds 3
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from cluster_processes import marked, marked_environment
from machine import description

from entrywise.data.entries import KnowledgeBase
from entrywise.data.source import read_knowledge_base
from entrywise.index.cluster.connection import library
from entrywise.rag.build import build_index

WAYS = {
    "threads": (0, False),
    "1 worker": (1, False),
    "2 workers": (2, False),
    "2 workers, one lost": (2, True),
}
"""How many workers there are, and whether one is lost."""


class Cost(NamedTuple):
    """What embedding took. The processor time of a lost worker is lost, too."""

    seconds: float
    cpu: float
    texts: int


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("source", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    os.environ.update(marked_environment())
    knowledge_base = read_knowledge_base(given.source)
    print(description())
    taken: dict[str, list[Cost]] = {name: [] for name in WAYS}
    for _ in range(given.rounds):
        for name, (workers, loses) in WAYS.items():
            cost = embedding(knowledge_base, workers, loses)
            taken[name].append(cost)
            print(f"{name}: {cost.seconds:.1f} s, {cost.cpu:.1f} CPU s", flush=True)
    alone = [cost.seconds for cost in taken["1 worker"]]
    print("| | s | texts a second | times one worker | CPU ms a text |")
    for name, costs in taken.items():
        seconds = [cost.seconds for cost in costs]
        ratios = sorted(one / other for one, other in zip(alone, seconds, strict=True))
        typical, texts = statistics.median(seconds), costs[0].texts
        processor = statistics.median(cost.cpu for cost in costs) / texts * 1000
        print(
            f"| {name} | {typical:.1f} | {texts / typical:.0f} | {statistics.median(ratios):.2f} "
            f"({ratios[0]:.2f} to {ratios[-1]:.2f}) | {processor:.0f} |"
        )


def embedding(knowledge_base: KnowledgeBase, workers: int, loses: bool) -> Cost:
    """From what is to be embedded to the last text, the start of workers included."""
    began = ended = Cost(0, 0, 0)

    def told(done: int, total: int) -> None:
        nonlocal began, ended
        if not began.texts:
            began = Cost(time.perf_counter(), _cpu(), total)
        # What comes after is not embedding.
        if ended.texts:
            return
        if done == total:
            ended = Cost(time.perf_counter(), _cpu(), total)
        elif loses and done == total // 2:
            os.kill(_workers()[0], signal.SIGKILL)

    with tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder:
        if workers:
            library().init(
                "local",
                num_cpus=workers,
                include_dashboard=False,
                log_to_driver=False,
                logging_level="ERROR",
                _temp_dir=folder,
            )
        out = Path(folder) / "index"
        build_index(knowledge_base, out, ray="auto" if workers else None, progress=told)
        if workers:
            library().shutdown()
    return Cost(ended.seconds - began.seconds, ended.cpu - began.cpu, ended.texts)


def _workers() -> list[int]:
    return marked({**os.environ}, "ray::Worker")


def _cpu() -> float:
    """Seconds of this process and of the workers that there are."""
    ticks = 0
    for pid in _workers():
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
