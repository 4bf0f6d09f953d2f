"""Cuts the Markdown of documents into sections of blocks, with exact places in the text.

front_matter.py ─▶ inclusion/ ─▶ dialects/   ─▶ sections.py ─▶ blocks.py ─▶ plain_text.py
what stands above   other files   line by line    by headings    never cut    without markup
                                   markup/: HTML   parsing/: tables, formulas

conversion/ makes Markdown of other formats first: HTML, Word, AsciiDoc, reStructuredText, PDF.
anchors.py gives headings their addresses, properties.py sets apart what a page says of itself, and
line_breaks.py reads sections of plain text. links.py, pictures.py, remarks.py and run_in_titles.py
find what is of a kind in a section; linked_documents.py tells where a link leads, and stretches.py
gives a piece of a section as Markdown that can stand by itself.
"""
