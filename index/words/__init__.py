"""The entries that share words with a text.

entries ─ fts5.py ─▶ a SQLite file with an FTS5 table ─ index.py ─▶ BM25 by entry
          common.py  what most entries have is scored beforehand
          stems.py   what words of other languages than English are looked up by
"""
