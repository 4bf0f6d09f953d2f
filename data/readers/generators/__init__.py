"""Generators of sites: where the pages of a folder stand on the web, as the settings of what makes
them tell.

    settings.py ─▶ site.py ─▶ Site: which files are pages, their addresses, whose anchors
    exclusions.py     what they pass over
    site_address.py     where all of it stands
    hugo.py, jekyll.py     theirs
    books.py     tables of contents, which are no pages
    page_frames.py     menus and sections that all pages have
"""
