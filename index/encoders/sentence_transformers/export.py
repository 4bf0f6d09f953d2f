"""Exports a model: any that sentence-transformers loads, to a graph that is asked without torch.

    trace, or what its folder ships ─ fuse ─ smooth ─ quantize ─ optimize ─ compare

The graph has 8-bit products where it then embeds as the model does (`_SAME_QUANTIZED`), else
float32 ones. What cannot be exported is asked through sentence-transformers (`encoder.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from entrywise.data.errors import EntrywiseError
from entrywise.data.glossary.files import SMOOTHING
from entrywise.index.encoders.base import EncoderConfig, Vectors
from entrywise.index.encoders.default import DEFAULT_MODEL
from entrywise.index.encoders.onnx.encoder import GRAPH, TOKENIZER, WEIGHTS
from entrywise.index.encoders.sentence_transformers.model import (
    ModelFacts,
    facts,
    load,
    model_sha256,
)
from entrywise.index.encoders.sentence_transformers.parity import embedded, parity
from entrywise.index.encoders.sentence_transformers.products import write_products
from entrywise.index.encoders.sentence_transformers.published_graph import (
    FLOAT,
    QUANTIZED,
    published,
    take,
)
from entrywise.index.encoders.sentence_transformers.tracing import refuse, trace
from entrywise.index.graphs import quantization
from entrywise.index.graphs.libraries import first_line, quiet, write_tokenizer
from entrywise.index.graphs.runtime import Feed, feed
from entrywise.index.graphs.smoothing import smooth

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SAME_QUANTIZED = 0.99
"""The median cosine to the model from which 8 bits are used."""
_SAME = 0.9999
"""That from which a graph in float32 does what the model does."""


@dataclass(frozen=True, slots=True)
class Export:
    """What became of a model."""

    about: ModelFacts
    bits: int
    """Bits of the numbers that are multiplied, 8 or 32; 0 where it could not be exported."""
    cosines: tuple[float, float]
    """The least and the median of an encoder's vectors with those of the model."""
    compared: int
    """How many there are of each."""
    source: str = ""
    """The graph that the model's folder ships, where it was taken; empty: traced, or none."""
    reason: str = ""
    """Why it has not fewer bits, or none."""


class _Unlike(ValueError):
    """A graph does not embed as its model does."""


def export(model: str, folder: Path, *, smallest: int = 8) -> Export:
    """Put an encoder for a model into a folder: a graph where it can be exported, else its name.

    Args:
        smallest: the bits to begin with, 8 or 32.

    Raises:
        EntrywiseError: there is no such model, or what it takes is not installed.
        OSError: the folder cannot be written.
    """
    loaded = load(model)
    _need_onnx()
    about = facts(loaded)
    config = _config(model, loaded, about)
    expected = embedded(loaded, about)
    reason = ""
    for way in _ways(model, loaded, about):
        if way.bits < smallest:
            continue
        try:
            with quiet(), TemporaryDirectory(dir=folder) as temporary:
                refuse(loaded, about)
                _write_tokenizer(loaded, folder)
                config.write(folder)
                graph = Path(temporary) / "graph.onnx"
                cosines = _write(way, loaded, graph, folder, expected)
            if model == DEFAULT_MODEL:
                replace(config, sha256=files_sha256(folder)).write(folder)
            why = reason if way.bits > smallest else ""
            return Export(about, way.bits, cosines, len(expected), way.source, why)
        except OSError:
            raise
        # torch and ONNX Runtime raise what they like for what they cannot do.
        except Exception as error:
            reason = first_line(error)
    for path in (folder / name for name in (GRAPH, WEIGHTS, TOKENIZER)):
        path.unlink(missing_ok=True)
    named = str(Path(model).absolute()) if Path(model).is_dir() else model
    replace(config, kind="sentence_transformers", model=named, one_pass=False).write(folder)
    return Export(about, 0, (1.0, 1.0), 0, "", reason)


