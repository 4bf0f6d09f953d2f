"""Entrywise answers questions from a knowledge base with verbatim, cited quotes.

>>> from entrywise import Assistant
>>> answer = Assistant.open().ask("difference between GQA and MLA")   # doctest: +SKIP

This list is the public API; everything else may change between versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrywise.data.entries import Category, Entry, KnowledgeBase
    from entrywise.data.errors import (
        ArgumentError,
        ArgumentTypeError,
        AssistantClosed,
        BackendError,
        CallError,
        ClusterError,
        DomainMissing,
        EncoderMissing,
        EntryUnknown,
        EntrywiseError,
        IndexDamaged,
        IndexMissing,
        IndexUnusable,
        KnowledgeBaseError,
        QuestionError,
        RerankerMissing,
        SettingsError,
    )
    from entrywise.data.identity import Identity
    from entrywise.data.source import read_knowledge_base
    from entrywise.index.layout import Manifest
    from entrywise.rag.answer import Citation, Hit, Part, Step
    from entrywise.rag.assistant import Assistant
    from entrywise.rag.build import build_index
    from entrywise.rag.find.passages import Passage
    from entrywise.rag.observer import Observer
    from entrywise.rag.render.answer import Answer
    from entrywise.rag.settings import Settings, load_settings

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "ArgumentError",
    "ArgumentTypeError",
    "Assistant",
    "AssistantClosed",
    "BackendError",
    "CallError",
    "Category",
    "Citation",
    "ClusterError",
    "DomainMissing",
    "EncoderMissing",
    "Entry",
    "EntryUnknown",
    "EntrywiseError",
    "Hit",
    "Identity",
    "IndexDamaged",
    "IndexMissing",
    "IndexUnusable",
    "KnowledgeBase",
    "KnowledgeBaseError",
    "Manifest",
    "Observer",
    "Part",
    "Passage",
    "QuestionError",
    "RerankerMissing",
    "Settings",
    "SettingsError",
    "Step",
    "__version__",
    "build_index",
    "load_settings",
    "read_knowledge_base",
]

_HOMES = {
    "Answer": "entrywise.rag.render.answer",
    "ArgumentError": "entrywise.data.errors",
    "ArgumentTypeError": "entrywise.data.errors",
    "Assistant": "entrywise.rag.assistant",
    "AssistantClosed": "entrywise.data.errors",
    "BackendError": "entrywise.data.errors",
    "CallError": "entrywise.data.errors",
    "ClusterError": "entrywise.data.errors",
    "Category": "entrywise.data.entries",
    "Citation": "entrywise.rag.answer",
    "DomainMissing": "entrywise.data.errors",
    "EncoderMissing": "entrywise.data.errors",
    "Entry": "entrywise.data.entries",
    "EntryUnknown": "entrywise.data.errors",
    "EntrywiseError": "entrywise.data.errors",
    "Hit": "entrywise.rag.answer",
    "Identity": "entrywise.data.identity",
    "IndexDamaged": "entrywise.data.errors",
    "IndexMissing": "entrywise.data.errors",
    "IndexUnusable": "entrywise.data.errors",
    "KnowledgeBase": "entrywise.data.entries",
    "KnowledgeBaseError": "entrywise.data.errors",
    "Manifest": "entrywise.index.layout",
    "Observer": "entrywise.rag.observer",
    "Part": "entrywise.rag.answer",
    "Passage": "entrywise.rag.find.passages",
    "QuestionError": "entrywise.data.errors",
    "RerankerMissing": "entrywise.data.errors",
    "Settings": "entrywise.rag.settings",
    "SettingsError": "entrywise.data.errors",
    "Step": "entrywise.rag.answer",
    "build_index": "entrywise.rag.build",
    "load_settings": "entrywise.rag.settings",
    "read_knowledge_base": "entrywise.data.source",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: importing the package costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'entrywise' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
