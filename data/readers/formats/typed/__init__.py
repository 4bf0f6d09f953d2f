"""Plain text as people type it and programs print it: headings.py, the lines that are headings;
page_breaks.py, one text of pages.
"""
