"""Exports a model: any that sentence-transformers loads, to a graph that is asked without torch.

    trace ─ fuse ─ smooth ─ quantize ─ optimize ─ compare

The graph has 8-bit products where it then embeds as the model does (`_SAME_QUANTIZED`), else
float32 ones. What cannot be traced is asked through sentence-transformers (`encoder.py`).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from entrywise.data.errors import EntrywiseError
from entrywise.data.source import shipped
from entrywise.index.encoders.base import EncoderConfig, Passage, Vectors
from entrywise.index.encoders.onnx.encoder import GRAPH, TOKENIZER, WEIGHTS, OnnxEncoder
from entrywise.index.encoders.sentence_transformers import quantization
from entrywise.index.encoders.sentence_transformers.model import (
    ModelFacts,
    facts,
    first_line,
    load,
    quiet,
)
from entrywise.index.encoders.sentence_transformers.smoothing import smooth
from entrywise.index.encoders.sentence_transformers.tracing import trace
from entrywise.index.passages.chunks import heading
from entrywise.index.sample_questions import label

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_SMOOTHED_QUESTIONS, _SMOOTHED_ENTRIES = 64, 4
"""One in so many questions and entries of the shipped glossary are looked at, 255 questions and 170
sections: they serve every knowledge base (`smoothing.py`)."""
_SAME_QUANTIZED = 0.99
"""The median cosine to the model from which 8 bits are used."""
_SAME = 0.999
"""That from which a graph in float32 does what the model does; its word embeddings have 8 bits."""
_COMPARED = 32
_LONG = "word " * 700
"""More than most models read: where one stops matters."""


def export(model: str, folder: Path) -> None:
    """Put an encoder for a model into a folder.

    Raises:
        EntrywiseError: there is no such model, or what it takes is not installed.
        OSError: the folder cannot be written.
    """
    loaded = load(model)
    about = facts(loaded)
    expected = _embedded(loaded, _texts())
    with quiet(), TemporaryDirectory(dir=folder) as temporary:
        graph = Path(temporary) / "graph.onnx"
        _write_tokenizer(loaded, folder)
        config = _config(model, about)
        config.write(folder)
        try:
            trace(loaded, graph)
        # torch raises what it likes for what it cannot trace.
        except Exception as error:
            raise EntrywiseError(
                f"the model {model!r} cannot be exported ({first_line(error)})"
            ) from error
        _fuse(loaded, graph)
        _exported(loaded, graph, folder, expected)
    replace(config, sha256=files_sha256(folder)).write(folder)


def _exported(model: SentenceTransformer, graph: Path, folder: Path, expected: Vectors) -> None:
    """Write a graph of 8-bit products if it embeds as the model does, else of float32."""
    small = graph.with_name("quantized.onnx")
    shutil.copyfile(graph, small)
    smooth(small, _pieces(folder))
    quantization.quantize(small, small)
    quantization.optimize(small, folder)
    if parity(folder, expected) >= _SAME_QUANTIZED:
        quantization.write_products(model, folder)
        return
    quantization.optimize(graph, folder)
    found = parity(folder, expected)
    if found < _SAME:
        raise EntrywiseError(f"the exported model does not embed as it does (cosine {found:.4f})")


def parity(folder: Path, expected: Vectors) -> float:
    """The median cosine of an encoder's vectors to those of its model, of the texts compared."""
    encoder = OnnxEncoder(folder)
    texts = _texts()
    asked = [encoder.encode_query(text).vector for text in texts]
    told = [one.vector for one in encoder.encode_passages(map(Passage, texts))]
    return float(np.median(np.sum(np.array([*asked, *told]) * expected, axis=1)))


def _texts() -> list[str]:
    entries = shipped().entries
    sections = [entry.sections[-1].text for entry in entries[:: len(entries) // _COMPARED]]
    return [*sections, _LONG]


def _embedded(model: SentenceTransformer, texts: Sequence[str]) -> Vectors:
    """What a model makes of some texts, as questions and then as passages."""
    with quiet():
        options: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}
        both = [
            model.encode_query(list(texts), **options),
            model.encode_document(list(texts), **options),
        ]
    vectors: Vectors = np.concatenate(both).astype(np.float32)
    return vectors


def _pieces(folder: Path) -> list[list[int]]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.enable_truncation(EncoderConfig.read(folder).max_pieces)
    glossary = shipped()
    questions, _ = label(glossary)
    entries = glossary.entries[::_SMOOTHED_ENTRIES]
    sections = [heading(entry) + section.text for entry in entries for section in entry.sections]
    texts = [*questions[::_SMOOTHED_QUESTIONS], *sections]
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def _fuse(model: SentenceTransformer, graph: Path) -> None:
    transformer = model.transformers_model
    if transformer is not None:
        quantization.fuse(graph, transformer.config.to_dict())


def _write_tokenizer(model: SentenceTransformer, folder: Path) -> None:
    """Write the tokenizer, without what it would pad."""
    tokenizer: Any = model.tokenizer
    backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if type(model[0]).__name__ == "StaticEmbedding":
        backend.post_processor = None
    backend.no_padding()
    backend.no_truncation()
    backend.save(str(folder / TOKENIZER), pretty=False)


def _config(model: str, about: ModelFacts) -> EncoderConfig:
    return EncoderConfig(
        kind="onnx",
        model=model,
        sha256="",
        dimension=about.dimension,
        max_pieces=about.max_pieces,
        query_prompt=about.query_prompt,
        passage_prompt=about.passage_prompt,
        one_pass=about.pooling == "mean",
    )


def files_sha256(folder: Path) -> str:
    """SHA-256 of the graph, the weights and the tokenizer of an exported encoder."""
    digest = hashlib.sha256()
    for name in (GRAPH, WEIGHTS, TOKENIZER):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
