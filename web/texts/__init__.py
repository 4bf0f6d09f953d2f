"""The texts of pages, in each language.

en.toml, de.toml   the texts, one file for each language (docs/languages.md)
catalogue.py       the texts of one language
reference/         those of the API's reference
"""
