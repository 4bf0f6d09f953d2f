"""Converts other formats to Markdown, which sections are cut from.

Word               ─ word_document/ ─▶ a library ─▶ HTML
HTML               ─ web_page/ ─▶ hypertext.py ───────────────────┐
Quarto             ─ quarto.py ─▶ Markdown                        │
MyST               ─ myst.py ─▶ Markdown                          │
AsciiDoc           ─ asciidoc/ ───────────────────────────────────┤
reStructuredText   ─ restructured/ ─▶ doctree.py ─────────────────┼▶ writing.py ─▶ Markdown
(titles.py: those of the documents that it leads to)              │
typeset pages, PDF ─ typeset/ ────────────────────────────────────┤
formulas           ─ mathematics.py ──────────────────────────────┤
aligned lines      ─ aligned_lines.py ────────────────────────────┘

hypertext.py asks elements.py, what an element is; navigation.py, what only leads on; listings.py,
what is code; definition_lists.py, which definitions are sections; list_marks.py, which lines are
items.
"""
