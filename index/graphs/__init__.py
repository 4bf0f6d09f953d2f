"""Graphs of models (ONNX), whatever they compute: made fast, and run.

libraries.py ─▶ a model of PyTorch ─▶ fuse ─ smooth ─ quantize ─ optimize ─▶ runtime.py
                                      `quantization.py`, `smoothing.py`
tables.py   word embeddings in 8 bits
"""
