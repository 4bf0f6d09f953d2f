"""Exports a cross-encoder: to a graph that is run without torch.

    trace ─ fuse ─ smooth ─ quantize ─ optimize ─ compare

The graph has 8-bit products where it then scores as the model does (`_ALIKE`), else float32 ones.
What cannot be exported is run by sentence-transformers (`reranker.py`).
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from entrywise.data.source import shipped
from entrywise.index.graphs import quantization
from entrywise.index.graphs.libraries import first_line, max_pieces, quiet, write_tokenizer
from entrywise.index.graphs.runtime import Feed
from entrywise.index.graphs.smoothing import smooth
from entrywise.index.graphs.tables import small_table
from entrywise.rag.find.rerankers.base import Scores
from entrywise.rag.find.rerankers.cross_encoder.folder import (
    GRAPH,
    TOKENIZER,
    WEIGHTS,
    Exported,
)
from entrywise.rag.find.rerankers.cross_encoder.graph import GraphReranker, pair_feed
from entrywise.rag.find.rerankers.cross_encoder.model import (
    model_sha256,
    raw_scores,
)

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

_OPSET = 17
_TRACED = (2, 9)
"""How many pairs and pieces are traced: no size of the graph may come from them."""
_QUESTIONS, _PASSAGES = 12, 8
"""How much of the shipped glossary is scored by model and graph: each question with the passage of
its own entry and with others, near and far."""
_ALIKE = {8: 0.99, 32: 0.9999}
"""{bits: the correlation with the model's scores from which they are used}"""


class Export(NamedTuple):
    """What became of a cross-encoder, and why it has not fewer bits, or none."""

    made: Exported
    reason: str


def export(model: CrossEncoder, name: str, folder: Path, *, smallest: int = 8) -> Export:
    """Put a cross-encoder into a folder: a graph where it can be exported, else its name.

    Args:
        name: what it was loaded by.
        smallest: the bits to begin with, 8 or 32.

    Raises:
        OSError: the folder cannot be written.
    """
    named = str(Path(name).absolute()) if Path(name).is_dir() else name
    about = Exported(named, model_sha256(model), 0, max_pieces(model))
    expected = np.concatenate([raw_scores(model, *each) for each in _compared()])
    reason = ""
    for bits in (bits for bits in _ALIKE if bits >= smallest):
        try:
            with quiet(), TemporaryDirectory(dir=folder) as temporary:
                made = replace(about, bits=bits)
                _write(model, made, folder, Path(temporary) / "graph.onnx")
                alike = _correlation(folder, expected)
            if alike < _ALIKE[bits]:
                raise ValueError(f"its graph scores otherwise, with a correlation of {alike:.4f}")
            made = replace(made, correlation=round(alike, 6))
            made.write(folder)
            return Export(made, reason)
        except OSError:
            raise
        # torch and ONNX Runtime raise what they like for what they cannot do.
        except Exception as error:
            reason = f"in {bits} bits: {first_line(error)}"
    for path in (folder / name for name in (GRAPH, WEIGHTS, TOKENIZER)):
        path.unlink(missing_ok=True)
    about.write(folder)
    return Export(about, reason)


def _write(model: CrossEncoder, made: Exported, folder: Path, graph: Path) -> None:
    """Write the graph, its weights, the tokenizer and what they are."""
    _refuse(model)
    write_tokenizer(model.tokenizer, folder / TOKENIZER)
    made.write(folder)
    _trace(model, graph, small=made.bits == 8)
    transformer: Any = model.model
    quantization.fuse(graph, transformer.config.to_dict())
    if made.bits == 8:
        smooth(graph, _told(graph, folder, made.max_pieces))
        quantization.quantize(graph, graph)
    for name in (GRAPH, WEIGHTS):
        (folder / name).unlink(missing_ok=True)
    quantization.optimize(graph, folder / GRAPH, WEIGHTS)


def _refuse(model: CrossEncoder) -> None:
    """Refuse what would become a graph, but not as sentence-transformers runs it.

    Raises:
        ValueError: there is such a thing.
    """
    if [type(module).__name__ for module in model] != ["Transformer"]:
        raise ValueError("more than a transformer makes its scores")
    architecture = type(model.model).__name__
    if not architecture.endswith("ForSequenceClassification"):
        raise ValueError(f"its {architecture} reads pairs in a way of its own")
    if model.default_prompt_name:
        raise ValueError("it wants a prompt before the question")


def _trace(model: CrossEncoder, graph: Path, *, small: bool) -> None:
    """Write a cross-encoder as a graph in float32, its table of word embeddings in 8 bits where
    `small`; the model stays as it is.

    Raises:
        Exception: the model cannot be traced; torch raises what it likes.
    """
    import torch

    transformer: Any = model.model
    tokenizer: Any = model.tokenizer
    known = ("input_ids", "attention_mask", "token_type_ids")
    names = [name for name in known if name in tokenizer.model_input_names]

    class Scoring(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, *inputs: Any) -> Any:
            return self.transformer(**dict(zip(names, inputs, strict=True))).logits

    ids = torch.ones(*_TRACED, dtype=torch.long)
    axes = {name: {0: "batch", 1: "pieces"} for name in names}
    with small_table(transformer) if small else nullcontext(), torch.no_grad():
        torch.onnx.export(
            Scoring().eval(),
            (ids,) * len(names),
            str(graph),
            dynamo=False,
            opset_version=_OPSET,
            input_names=names,
            output_names=["scores"],
            dynamic_axes={**axes, "scores": {0: "batch"}},
        )


def _told(graph: Path, folder: Path, pieces: int) -> list[Feed]:
    """What the graph is run on to see how large its channels become."""
    import onnx
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.enable_truncation(pieces)
    inputs = [one.name for one in onnx.load(str(graph), load_external_data=False).graph.input]
    pairs = [(question, passage) for question, told in _compared() for passage in told]
    return [pair_feed(pair, inputs) for pair in tokenizer.encode_batch(pairs)]


def _correlation(folder: Path, expected: Scores) -> float:
    """That of the scores of what was written with those of the model."""
    reranker = GraphReranker(folder)
    found = np.concatenate([reranker.raw(*each) for each in _compared()])
    return float(np.corrcoef(found, expected)[0, 1])


def _compared() -> list[tuple[str, list[str]]]:
    """Questions, each with passages of the shipped glossary."""
    entries = [entry for entry in shipped().entries if entry.questions]
    steps = range(0, len(entries) - _PASSAGES, len(entries) // _QUESTIONS)
    return [
        (
            entries[place].questions[0],
            [entry.sections[-1].text for entry in entries[place : place + _PASSAGES]],
        )
        for place in steps
    ]
