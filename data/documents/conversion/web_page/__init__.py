"""The main content of a web page, its title, its remarks, tables and footnotes.

content.py  the element and the title      notes.py      footnotes
folds.py    what is folded up              remarks.py    remarks beside their icons
tables.py   titles, headers and rows       lines.py      lines of a paragraph
unread.py   what nobody reads              addresses.py  where links lead
figures.py  pictures and their captions
"""
