"""The knowledge base that comes with Entrywise: where its files are.

Apart from what reads them, which an index that is built already does not need.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """The files that make a knowledge base: its entries and, where there are any, the ways of
    asking for each, the questions asked of it as a whole, the adapter of its encoder, the vectors
    of all these questions, and its identity."""

    entries: Path
    ways: Path | None = None
    asked: tuple[Path, ...] = ()
    adapter: Path | None = None
    question_vectors: Path | None = None
    identity: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """All of them, in this order."""
        others = (self.adapter, self.question_vectors, self.identity)
        every = (self.entries, self.ways, *self.asked, *others)
        return tuple(path for path in every if path is not None)


_HERE = Path(__file__).parent
SHIPPED = Source(
    entries=_HERE / "entries.json",
    ways=_HERE / "ways.json",
    asked=(
        _HERE / "topics.jsonl",
        _HERE / "labelled.jsonl",
        _HERE / "beyond.jsonl",
    ),
    adapter=_HERE / "adapter.safetensors",
    question_vectors=_HERE / "questions.safetensors",
    identity=_HERE / "entrywise.toml",
)
"""The glossary that comes with Entrywise."""

SMOOTHING = _HERE / "smoothing.json"
"""A JSON list of questions and sections of the glossary, as they were when the shipped encoder was
made: what its weights were smoothed on, and those of other models are
(`index/graphs/smoothing.py`)."""
