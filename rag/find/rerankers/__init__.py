"""The rerankers: a model reads the question and a passage together, and says how well they fit.

base.py       what a reranker is
registry.py   the rerankers there are, by name
cross_encoder any CrossEncoder of sentence-transformers, exported once, run without torch

Candidates ─ `rag/find/reranking.py` ─▶ the same candidates, in the reranker's order
"""
