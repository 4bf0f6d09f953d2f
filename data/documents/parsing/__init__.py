"""What a parser of CommonMark is taught beyond it.

tables.py    tables, but for those that are nearly all empty
formulas.py  formulas, whatever they are written between
"""
