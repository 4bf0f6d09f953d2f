"""A knowledge base: its entries, what people ask of it, and what is wrong in it.

    source ─ source.py ─▶ KnowledgeBase (entries.py), with its Identity (identity.py)
               │  readers/     read a source, one module for each kind
               │  questions/   what people ask: of one entry, of several, of none
               ▼
             checks/           what its editors should correct
    words.py                   how words and names are compared, here and in the packages above
    glossary/                  the knowledge base that comes with Entrywise

All packages above work on `entries.Entry` values, never on one file's format.
"""
