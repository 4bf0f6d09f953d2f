"""Traces a model of sentence-transformers as an ONNX graph in float32.

Its own modules do what follows the transformer (pooling in every mode, Dense, Normalize), so that
nothing of them is written a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrywise.index.encoders.sentence_transformers.model import ModelFacts, facts
from entrywise.index.graphs.tables import rowwise_int8, small_table

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

_OPSET = 17

_TOKENS = {"method": "forward", "method_output_name": "last_hidden_state"}
"""What sentence-transformers takes of most transformers."""

# How many texts and pieces are traced: no size of the graph may come from them.
_TRACED = (2, 9)


def trace(model: SentenceTransformer, graph: Path, *, small_table: bool) -> None:
    """Write a model as a graph; the model stays as it is.

    It takes `input_ids` and `attention_mask`, int64 (batch, pieces), and gives `vectors`, float32
    (batch, dim) of unit length, and `tokens`, float32 (batch, pieces, dim): the token vectors after
    what follows the pooling, where the model pools by their mean.

    Args:
        small_table: whether the table of word embeddings has 8 bits.

    Raises:
        Exception: the model cannot be traced; torch raises what it likes.
    """
    import torch

    ids = torch.ones(*_TRACED, dtype=torch.long)
    axes = {0: "batch", 1: "pieces"}
    with _table_of(model, small=small_table), torch.no_grad():
        torch.onnx.export(
            _wrapped(model),
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

    first: Any = model[0]
    after: list[Any] = list(model)[1:]
    dimension = model.truncate_dim
    about = facts(model)
    static = about.modules[0] == "StaticEmbedding"
    tokens_of = _static(first) if static else _transformer(first)

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
            if static:
                features["sentence_embedding"] = _mean(tokens, attention_mask)
            for module in self.after:
                features = module(features)
                if about.one_pass and type(module).__name__ == "Dense":
                    tokens = module({"sentence_embedding": tokens})["sentence_embedding"]
            vectors = features["sentence_embedding"][:, :dimension]
            return torch.nn.functional.normalize(vectors, dim=1), tokens[:, :, :dimension]

    return Encoder().eval()


def refuse(model: SentenceTransformer, about: ModelFacts) -> None:
    """Refuse what would become a graph, but not as sentence-transformers runs it.

    Raises:
        ValueError: there is such a thing.
    """
    first: Any = model[0]
    kind = about.modules[0]
    if kind not in ("Transformer", "StaticEmbedding"):
        raise ValueError(f"its {kind} module reads texts in a way of its own")
    reads = getattr(first, "modality_config", {"text": _TOKENS})
    if "message" in reads:
        raise ValueError("it reads texts through a template of chats")
    if reads.get("text") != _TOKENS:
        raise ValueError("its transformer gives something else than a vector for each token")
    alone = all(getattr(module, "include_prompt", True) for module in model)
    if not alone and (about.query_prompt or about.passage_prompt):
        raise ValueError("its pooling leaves the prompt out")


@contextmanager
def _table_of(model: SentenceTransformer, *, small: bool) -> Iterator[None]:
    """Keep the table of word embeddings in 8 bits for a while, where it is nothing but a table."""
    first: Any = model[0]
    if not small:
        yield
    elif type(first).__name__ == "StaticEmbedding":
        table, first.embedding = first.embedding, rowwise_int8(first.embedding)
        try:
            yield
        finally:
            first.embedding = table
    else:
        with small_table(first.auto_model):
            yield


def _transformer(first: Any) -> torch.nn.Module:
    import torch

    class Transformer(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer = first.auto_model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.transformer(input_ids=input_ids, attention_mask=attention_mask)[0]

    return Transformer()


def _static(first: Any) -> torch.nn.Module:
    """A table of token vectors, which the model takes the mean of."""
    import torch

    class Static(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.table = first.embedding

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            # A bag of embeddings would give their mean, and no token's own.
            if isinstance(self.table, torch.nn.EmbeddingBag):
                return torch.nn.functional.embedding(input_ids, self.table.weight)
            return self.table(input_ids)

    return Static()


def _mean(tokens: Any, attention_mask: Any) -> Any:
    mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
    return (tokens * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
