"""`python -m reliability`: the trials, each with its counts; exit code 1 where there is a fault."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial

from indexes import home_of
from tqdm import tqdm

from entrywise.index.cache import open_shipped
from entrywise.rag.build import build_shipped_index
from entrywise.rag.settings import load_settings
from reliability.disk import fill
from reliability.flips import flip_bits
from reliability.kills import WRITINGS, kill_at_random, kill_before_every_event
from reliability.report import Report
from reliability.swaps import swap_at_every_opening

Trial = Callable[[Callable[[int], None]], Report]

KINDS = ("events", "moments", "swaps", "disk", "flips")
QUESTIONS = (
    "what is GQA?",
    "difference between GQA and MLA",
    "how does speculative decoding work?",
    "Q4_K_M",
    "which models use MLA?",
    "how do I reduce memory?",
)


def trials(options: argparse.Namespace) -> dict[str, list[Trial]]:
    """{name: what is tried}."""
    times, every, seed = options.times, options.every, options.seed
    writings = [one for one in WRITINGS if options.writing in (None, one.kind)]
    return {
        "events": [partial(kill_before_every_event, one, every=every) for one in writings],
        "moments": [partial(kill_at_random, one, times, seed) for one in writings],
        "swaps": [partial(swap_at_every_opening, every=every)],
        "disk": [partial(fill, one, times, seed) for one in writings],
        "flips": [partial(_flips, times, seed)],
    }


def _flips(times: int, seed: int, told: Callable[[int], None]) -> Report:
    from reliability.children import in_child

    cache = load_settings().cache_folder
    # In a child, as no thread of this process may live when others are made of it.
    root = in_child(lambda: home_of(open_shipped(cache, build_shipped_index)))
    return flip_bits(root, QUESTIONS, times, seed, told)


def _reports(options: argparse.Namespace) -> Iterator[Report]:
    for name, some in trials(options).items():
        if options.only in (None, name):
            for trial in some:
                with tqdm(desc=name, unit=" trials", disable=None) as bar:
                    yield trial(lambda _: bar.update())


def main() -> int:
    """Try, and report."""
    parser = argparse.ArgumentParser(prog="python -m reliability", description=__doc__)
    parser.add_argument("--only", choices=KINDS, help="default: all")
    parser.add_argument("--writing", choices=[one.kind for one in WRITINGS], help="default: all")
    parser.add_argument("--times", type=int, default=200, help="trials that are drawn, of a kind")
    parser.add_argument("--every", type=int, default=1, help="take one file event of so many")
    parser.add_argument("--seed", type=int, default=0, help="what is drawn; default: %(default)s")
    faults = 0
    for report in _reports(parser.parse_args()):
        print(report, flush=True)
        for fault in report.faults:
            print(f"  {fault}")
        faults += len(report.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
