"""The commands `ask` and `entrywise`, a module for each job.

ask.py ─▶ output.py (one answer), conversation.py, batch.py
entrywise.py ─▶ index.py, evaluation.py, gaps.py, config.py, model.py
options.py    options that are settings
terminal.py   exit codes, one-line errors, widths, colours
"""
