"""The main content of a web page, its title, its remarks and its footnotes.

content.py  the element and the title      notes.py    footnotes      lines.py  lines of a paragraph
folds.py    what is folded up              remarks.py  remarks beside their icons
unread.py   what nobody reads
"""
