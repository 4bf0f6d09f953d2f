"""Prepares docutils for reStructuredText as Sphinx has it, and corrects the tree that it makes.

text ─ long_words.py, directives.py (section_directives.py) ─▶ docutils
     ─▶ its tree ─ outline.py, fields.py ─▶ ../doctree.py
"""
