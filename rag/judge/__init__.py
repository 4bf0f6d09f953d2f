"""Candidates into what is worth quoting, and whether to answer at all.

selection.py    which entries are relevant       ─▶ Findings
evidence.py     what they say, sentence by sentence: aspects.py, features.py (told at build)
confidence.py   how sure it is                   ─▶ Verdict
logistic.py     the small models behind both, in *.json
"""
