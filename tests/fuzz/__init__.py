"""Fuzzers: inputs that nobody thought of, and what has to hold of every one of them.

    python -m fuzz --hours 8                      all of them, for a night
    python -m fuzz --only settings --inputs 5000  one of them
    python -m fuzz --only settings --case FILE    one input that was kept, once more

    targets/ ─ strategy ─▶ a case (JSON) ─ check ─▶ nothing, or a Fault ─ run.py ─▶ shrunk, kept

Run from a checkout with `PYTHONPATH=src:tests`. Cases are drawn by Hypothesis, from strategies of
each target and by mutations of real files (`mutation.py`); a failing one is made as small as it
gets and kept in a folder.
"""
