"""Times the stages of an answer."""

from __future__ import annotations

from time import perf_counter


class Stopwatch:
    """Times stages that follow one another; one may have several laps."""

    def __init__(self) -> None:
        self.milliseconds: dict[str, float] = {}
        self._last = perf_counter()

    def lap(self, stage: str) -> None:
        """Count the time since the last lap to a stage."""
        now = perf_counter()
        spent = self.milliseconds.get(stage, 0.0) + (now - self._last) * 1000
        self.milliseconds[stage] = round(spent, 3)
        self._last = now
