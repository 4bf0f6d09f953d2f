"""What a knowledge base is read from: one module for each kind of source.

source ─ registry ─▶ Reader (base) ─ read ─▶ Contents: entries, categories

Besides, what readers share: `files` (text, JSON) and `fields` (typed fields, errors in one line).
"""
