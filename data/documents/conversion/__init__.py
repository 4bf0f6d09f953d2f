"""Converts other formats to Markdown, which sections are cut from.

Word               ─ word_document/ ─▶ a library ─▶ HTML
HTML               ─ elements.py, list_marks.py ─▶ hypertext.py ──┐
reStructuredText   ─ restructured/ ─▶ doctree.py ─────────────────┼▶ writing.py ─▶ Markdown
(titles.py: those of the documents that it leads to)              │
typeset pages, PDF ─ typeset/ ────────────────────────────────────┤
formulas           ─ mathematics.py ──────────────────────────────┤
aligned lines      ─ aligned_lines.py ────────────────────────────┘
"""
