"""Entrywise answers questions from a curated knowledge base with verbatim, cited quotes.

>>> from entrywise import Assistant
>>> answer = Assistant.open().ask("difference between GQA and MLA")   # doctest: +SKIP

This list is the public API; everything else may change between versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrywise.data.entries import Category, Entry, KnowledgeBase
    from entrywise.data.errors import EntrywiseError
    from entrywise.rag.answer import Answer, Citation, Hit, Part
    from entrywise.rag.assistant import Assistant
    from entrywise.rag.find.passages import Passage

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Assistant",
    "Category",
    "Citation",
    "Entry",
    "EntrywiseError",
    "Hit",
    "KnowledgeBase",
    "Part",
    "Passage",
    "__version__",
]

_HOMES = {
    "Answer": "entrywise.rag.answer",
    "Assistant": "entrywise.rag.assistant",
    "Category": "entrywise.data.entries",
    "Citation": "entrywise.rag.answer",
    "Entry": "entrywise.data.entries",
    "EntrywiseError": "entrywise.data.errors",
    "Hit": "entrywise.rag.answer",
    "KnowledgeBase": "entrywise.data.entries",
    "Part": "entrywise.rag.answer",
    "Passage": "entrywise.rag.find.passages",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'entrywise' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
