"""Links the names of entries in texts to their pages.

terms.py      which names, and how they look      preview.py   what is shown before one goes there
"""
