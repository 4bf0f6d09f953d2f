"""Encoders turn texts into vectors: one for questions and passages, which an index carries with it.

registry.py ─▶ a folder: encoder.json, and what its kind needs ─▶ Encoder (base.py)
   onnx/                    runs graphs in ONNX Runtime; the shipped encoder, adapters
   sentence_transformers/   any other model, exported to a graph where it can be
"""
