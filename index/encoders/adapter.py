"""A low-rank adapter: what a knowledge base adds to the linear layers of its encoder.

Each adapted layer computes W + B A instead of W (Hu et al., "LoRA", 2021). The adapter is merged
into the weights before anything is embedded or exported, so it costs nothing when a question is
asked. It is a safetensors file of half-precision `LAYER.a` (rank, in) and `LAYER.b` (out, rank).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import EntrywiseError

if TYPE_CHECKING:
    import torch


def added(path: Path) -> dict[str, NDArray[np.float32]]:
    """{name of a weight: what is added to it, float32 (out, in)}.

    Raises:
        EntrywiseError: the file is missing, or no adapter.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
        layers = sorted({name.rpartition(".")[0] for name in tensors})
        return {
            f"{layer}.weight": _float32(tensors[f"{layer}.b"]) @ _float32(tensors[f"{layer}.a"])
            for layer in layers
        }
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        raise _unfitting(path, error) from error


def merge(transformer: torch.nn.Module, path: Path) -> None:
    """Add an adapter to the weights of a transformer, in place.

    Raises:
        EntrywiseError: the file is missing, no adapter, or one of another model.
    """
    import torch

    changes = added(path)
    try:
        with torch.no_grad():
            for name, change in changes.items():
                transformer.get_parameter(name).add_(torch.from_numpy(change))
    except (AttributeError, RuntimeError) as error:
        raise _unfitting(path, error) from error


def _float32(half: NDArray[np.generic]) -> NDArray[np.float32]:
    return half.astype(np.float32)


def _unfitting(path: Path, error: Exception) -> EntrywiseError:
    return EntrywiseError(
        f"{path}: is no adapter of this model ({str(error).strip().partition(chr(10))[0]}); "
        "make it again with: entrywise index adapt"
    )


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
