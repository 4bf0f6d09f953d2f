"""Converts typeset pages, as those of PDFs are, to Markdown.

pieces of lines ─ cells.py, reading_order.py ─▶ lines.py ─ margins.py, pages.py ─▶ Markdown
"""
