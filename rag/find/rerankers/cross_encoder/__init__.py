"""Cross-encoders of sentence-transformers, with the extra `models`: exported once, run without
torch.

opening.py ─▶ is there one in the cache? ─▶ graph.py            runs it, without torch
               else  model.py ─ export.py ─▶ a folder (folder.py) for it
               what cannot be exported ─▶ reranker.py            runs in sentence-transformers
"""
