"""Traces a passage encoder as ONNX graphs in float32: what PyTorch does in building an index.

One graph is for questions, and is exported further (`export.py`). The other one is for passages,
and has only by name what the model's file has as it is (`passage_graph.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrywise.index.encoders.adapter import merge
from entrywise.index.encoders.passage_graph import PREFIX, WEIGHTS
from entrywise.index.encoders.sentence_transformer import PassageEncoder, offline

if TYPE_CHECKING:
    import torch

_OPSET = 17


def trace(passages: PassageEncoder, question_graph: Path, passage_graph: Path) -> None:
    """Trace the transformer with mean pooling and normalization (as the model's own modules do).

    Both graphs take `input_ids` and `attention_mask`, int64 (batch, pieces), and give `vectors`,
    float32 (batch, dim), of unit length. That of questions has its word embeddings in 8 bits.

    Raises:
        OSError: one of the files cannot be written.
    """
    with offline():
        from transformers import AutoModel

        # "eager" attention is plain matrix products, which ONNX Runtime knows how to fuse.
        transformer = AutoModel.from_pretrained(
            str(passages.path), attn_implementation="eager"
        ).eval()
        if passages.adapter is not None:
            merge(transformer, passages.adapter)
        # Folded, the weights would have other names.
        _write(transformer, passage_graph, folded=False)
        _leave_out_weights(passage_graph, passages.path / WEIGHTS)
        embeddings = transformer.embeddings
        embeddings.word_embeddings = _rowwise_int8(embeddings.word_embeddings.weight.detach())
        _write(transformer, question_graph, folded=True)


def _write(transformer: torch.nn.Module, graph: Path, *, folded: bool) -> None:
    import torch

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
        opset_version=_OPSET,
        do_constant_folding=folded,
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "batch"}},
    )


def _leave_out_weights(graph: Path, weights: Path) -> None:
    """Keep of the weights that a model's file has as they are only what they are called."""
    import onnx
    from onnx import TensorProto
    from safetensors import safe_open

    model = onnx.load(str(graph))
    with safe_open(weights, "numpy") as file:
        names = file.keys()
        kept = {PREFIX + name: file.get_slice(name) for name in names}
        for tensor in model.graph.initializer:
            held = kept.get(tensor.name)
            if held and held.get_dtype() == "F32" and held.get_shape() == list(tensor.dims):
                size = len(tensor.raw_data)
                tensor.ClearField("raw_data")
                tensor.data_location = TensorProto.EXTERNAL
                for key, value in (("location", weights.name), ("length", str(size))):
                    tensor.external_data.add(key=key, value=value)
    graph.write_bytes(model.SerializeToString())


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
