"""The names of entries, and where texts have them.

forms.py       entry ─▶ the forms of its names, each with the key that it is looked up by
tables.py      names on disk: what a lookup (lookup.py) needs, their words and initials
names.py       text ─▶ the entries that it names
spelling.py    text ─▶ the same with misspelt words of names put right
completion.py  a few letters ─▶ the entries that they may mean, by its tables
               (completion_tables.py)
"""
