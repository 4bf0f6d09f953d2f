"""The pages, for browsers with or without JavaScript.

chat.py          a conversation, in turns (turns.py), with quotes where they stand (excerpt.py) and
                 names taken apart (parts.py), and what is cited (sources.py)
entry_pages.py   an entry, all entries, the API (reference.py)
compare.py       entries side by side      map.py   all of them, drawn
widget.py        the chat on a page of any origin
files.py         styles, scripts, fonts
templating.py, formulas.py   text of a knowledge base, safely in a template; formulas are drawn by
                             ../typesetter.py
"""
