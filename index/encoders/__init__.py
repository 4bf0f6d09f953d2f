"""Texts into vectors: the shipped encoder, any sentence-transformers model, adapters.

sentence_transformer ─ tracing ─ smoothing ─ export ─▶ query.py        embeds questions, no torch
  embeds passages        └─────────────────────────▶ passage_graph.py  embeds an update's passages
training ─▶ adapter.py: what a knowledge base adds to the weights
"""
