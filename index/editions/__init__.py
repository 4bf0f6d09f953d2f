"""Editions: pages that are there several times, of which a question is answered from one.

ids of entries ─ paths.py ─▶ which languages and versions they tell
   pages.py          which of them are editions of one
   translations.py   the same in another language: a question is answered in its own
   versions.py       the same as it was: a question is answered from the newest, or the one it names
"""
