"""Traces a model of sentence-transformers as an ONNX graph in float32.

Its own modules do what follows the transformer (pooling in every mode, Dense, Normalize), so that
nothing of them is written a second time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_OPSET = 17

# How many texts and pieces are traced: no size of the graph may come from them.
_TRACED = (2, 9)


def trace(model: SentenceTransformer, graph: Path) -> None:
    """Write a model as a graph.

    It takes `input_ids` and `attention_mask`, int64 (batch, pieces), and gives `vectors`, float32
    (batch, dim) of unit length, and `tokens`, float32 (batch, pieces, dim): the token vectors after
    what follows the pooling. Its table of word embeddings has 8 bits.

    Raises:
        Exception: the model cannot be traced; torch raises what it likes.
    """
    import torch

    wrapped = _wrapped(model)
    ids = torch.ones(*_TRACED, dtype=torch.long)
    axes = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        wrapped,
        (ids, ids),
        str(graph),
        dynamo=False,
        opset_version=_OPSET,
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors", "tokens"],
        dynamic_axes={
            "input_ids": axes,
            "attention_mask": axes,
            "vectors": {0: "batch"},
            "tokens": axes,
        },
    )


def _wrapped(model: SentenceTransformer) -> torch.nn.Module:
    import torch

    tokens_of = _static(model[0]) if _is_static(model) else _transformer(model)
    after: list[Any] = list(model)[1:]
    dimension = model.truncate_dim

    class Encoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.tokens_of = tokens_of
            self.after = torch.nn.ModuleList(after)

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            tokens = self.tokens_of(input_ids, attention_mask)
            features = {
                "input_ids": input_ids,
                "attention_mask": attention_mask,
                "token_embeddings": tokens,
            }
            if _is_static(model):
                features["sentence_embedding"] = _mean(tokens, attention_mask)
            for module in after:
                features = module(features)
                if type(module).__name__ == "Dense":
                    tokens = module({"sentence_embedding": tokens})["sentence_embedding"]
            vectors = features["sentence_embedding"][:, :dimension]
            return torch.nn.functional.normalize(vectors, dim=1), tokens[:, :, :dimension]

    return Encoder().eval()


def _is_static(model: SentenceTransformer) -> bool:
    return type(model[0]).__name__ == "StaticEmbedding"


def _transformer(model: SentenceTransformer) -> torch.nn.Module:
    import torch

    transformer: Any = model.transformers_model
    if transformer is None:
        raise ValueError(f"a {type(model[0]).__name__} module is no transformer")
    embeddings = transformer.get_input_embeddings()
    transformer.set_input_embeddings(_rowwise_int8(embeddings))

    class Transformer(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.transformer(input_ids=input_ids, attention_mask=attention_mask)[0]

    return Transformer()


def _static(module: Any) -> torch.nn.Module:
    """A table of token vectors, which the model takes the mean of."""
    import torch

    table = _rowwise_int8(_table(module.embedding.weight))

    class Static(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table = table

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.table(input_ids)

    return Static()


def _table(weight: Any) -> torch.nn.Module:
    import torch

    table = torch.nn.Embedding(*weight.shape)
    table.weight = torch.nn.Parameter(weight.detach(), requires_grad=False)
    return table


def _mean(tokens: Any, attention_mask: Any) -> Any:
    mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
    return (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)


def _rowwise_int8(embedding: torch.nn.Module) -> torch.nn.Module:
    """An embedding table whose rows are 8-bit integers times one float32 scale each."""
    import torch

    weight: Any = embedding.weight
    weight = weight.detach().float()

    class RowwiseInt8Embedding(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
            self.rows = torch.nn.Buffer(torch.round(weight / scale).to(torch.int8))
            self.scale = torch.nn.Buffer(scale)

        def forward(self, ids: Any) -> Any:
            return self.rows[ids].to(torch.float32) * self.scale[ids]

    return RowwiseInt8Embedding()
