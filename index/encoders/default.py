"""The encoder that comes with Entrywise, by name and hash: a start need not read its files."""

from __future__ import annotations

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "c58b77f6842ca045792deab3805e267d8674391407b2c2a07a41fb9140974cf5"
"""Of its graph, weights and tokenizer, in `onnx/shipped/`."""
