"""The encoder that comes with Entrywise, by name and hash: a start need not read its files."""

from __future__ import annotations

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "188a083c99b2cef50ca498897488866a930f1812af485003767dc5a538726c2f"
"""Of its graph, weights and tokenizer, in `onnx/shipped/`."""
