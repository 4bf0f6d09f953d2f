"""Tables of word embeddings in 8 bits: most of a small model, and looked up only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch


@contextmanager
def small_table(transformer: Any) -> Iterator[None]:
    """Keep a transformer's table in 8 bits for a while, where it is nothing but a table."""
    import torch

    table = transformer.get_input_embeddings()
    # Others do more than look up, as Gemma's, whose rows are scaled.
    if type(table) is torch.nn.Embedding:
        transformer.set_input_embeddings(rowwise_int8(table))
    try:
        yield
    finally:
        transformer.set_input_embeddings(table)


def rowwise_int8(embedding: torch.nn.Module) -> torch.nn.Module:
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
