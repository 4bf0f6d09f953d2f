"""The entries that share words with a text.

entries ─ fts5.py ─▶ a SQLite file with an FTS5 table ─ scores ─▶ BM25 by entry
"""