class _Way(NamedTuple):
    """One way to export a model: the file of its graph where that is ready, what draws it, its
    bits, whether it has these already, and whether its attention is fused."""

    source: str
    draw: Callable[..., None]
    bits: int
    is_quantized: bool = False
    is_fused: bool = True


def _ways(model: str, loaded: SentenceTransformer, about: ModelFacts) -> Iterator[_Way]:
    """The ways to export a model, the best first."""
    drawn = [("", partial(trace, loaded))]
    if ready := published(model):
        draw = partial(take, ready, about)
        if ready.name == QUANTIZED.name:
            yield _Way(str(QUANTIZED), draw, 8, is_quantized=True, is_fused=False)
        else:
            drawn.insert(0, (str(FLOAT), draw))
    for source, draw in drawn:
        yield _Way(source, draw, 8)
        yield _Way(source, draw, 32)
        yield _Way(source, draw, 32, is_fused=False)


def _need_onnx() -> None:
    """Tell that it is missing: a model that cannot be exported would be blamed for it.

    Raises:
        EntrywiseError: it is.
    """
    if find_spec("onnx") is None:
        raise EntrywiseError(
            "exporting a model takes onnx, which is not installed; "
            "run: pip install 'entrywise[models]'"
        )


def _write(
    way: _Way, model: SentenceTransformer, graph: Path, folder: Path, expected: Vectors
) -> tuple[float, float]:
    """Write a graph in one way; give its cosines with the vectors of the model."""
    quantizes = way.bits == 8 and not way.is_quantized
    way.draw(graph, small_table=quantizes)
    if way.is_fused:
        _fuse(model, graph)
    if quantizes:
        smooth(graph, _told(folder))
        quantization.quantize(graph, graph)
    cosines = _optimized(graph, folder, expected, _SAME_QUANTIZED if way.bits == 8 else _SAME)
    if quantizes:
        write_products(model, folder)
    return cosines


def _optimized(graph: Path, folder: Path, expected: Vectors, enough: float) -> tuple[float, float]:
    """Write a graph as it is run; give its cosines with the model.

    Raises:
        _Unlike: they are not enough.
    """
    for name in (GRAPH, WEIGHTS):
        (folder / name).unlink(missing_ok=True)
    quantization.optimize(graph, folder / GRAPH, WEIGHTS)
    cosines = parity(folder, expected)
    if not cosines[1] >= enough:
        raise _Unlike(f"its graph embeds otherwise, with a cosine of {cosines[1]:.4f}")
    return cosines


def _told(folder: Path) -> list[Feed]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(EncoderConfig.read(folder).max_pieces)
    texts = json.loads(SMOOTHING.read_text(encoding="utf-8"))
    return [feed(encoding.ids) for encoding in tokenizer.encode_batch(texts)]


def _fuse(model: SentenceTransformer, graph: Path) -> None:
    transformer = model.transformers_model
    if transformer is not None:
        quantization.fuse(graph, transformer.config.to_dict())


def _write_tokenizer(model: SentenceTransformer, folder: Path) -> None:
    """Write the tokenizer of a model.

    Raises:
        ValueError: it is none of `tokenizers`.
    """
    tokenizer: Any = model.tokenizer
    if type(model[0]).__name__ == "StaticEmbedding":
        getattr(tokenizer, "backend_tokenizer", tokenizer).post_processor = None
    write_tokenizer(tokenizer, folder / TOKENIZER)


def _config(model: str, loaded: SentenceTransformer, about: ModelFacts) -> EncoderConfig:
    return EncoderConfig(
        kind="onnx",
        model=model,
        sha256=model_sha256(loaded),
        dimension=about.dimension,
        max_pieces=about.max_pieces,
        query_prompt=about.query_prompt,
        passage_prompt=about.passage_prompt,
        one_pass=about.one_pass,
    )


def files_sha256(folder: Path) -> str:
    """SHA-256 of the graph, the weights and the tokenizer of an exported encoder."""
    digest = hashlib.sha256()
    for name in (GRAPH, WEIGHTS, TOKENIZER):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
