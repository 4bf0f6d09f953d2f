"""What is known: the knowledge base, its schema, its readers, its checks.

Everything after this room works on `entries.Entry` values, never on one file's format.
"""
