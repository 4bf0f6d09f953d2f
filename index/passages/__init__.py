"""Entries into the units that are embedded, found and quoted, with exact offsets.

sentences.py ─▶ chunks.py ─▶ annotation.py
sentences       runs of them   what is told of each sentence once: features, mentions
"""
