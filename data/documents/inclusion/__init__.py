"""Inclusion: resolves what documents include of other files.

A line ─ patterns, tags ─▶ a path and options ─ files ─▶ a file and its text ─ parts ─▶ lines

`includes.py` does so for a whole text.
"""
