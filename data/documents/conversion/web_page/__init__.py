"""The main content of a web page, its title, and its footnotes.

content.py  the element and the title      notes.py  footnotes      lines.py  lines of a paragraph
folds.py    what is folded up              unread.py  what nobody reads
"""
