"""The readers of single files, one module for each format: what each holds becomes Markdown, which
`data/documents` cuts into sections.

markdown.py   asciidoc.py   restructured.py   html.py   notebook.py   pdf.py   book.py
pdf_catalog.py    what a PDF says of itself: its title and its bookmarks
pdf_page.py   the lines of a page of a PDF
text.py       plain text; typed/: headings as people type them, one text of pages
questions.py  in YAML
front_matter.py   what a file says above its text
office/       Word documents, presentations
tables/       workbooks, tables of text, JSON lines: an entry from each row
"""
