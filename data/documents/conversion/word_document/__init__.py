"""What a library of Word documents leaves out, written into the document before it reads it.

a .docx file ─ archive.py ─▶ with its formulas as text, its numbers (numbering.py)
                             and its code marked (typewriter.py)
"""
