"""Other formats as Markdown, which is what sections are cut from.

HTML               ─ hypertext.py ────────────────────────────────┐
reStructuredText   ─ long_words.py, directives.py ─▶ doctree.py ──┼▶ writing.py ─▶ Markdown
typeset pages, PDF ─ typeset.py ──────────────────────────────────┘
"""
