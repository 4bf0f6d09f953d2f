"""Looks at an installation: what it runs on, is set to, answers from, and has room for.

settings ─▶ versions, index, knowledge base, questions, LLM, disk ─▶ findings ─▶ `entrywise doctor`

Each check stands for itself: what one of them raises is its finding, and the others go on.
"""
