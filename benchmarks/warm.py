"""Entrywise, warm: `python warm.py QUESTIONS OTHERS` prints the processor time in ms of each of the
questions, after the others have been answered."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from entrywise import Assistant


def main() -> None:
    questions, others = (json.loads(Path(path).read_text("utf-8")) for path in sys.argv[1:])
    with Assistant.open() as assistant:
        encoder = assistant.index.encoder
        feeds = [_feed(encoder, question) for question in questions]

        def forward() -> list[float]:
            return _spent(lambda feed: encoder._session.run(None, feed), feeds)

        def anew(work: Callable[[str], object]) -> list[float]:
            """Its questions have no vector yet: those of questions before are remembered."""
            encoder._vector_of.cache_clear()
            return _spent(work, questions)

        for question in others:
            assistant.ask(question)
        stages: list[dict[str, float]] = []

        def again(question: str) -> float:
            assistant.ask(question)
            return _spent(assistant.ask, [question])[0]

        def timed(question: str) -> None:
            stages.append(assistant.ask(question).timings_ms)

        print(
            json.dumps(
                {
                    # In turn, so that neither has the quieter time.
                    "forward": forward(),
                    "ask": anew(assistant.ask),
                    "forward again": forward(),
                    "search": anew(assistant.search),
                    "ask again": list(map(again, questions)),
                    "timed": anew(timed),
                    "stages": stages,
                }
            )
        )


def _feed(encoder: Any, question: str) -> dict[str, Any]:
    ids = np.array([encoder._tokenizer.encode(question).ids], dtype=np.int64)
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


def _spent(work: Callable[[Any], object], items: Iterable[Any]) -> list[float]:
    spent = []
    for item in items:
        start = time.process_time()
        work(item)
        spent.append((time.process_time() - start) * 1000)
    return spent


if __name__ == "__main__":
    main()
