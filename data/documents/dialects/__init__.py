"""What generators of sites and takers of notes add to Markdown, taken back to CommonMark.

commonmark.py      line by line: admonitions, tabs, alerts, anchors, roles
├─ admonitions.py  the lines that open admonitions and tabs
├─ attributes.py   lists of attributes
├─ mkdocs.py       keys, icons, and lines that nobody reads
├─ fences.py       code, in which nothing is taken back
├─ lines.py        its lines, which know their places in the source
├─ tags.py         tags on lines of their own, labels of components, comments, scripts
├─ components.py   what MDX imports and exports, how deep its components stand
├─ shortcodes.py   Hugo's, Jekyll's and GitBook's tags
├─ definitions.py  lists of terms and what they mean
├─ footnotes.py    their numbers, and what they belong to
├─ wiki.py         links, marks and comments of Obsidian and of wikis
└─ sphinx.py       the directives and roles of Sphinx and MyST, also of reStructuredText
"""
