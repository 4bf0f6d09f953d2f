"""Entrywise, warm: `python warm.py QUESTIONS` prints the processor time in ms of each stage."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from entrywise import Assistant

_WARM_UP = 20


def main() -> None:
    questions = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    with Assistant.open() as assistant:
        encoder = assistant.index.encoder
        feeds = [_feed(encoder, question) for question in questions]
        for question in questions[:_WARM_UP]:
            assistant.ask(question)
        print(
            json.dumps(
                {
                    # In turn, so that neither has the quieter time.
                    "forward": _spent(lambda feed: encoder._session.run(None, feed), feeds),
                    "ask": _spent(assistant.ask, questions),
                    "forward again": _spent(lambda feed: encoder._session.run(None, feed), feeds),
                    "search": _spent(assistant.search, questions),
                    "stages": [assistant.ask(question).timings_ms for question in questions],
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
