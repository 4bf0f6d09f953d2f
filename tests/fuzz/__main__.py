"""The command of the fuzzers: `PYTHONPATH=src:tests python -m fuzz --hours 8`."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz.run import Runner
from fuzz.targets.registry import NAMES, open_targets

FOLDER = Path(__file__).parent.parent.parent / ".fuzz"
"""Where failing cases are kept."""


def main() -> int:
    """Run fuzzers; 1 where a fault was found."""
    options = _parser().parse_args()
    seed = secrets.randbelow(2**32) if options.seed is None else options.seed
    with ExitStack() as stack:
        work = Path(stack.enter_context(TemporaryDirectory()))
        _seal(work)
        targets = open_targets(options.only or NAMES, work, stack)
        if options.case:
            targets[0].check(json.loads(options.case.read_text("utf-8")))
            print("it holds")
            return 0
        runner = Runner(targets, seed, options.keep)
        print(f"seed {seed}; failing cases are kept in {options.keep}", file=sys.stderr)
        try:
            runner.run(seconds=3600 * options.hours, inputs=options.inputs)
        except KeyboardInterrupt:
            print("interrupted", file=sys.stderr)
        print("\n".join(runner.lines()))
        return int(runner.found)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Run the fuzzers.")
    parser.add_argument("--hours", type=float, default=float("inf"), help="how long; default: ever")
    parser.add_argument(
        "--inputs", type=float, default=float("inf"), help="how many for each; default: any number"
    )
    parser.add_argument("--seed", type=int, help="the same inputs again; default: others")
    parser.add_argument("--only", action="append", choices=NAMES, help="a target; may be repeated")
    parser.add_argument("--keep", type=Path, default=FOLDER, help="default: %(default)s")
    parser.add_argument("--case", type=Path, help="one kept case of the target named by --only")
    return parser


def _seal(work: Path) -> None:
    """No settings, votes or conversations of the person who runs it; the indexes are its own."""
    for name in [name for name in os.environ if name.startswith(("ENTRYWISE_", "OPENAI_"))]:
        if name != "ENTRYWISE_CACHE":
            del os.environ[name]
    os.environ |= {
        "HOME": str(work),
        "XDG_STATE_HOME": str(work / "state"),
        "ENTRYWISE_CONFIG": os.devnull,
        "ENTRYWISE_FEEDBACK": str(work / "votes" / "feedback.sqlite"),
        "ENTRYWISE_HISTORY": "none",
    }


if __name__ == "__main__":
    sys.exit(main())
