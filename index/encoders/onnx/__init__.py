"""Graphs in ONNX Runtime: no torch, a fifth of a second to the first vector.

shipped/ ─ adapter.py ─▶ encoder.onnx, encoder.weights, tokenizer.json ─ encoder.py ─▶ vectors
"""
