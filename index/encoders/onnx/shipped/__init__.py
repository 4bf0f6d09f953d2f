"""The encoder that comes with Entrywise: all-MiniLM-L6-v2 in 8 bits, as `entrywise model make`
makes it from the official weights.

encoder.json, encoder.onnx, encoder.weights, tokenizer.json   what an index takes over
encoder.products.json                                         where adapters are merged
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
