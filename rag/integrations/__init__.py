"""Retrievers for other frameworks, one module each: passages in that framework's own types.

Assistant.passages ─▶ Passage ─ citing ─▶ id and metadata ─▶ Document (LangChain)
                                                             NodeWithScore (LlamaIndex)

Nothing here is imported unless a program asks for it: each module needs its framework.
"""
