"""Runs fuzzers by turns, for some time or some number of inputs, and keeps what fails."""

from __future__ import annotations

import faulthandler
import hashlib
import json
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as seeded

from fuzz.target import Case, Target

ROUND = 100
"""Inputs of one target before the next one's turn."""
_TURN_SECONDS = 20
_MOST = 5_000
_PAUSE_SECONDS = 30
HANG_SECONDS = 900
"""After so long without the end of a turn the process says where it hangs, and ends."""


@dataclass
class Tally:
    """What came of one target."""

    inputs: int = 0
    seconds: float = 0.0
    faults: Counter[str] = field(default_factory=Counter[str])
    """How often each kind of fault was met, by where it comes from."""

    @property
    def affordable(self) -> int:
        """How many inputs a turn has where the time is what is limited: each target has as much."""
        if not self.inputs:
            return ROUND
        return int(min(_MOST, max(ROUND, _TURN_SECONDS * self.inputs / self.seconds)))


class Runner:
    """Fuzzers, and what came of them so far."""

    def __init__(self, targets: Sequence[Target], seed: int, folder: Path) -> None:
        """Keep failing cases in this folder, which is made with the first one."""
        self._targets = targets
        self._seed = seed
        self._folder = folder
        self._told: set[str] = set()
        self._reported = time.monotonic()
        self.tallies = {target.name: Tally() for target in targets}

    def run(self, *, seconds: float = float("inf"), inputs: float = float("inf")) -> None:
        """Take turns until the time is over, or each target has had so many inputs."""
        end = time.monotonic() + seconds
        turn = 0
        while True:
            waiting = [one for one in self._targets if self.tallies[one.name].inputs < inputs]
            if not waiting or time.monotonic() >= end:
                return
            for target in waiting:
                tally = self.tallies[target.name]
                count = tally.affordable if inputs == float("inf") else ROUND
                self._take_turn(target, turn, int(min(count, inputs - tally.inputs)), end)
                self._report()
            turn += 1

    def _report(self) -> None:
        """Write the report now and then: a night may end early."""
        if time.monotonic() - self._reported > _PAUSE_SECONDS:
            self._folder.mkdir(parents=True, exist_ok=True)
            lines = (f"seed {self._seed}", *self.lines())
            (self._folder / "report.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
            self._reported = time.monotonic()

    def _take_turn(self, target: Target, turn: int, count: int, end: float) -> None:
        tally = self.tallies[target.name]
        failing: list[Case] = []
        known = {*self._told}

        def check(case: Case) -> None:
            # What fails at the last moment is made small all the same, and kept.
            if time.monotonic() >= end and not failing:
                return
            tally.inputs += 1
            try:
                target.check(case)
            except Exception as error:
                where = origin(error)
                tally.faults[where] += 1
                # What is known is counted, and the search goes on for others.
                if where not in known:
                    failing[:] = [case]
                    raise

        start = time.monotonic()
        faulthandler.dump_traceback_later(HANG_SECONDS, exit=True, file=sys.__stderr__)
        try:
            _searching(check, target, f"{self._seed} {target.name} {turn}", count)
        except Exception as error:
            self._keep(target, failing[0], error)
        finally:
            faulthandler.cancel_dump_traceback_later()
        tally.seconds += time.monotonic() - start

    def _keep(self, target: Target, case: Case, error: Exception) -> None:
        self._told.add(origin(error))
        text = json.dumps(case, indent=1)
        name = hashlib.sha256(text.encode()).hexdigest()[:12]
        path = self._folder / target.name / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.with_suffix(".txt").write_text(
            "".join(traceback.format_exception(error)), "utf-8", "backslashreplace"
        )
        print(
            f"{target.name}: {type(error).__name__} at {origin(error)}; "
            f"python -m fuzz --only {target.name} --case {path}",
            file=sys.stderr,
            flush=True,
        )

    def lines(self) -> Iterator[str]:
        """The report, line by line."""
        yield f"{'target':<12}{'inputs':>10}{'faults':>8}{'seconds':>9}"
        for name, tally in self.tallies.items():
            yield f"{name:<12}{tally.inputs:>10,}{len(tally.faults):>8}{tally.seconds:>9,.0f}"
        total = sum(tally.inputs for tally in self.tallies.values())
        yield f"{'all':<12}{total:>10,}{sum(len(t.faults) for t in self.tallies.values()):>8}"

    @property
    def found(self) -> bool:
        """Whether any fault was met."""
        return any(tally.faults for tally in self.tallies.values())


def _searching(check: object, target: Target, seed: str, count: int) -> None:
    """Draw cases and have them checked; the exception of the smallest failing one is raised."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])
    chosen = settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )
    seeded(number)(chosen(given(target.strategy)(check)))()


def origin(error: BaseException) -> str:
    """Where an exception comes from: its kind, and the last line of ours that it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if "/entrywise/" in one.filename]
    last = (ours or frames)[-1]
    told = "/".join(Path(last.filename).parts[-3:])
    return f"{type(error).__name__} {told}:{last.lineno}"
