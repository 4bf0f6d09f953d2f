"""Inclusion: how documents write that they take in others, and what part of them is meant.

A line ─ marks, tags ─▶ a path and options ─ files ─▶ a file and its text ─ parts ─▶ lines

`includes.py` does so for a whole text.
"""
