"""The vectors that are nearest to one.

vectors ─ faiss.py ─▶ a file, mapped ─ search ─▶ rows and cosines, the nearest first
"""
