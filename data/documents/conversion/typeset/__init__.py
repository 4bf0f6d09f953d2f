"""Converts typeset pages, as those of PDFs are, to Markdown.

letters.py: in their order         margins.py: without heads and feet; footnotes.py: notes apart
bookmarks.py: headings that bookmarks lead to
columns.py: those of a page           ruled_tables.py: cells between lines that are drawn
                                      table_parts.py: of tables on several pages
pieces of lines ─ cells.py, reading_order.py ─▶ lines.py ─ pages.py ─▶ Markdown
"""
