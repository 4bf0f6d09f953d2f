"""Cuts entries into the units that are embedded, found and quoted, with exact offsets.

terms_or_documents.py   a knowledge base holds the one or the other
sentences.py ─▶ pieces.py ─▶ chunks.py ─▶ annotation.py
sentences       or blocks      runs of them   features and mentions of each, computed once
common_subject.py       what all documents are about, and the words that many titles have
units.py                what word search finds: terms, or sections of documents
"""
