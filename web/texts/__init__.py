"""What pages say by themselves, apart from the texts of the knowledge base.

en.toml, de.toml   the texts, one file for each language (docs/languages.md)
catalogue.py       the texts of one language
"""
