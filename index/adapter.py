"""A low-rank adapter: what a knowledge base adds to the linear layers of its encoder.

Each adapted layer computes W + B A instead of W (Hu et al., "LoRA", 2021). The adapter is merged
into the weights before anything is embedded or exported, so it costs nothing when a question is
asked. It is a safetensors file of half-precision `LAYER.a` (rank, in) and `LAYER.b` (out, rank).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.errors import EntrywiseError

if TYPE_CHECKING:
    import torch


def merge(transformer: torch.nn.Module, path: Path) -> None:
    """Add an adapter to the weights of a transformer, in place.

    Raises:
        EntrywiseError: the file is missing, no adapter, or one of another model.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        tensors = load_file(path)
        with torch.no_grad():
            for layer in sorted({name.rpartition(".")[0] for name in tensors}):
                weight = transformer.get_submodule(layer).get_parameter("weight")
                weight.add_(tensors[f"{layer}.b"].float() @ tensors[f"{layer}.a"].float())
    except (OSError, SafetensorError, KeyError, AttributeError, RuntimeError) as error:
        raise EntrywiseError(
            f"{path}: is no adapter of this model ({str(error).strip().partition(chr(10))[0]}); "
            "make it again with: entrywise index adapt"
        ) from error


def write(layers: dict[str, tuple[torch.Tensor, torch.Tensor]], path: Path) -> None:
    """Write {layer: (a, b)} as an adapter.

    Raises:
        EntrywiseError: the file cannot be written.
    """
    from safetensors import SafetensorError
    from safetensors.torch import save_file

    tensors = {}
    for layer, (a, b) in layers.items():
        tensors[f"{layer}.a"] = a.detach().half().contiguous()
        tensors[f"{layer}.b"] = b.detach().half().contiguous()
    try:
        save_file(tensors, path)
    except (OSError, SafetensorError) as error:
        raise EntrywiseError(
            f"{path}: cannot be written ({error}); name a file in a folder that can"
        ) from error


def sha256(path: Path) -> str:
    """SHA-256 of an adapter file.

    Raises:
        EntrywiseError: there is no such file.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise EntrywiseError(
            f"{path}: cannot be read ({error.strerror}); check the path of the adapter"
        ) from error
