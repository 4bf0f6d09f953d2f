"""Readers of knowledge bases: one module for each kind of source.

source ─ registry ─▶ Reader (base) ─ read ─▶ Contents: entries, categories

Readers share `files` (text, JSON) and `fields` (typed fields, errors in one line).
"""
