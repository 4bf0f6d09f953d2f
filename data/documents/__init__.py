"""Cuts the Markdown of documents into sections of blocks, with exact places in the text.

front_matter.py ─▶ inclusion/ ─▶ dialects/   ─▶ sections.py ─▶ blocks.py ─▶ plain_text.py
what stands above   other files   line by line    by headings    never cut    without markup
                                   markup/: HTML   parsing/: tables, formulas

Other formats become Markdown first: hypertext.py (HTML), doctree.py (reStructuredText).
"""
