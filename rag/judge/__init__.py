"""Candidates into what is worth quoting, and whether to answer at all.

selection.py    which entries are relevant       ─▶ Findings
excerpts.py     of documents the stretches that answer: section_pieces.py, runs.py, sides.py,
                asked_words.py
evidence.py     what terms say, sentence by sentence: aspects.py, features.py (told at build)
confidence.py   how sure it is                   ─▶ Verdict; of documents: excerpt_signs.py
calibration/    the last step of it, which belongs to each index, and what to expect of it
logistic.py     the small models behind both, in *.json
"""
