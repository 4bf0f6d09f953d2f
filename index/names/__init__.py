"""The names of entries, and where texts have them.

forms.py   entry ─▶ the forms of its names, each with the key that it is looked up by
names.py   text ─▶ the entries that it names
spelling.py   text ─▶ the same with misspelt words of names put right
"""
