"""Many questions at once, in order: processes, threads, event loops.

many.py      a list with a bar           workers.py    one process a core
awaiting.py  an answer for an event loop
"""
