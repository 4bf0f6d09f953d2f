"""Questions of everyday life, from many fields: what people ask of other knowledge bases.

en.txt, de.txt, …   the same questions, one a line, one file for each language (docs/languages.md)
catalogue.py        those of the knowledge base's language, and what each of them is about

They are far from nearly every knowledge base; what one of them says something about is left out by
its own words where they are used (`rag/judge/calibration`).
"""
