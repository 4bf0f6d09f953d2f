"""HTML within Markdown: tables, lists, definitions and paragraphs that are written as tags.

regions.py ─▶ tree.py ──▶ writer.py
its lines     elements    lines of CommonMark, each with its place

Components of MDX that are given code (code_attributes.py) are written by the same steps; those
whose group lists their titles get them (tab_titles.py), tabs of Bootstrap (tab_lists.py) become
such components, and those of Nuxt (mdc.py) containers: all are read with the other dialects. HTML
is read without a library, as Markdown is, and with its places in the text, which no library tells.
Pages of HTML are `conversion/hypertext.py`'s.
"""
