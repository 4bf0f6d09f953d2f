"""What an answer says by itself, apart from its quotes.

en.toml, de.toml   the texts, one file for each language (docs/languages.md)
catalogue.py       those of the knowledge base's language
"""
