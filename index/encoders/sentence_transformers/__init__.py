"""Any model of sentence-transformers, with the extra `models`: exported once, asked without torch.

model.py ─ tracing ─ smoothing ─ quantization ─ export.py ─▶ what `onnx/` opens
              what cannot be exported ─ encoder.py ─▶ asked through sentence-transformers
training ─▶ the adapter of a knowledge base
"""
