"""Checks of a knowledge base: errors and weak spots, for its editors.

KnowledgeBase ─ check.py ─▶ Findings: errors, then warnings
                  duplicates.py   entries that say nearly the same
                  quantities.py   numbers that should agree
                  truncations.py  texts that break off
reading_report.py ─▶ what was understood of documents
"""
