"""Readers of knowledge bases: one module for each kind of source.

source ─ registry ─▶ Reader (base) ─ read ─▶ Contents: entries, categories

glossary.py   a file of terms           formats/     single files, one module for each
folder.py     all files of a folder     site/        a site on the web
  walk.py       which of them count       generators/  where they stand on it
  places.py     what links to what
  exported_names.py   what tools add to names
documents.py  makes an entry of what a file says; page_cache.py keeps that for the next time
identity.py   reads `entrywise.toml`

Readers share `files` (text, JSON), `encodings`, and `fields` (typed fields, errors in one line).
"""
