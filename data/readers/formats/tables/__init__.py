"""Tables: an entry from each row.

rows.py       JSON lines; tables of text: cells.py
workbook.py   sheets of .xlsx, their cells as they are shown: number_formats.py
  columns.py    which column holds the title, the text; details.py: what else is told
  entries.py    what a row becomes; terms.py: whether rows are terms or documents
"""
