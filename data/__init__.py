"""A knowledge base: its entries, what people ask of it, and what is wrong in it.

    source ─ source.py ─▶ KnowledgeBase (entries.py), with its Identity (identity.py)
               │  readers/     read a source, one module for each kind
               │  documents/   Markdown into sections of blocks; other formats into Markdown
               │  questions/   what people ask: of one entry, of several, of none
               ▼
             checks/           what its editors should correct
    words.py                   how words and names are compared, here and in the packages above
    languages.py, texts.py     which language a text is in; what programs say in each
    addresses.py, pictures.py, latex.py, percentages.py   what texts hold
    plugins.py                 what other distributions add
    errors.py, system_errors.py   the tree of errors; what the system says, in one line
    glossary/                  the knowledge base that comes with Entrywise

All packages above work on `entries.Entry` values, never on one file's format.
"""
