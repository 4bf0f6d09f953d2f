"""Any model of sentence-transformers, with the extra `models`: exported once, asked without torch.

model.py ─ tracing or published ─ `index/graphs` ─ parity ─ export.py ─▶ for `onnx/`
              what cannot be exported ─ encoder.py ─▶ asked through sentence-transformers
check.py ─▶ `entrywise model check`
training ─▶ the adapter of a knowledge base
"""
