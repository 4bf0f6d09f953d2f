"""A page of the web: which element holds what it says, what it is called, where its notes are.

content.py  the element and the title      notes.py  footnotes      lines.py  lines of a paragraph
"""
