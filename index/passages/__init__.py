"""Entries into the units that are embedded, found and quoted, with exact offsets.

kinds.py        terms or documents: a knowledge base holds the one or the other
sentences.py ─▶ pieces.py ─▶ chunks.py ─▶ annotation.py
sentences       or blocks      runs of them   what is told of each once: features, mentions
units.py        what is found by words: terms, sections of documents
"""
