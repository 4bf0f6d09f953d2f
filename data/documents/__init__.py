"""A document's Markdown into sections of blocks, with exact places in its text.

front_matter.py ─▶ dialects.py ─▶ sections.py ─▶ blocks.py ─▶ plain.py
what stands above   line by line    by headings    never cut    without markup

stretches.py gives a piece of a section as Markdown that stands by itself, to be shown.
"""
