"""A low-rank adapter: what a knowledge base adds to the linear layers of its encoder.

Each adapted layer computes W + B A instead of W (Hu et al., "LoRA", 2021). The adapter is merged
into the 8-bit weights of an exported encoder: they are put back into float32, the product is added,
and they are quantized again. That costs a median cosine of 0.0003 beside quantizing once, and
nothing when a question is asked. It is a safetensors file of half-precision `LAYER.a` (rank, in)
and `LAYER.b` (out, rank).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from entrywise.data.errors import EntrywiseError
from entrywise.data.system_errors import as_system_error, unreadable, unwritable
from entrywise.index.encoders.base import EncoderConfig
from entrywise.index.encoders.onnx.encoder import WEIGHTS

PRODUCTS = "encoder.products.json"
"""The file beside an exported encoder that says where in its weights each layer is."""

_LARGEST_CODE = 127

Change = NDArray[np.float32]
"""float32 (out, in): what is added to a layer's weights."""


@dataclass(frozen=True, slots=True)
class Product:
    """A product of an exported graph: an input, smoothed, times weights of 8 bits.

    Several layers that read the same input may be one product, side by side. The offsets are bytes
    of the file of weights: codes int8 (inputs, outputs), scale float32 (outputs,), smoothing
    float32 (inputs,).
    """

    layers: tuple[str, ...]
    inputs: int
    outputs: int
    codes: int
    scale: int
    smoothing: int


def read_products(folder: Path) -> list[Product]:
    """The products of an exported encoder; none where nothing was written of them."""
    path = folder / PRODUCTS
    if not path.is_file():
        return []
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [Product(tuple(row.pop("layers")), **row) for row in rows]


def merge(folder: Path, products: list[Product], adapter: Path) -> None:
    """Merge an adapter into the weights of an encoder's folder, in place.

    Args:
        folder: an exported encoder; its `encoder.json` gets the name and the hash of the adapter.

    Raises:
        EntrywiseError: the adapter is missing, no adapter, or one of another model.
    """
    changes = _changes(adapter)
    known = {layer for product in products for layer in product.layers}
    if strange := sorted(set(changes) - known):
        raise _unfitting(adapter, f"the model has no layer {strange[0]!r}")
    weights = bytearray((folder / WEIGHTS).read_bytes())
    try:
        for product in products:
            if not changes.keys().isdisjoint(product.layers):
                _add(weights, product, changes)
    except ValueError as error:
        raise _unfitting(adapter, error) from error
    (folder / WEIGHTS).write_bytes(weights)
    config = EncoderConfig.read(folder)
    replace(
        config,
        model=f"{config.model} with {adapter.name}",
        sha256=merged_sha256(config.sha256, adapter),
    ).write(folder)


def merged_sha256(sha256: str, adapter: Path) -> str:
    """What an encoder's hash becomes when an adapter is merged into it.

    Raises:
        EntrywiseError: there is no such file.
    """
    try:
        digest = hashlib.sha256(adapter.read_bytes()).hexdigest()
    except OSError as error:
        raise EntrywiseError(unreadable(adapter, error)) from error
    return hashlib.sha256((sha256 + digest).encode()).hexdigest()


def _add(weights: bytearray, product: Product, changes: dict[str, Change]) -> None:
    """Add the changes of a product's layers to its weights.

    Raises:
        ValueError: a change is of another size than its layer.
    """
    shape = product.inputs, product.outputs
    codes = np.frombuffer(weights, np.int8, shape[0] * shape[1], product.codes).reshape(shape)
    scale = np.frombuffer(weights, np.float32, product.outputs, product.scale)
    smoothing = np.frombuffer(weights, np.float32, product.inputs, product.smoothing)
    values = codes * scale
    width = product.outputs // len(product.layers)
    for place, layer in enumerate(product.layers):
        if layer in changes:
            # What reads the weights has been multiplied by `smoothing`.
            added = changes[layer].T / smoothing[:, np.newaxis]
            values[:, place * width : (place + 1) * width] += added
    scale[:] = np.maximum(np.abs(values).max(axis=0), 1e-12) / _LARGEST_CODE
    codes[:] = np.rint(values / scale)


def _changes(path: Path) -> dict[str, Change]:
    """{layer: what is added to its weights}.

    Raises:
        EntrywiseError: the file is missing, or no adapter.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
        layers = sorted({name.rpartition(".")[0] for name in tensors})
        return {
            layer: _float32(tensors[f"{layer}.b"]) @ _float32(tensors[f"{layer}.a"])
            for layer in layers
        }
    except OSError as error:
        raise EntrywiseError(unreadable(path, error)) from error
    except (SafetensorError, KeyError, ValueError) as error:
        raise _unfitting(path, error) from error


def _float32(half: NDArray[np.generic]) -> NDArray[np.float32]:
    return half.astype(np.float32)


def _unfitting(path: Path, error: object) -> EntrywiseError:
    return EntrywiseError(
        f"{path}: is no adapter of this model ({str(error).strip().partition(chr(10))[0]}); "
        "make it again with: entrywise index adapt"
    )


def write(layers: dict[str, tuple[Any, Any]], path: Path) -> None:
    """Write {layer: (a, b)}, float arrays, as an adapter.

    Raises:
        EntrywiseError: the file cannot be written.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import save_file

    tensors = {}
    for layer, (a, b) in layers.items():
        tensors[f"{layer}.a"] = np.ascontiguousarray(a, np.float16)
        tensors[f"{layer}.b"] = np.ascontiguousarray(b, np.float16)
    try:
        save_file(cast(dict[str, Any], tensors), path)
    except (OSError, SafetensorError) as error:
        raise EntrywiseError(
            unwritable(path, as_system_error(error), otherwise="name another file")
        ) from error
