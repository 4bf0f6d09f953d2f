"""What generators of sites and takers of notes add to Markdown, taken back to CommonMark.

commonmark.py      line by line: admonitions, tabs, alerts, anchors, roles
├─ fences.py       code, in which nothing is taken back
├─ tags.py         tags on lines of their own, comments, scripts
├─ shortcodes.py   Hugo's, Jekyll's and GitBook's tags
├─ definitions.py  lists of terms and what they mean
├─ footnotes.py    their numbers
├─ wiki.py         links, marks and comments of Obsidian and of wikis
└─ sphinx.py       the directives and roles of Sphinx and MyST, also of reStructuredText
"""
