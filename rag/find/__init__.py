"""A question into candidates, best first.

Question, similarities ─ retrieval.py ─▶ Candidates     names + words + vectors
                         passages.py    of each the chunk that fits best, for programs that read
"""
