"""reStructuredText around docutils: what it is told before it reads, and what is put right in the
tree that it makes.

    text ─ long_words.py, directives.py (section_directives.py) ─▶ docutils, substitutions.py
         ─▶ its tree ─ outline.py ─▶ ../doctree.py
"""
