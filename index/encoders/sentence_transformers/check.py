"""Checks a model before an index is built with it: what is understood of it, how its export embeds,
how fast it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

from entrywise.data.source import shipped
from entrywise.index.encoders.base import Encoder, Passage
from entrywise.index.encoders.onnx.encoder import GRAPH, TOKENIZER, WEIGHTS, OnnxEncoder
from entrywise.index.encoders.sentence_transformers.encoder import SentenceTransformerEncoder
from entrywise.index.encoders.sentence_transformers.export import Export, export
from entrywise.index.encoders.sentence_transformers.model import load
from entrywise.index.graphs.libraries import quiet

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_TIMED = 64
"""Questions and passages of the shipped glossary that are timed."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast something embeds on this machine."""

    question_ms: float
    """Median milliseconds of a question, one after the other, in one thread."""
    passages_per_second: float
    """On all processors."""


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What is known of a model that was exported on trial."""

    model: str
    made: Export
    size: int
    """Bytes of what an index carries of it."""
    ours: Speed
    theirs: Speed
    """The speed of sentence-transformers."""


def check(model: str) -> ModelReport:
    """Export a model into a folder that is gone afterwards, and look at it.

    Raises:
        EntrywiseError: there is no such model, or what it takes is not installed.
    """
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        made = export(model, folder)
        files = [folder / name for name in (GRAPH, WEIGHTS, TOKENIZER)]
        encoder: Encoder = OnnxEncoder(folder) if made.bits else SentenceTransformerEncoder(folder)
        ours, theirs = _speed_of(encoder), _speed_through(load(model))
        size = sum(path.stat().st_size for path in files if path.exists())
    return ModelReport(model, made, size, ours, theirs)


def _speed_of(encoder: Encoder) -> Speed:
    return _speed(
        encoder.encode_query, lambda told: list(encoder.encode_passages(map(Passage, told)))
    )


def _speed_through(model: SentenceTransformer) -> Speed:
    import torch

    def ask(text: str) -> None:
        # As ours: several for one question wait for each other where others use them, too.
        torch.set_num_threads(1)
        model.encode_query(text, show_progress_bar=False)

    def tell(told: list[str]) -> None:
        torch.set_num_threads(os.cpu_count() or 1)
        model.encode_document(told, show_progress_bar=False)

    return _speed(ask, tell)


def _speed(ask: Callable[[str], Any], tell: Callable[[list[str]], Any]) -> Speed:
    entries = shipped().entries[:_TIMED]
    asked = [entry.questions[0] for entry in entries if entry.questions]
    told = [entry.sections[-1].text for entry in entries]
    with quiet():
        # What is done once, as loading, is not timed.
        ask("once")
        tell(["once"])
        times = [_seconds(partial(ask, text)) for text in asked]
        return Speed(1000 * median(times), len(told) / _seconds(partial(tell, told)))


def _seconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
