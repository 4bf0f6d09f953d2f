"""Extensions of the CommonMark parser.

tables.py     tables, but for those that are nearly all empty
spans.py      cells of tables that span rows and columns
formulas.py   formulas, whatever they are written between
addresses.py  addresses of mail as links
headings.py   what headings say, and questions in bold that are some
section_rows.py  what stands below a heading, or belongs there
labels.py     labels above lists that are headings
lists.py      lists that go on, and tables of contents
code.py       long code in parts
"""
