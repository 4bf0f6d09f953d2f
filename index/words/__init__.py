"""Word search: the entries that share words with a text, by BM25.

entries ─ writing.py ─▶ a SQLite file with an FTS5 table ─ index.py ─▶ BM25 by entry
          common_words.py  words that most entries have, scored at build (scoring.py)
          row_numbers.py   numbers of rows that leave room for rows between them
          stems.py         stems of words in other languages than English
"""
