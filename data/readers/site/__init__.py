"""A site on the web as a source: what it lists, fetched politely and kept, page by page.

listing.py ─▶ fetching.py ─▶ reader.py: the pages of a sitemap.xml or an llms.txt, as robots.txt and
what is bounded allow, kept in a folder.
"""
