"""What came of trials, in one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """What came of one kind of trial."""

    kind: str
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    readings: int = 0

    @property
    def times(self) -> int:
        """How often something was tried."""
        return sum(self.outcomes.values())

    def __str__(self) -> str:
        counted = ", ".join(f"{count} {name}" for name, count in sorted(self.outcomes.items()))
        told = f"{self.kind}: {self.times} times: {counted}"
        if self.readings:
            told += f"; {self.readings} openings beside"
        return f"{told}; {len(self.faults)} faults"
