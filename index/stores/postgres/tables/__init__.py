"""The tables of one generation, in a schema of their own: written once, read by need.

writing.py ─▶ a schema ─┬─▶ entries.py     lines of entries
                        ├─▶ sentences.py   places, vectors, features, mentions, by entry
                        ├─▶ vectors.py     pgvector: chunks, with their places, and questions
                        ├─▶ postings.py ─▶ words.py   BM25
                        └─▶ what `index/names` and `index/listing` have in SQLite: the same SQL asks
reading.py              rows by number, vectors as text
"""
