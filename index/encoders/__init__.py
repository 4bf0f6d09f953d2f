"""Texts into vectors: the shipped encoder, any sentence-transformers model, adapters.

sentence_transformer ─ tracing ─ smoothing ─ export ─▶ query.py: questions, without torch
embeds passages          └─────────────────────────▶ passage_graph.py: those of an update
training ─▶ adapter.py: what a knowledge base adds to the weights
"""
