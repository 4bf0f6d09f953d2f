"""Extensions of the CommonMark parser.

tables.py    tables, but for those that are nearly all empty
formulas.py  formulas, whatever they are written between
lists.py     lists that go on, and tables of contents
code.py      long code in parts
"""
