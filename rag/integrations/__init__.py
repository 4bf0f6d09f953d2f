"""Retrievers for other frameworks, one module each: passages in that framework's own types.

Assistant.passages ─▶ Passage ─ metadata.py ─▶ id and metadata ─▶ Document (langchain.py)
                                                                  NodeWithScore (llamaindex.py)

Nothing here is imported unless a program asks for it: each module needs its framework.
"""
