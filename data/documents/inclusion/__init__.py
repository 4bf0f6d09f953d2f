"""Inclusion: resolves what documents include of other files.

A line ─ patterns, tags, partials ─▶ a path and options ─ files ─▶ a file ─ parts ─▶ lines

`includes.py` does so for a whole text.
"""
