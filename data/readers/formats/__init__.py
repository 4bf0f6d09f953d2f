"""The readers of single files, one module for each format: what each holds becomes Markdown, which
`data/documents` cuts into sections.

markdown.py   restructured.py   html.py   notebook.py   pdf.py
word.py       HTML of a library, made whole by word_html.py
text.py       plain text; typed/: headings as people type them, one text of pages
questions.py   in YAML
rows.py       tables and JSON lines: cells.py, columns.py; terms.py: whether rows are terms
"""
