"""AsciiDoc as Markdown: no library for Python reads what Asciidoctor and Antora do.

text ─ preprocessing: attributes, conditions, includes ─▶ lines
lines ─ blocks: sections, lists, admonitions; tables ─ inline ─▶ Markdown

antora.py   where the parts of a site by Antora are

https://docs.asciidoctor.org/asciidoc/latest/
"""
