"""What a library of Word documents leaves out, written into the document before it reads it.

a .docx file ─ archive.py ─▶ one that says in its text
                             formulas.py     its formulas
                             numbering.py    the numbers of its paragraphs
                             typewriter.py   what is code
                             styles.py       what is a heading
nodes.py: elements of its XML
"""
