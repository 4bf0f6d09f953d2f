"""Documents on pages: their Markdown as HTML, and where the links in it lead.

sections, quotes ─ html.py ─▶ HTML      links.py       where its links lead
page.py   a whole document              highlight.py   a quote where it stands
nearby.py the blocks around a quote     headings.py    what stands above its sections
left_out.py  what its list or table has besides
"""
