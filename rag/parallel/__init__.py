"""Many questions at once, in order: processes, threads, event loops.

batch.py      a list with a bar            workers.py    one process a core
coroutine.py  an answer for an event loop
"""
