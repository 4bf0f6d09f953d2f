"""Vector search: the nearest vectors to one.

vectors ─ writing.py ─▶ a file ─ faiss.py ─▶ search: rows and cosines, the nearest first
   base.py      what a store of vectors can do
   codes.py     8 bits a number
   cells.py     more than a search can look at: in cells, probed as measured (accuracy.py)
   compact.py   8 bits a number, for looking at a few by row
"""
