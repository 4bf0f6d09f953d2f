"""The fuzzers, by name; each is made of what it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from entrywise.data.source import read_knowledge_base
from entrywise.index.cache import open_shipped
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index, build_shipped_index
from entrywise.rag.settings import load_settings
from fuzz.target import Target
from fuzz.targets.batches import Batches
from fuzz.targets.http import Http
from fuzz.targets.identity import IdentityFiles
from fuzz.targets.markdown import Markdown
from fuzz.targets.questions import Questions
from fuzz.targets.readers import Readers
from fuzz.targets.settings import SettingsFiles

DOCUMENTS = Path(__file__).parent.parent.parent / "documents" / "handbook" / "docs"

Assistants = Callable[[], dict[str, Assistant]]
"""Opens the assistants that questions are put to, by what they answer from."""


def _targets(
    work: Path, assistants: Assistants, stack: ExitStack
) -> dict[str, Callable[[], Target]]:
    return {
        "settings": lambda: SettingsFiles(work / "settings"),
        "identity": lambda: IdentityFiles(work / "identity"),
        "readers": lambda: Readers(work / "readers"),
        "markdown": lambda: Markdown(),
        "questions": lambda: Questions(assistants()),
        "batches": lambda: Batches(assistants()["terms"]),
        "http": lambda: stack.enter_context(Http(assistants())),
    }


NAMES = tuple(_targets(Path(), dict, ExitStack()))


def open_targets(
    names: Sequence[str], work: Path, stack: ExitStack, assistants: Assistants | None = None
) -> list[Target]:
    """The fuzzers of these names.

    Args:
        work: a folder of their own.
        stack: closes them.
        assistants: by default over the shipped glossary and over a folder of documents.
    """
    opening = assistants or cache(lambda: _assistants(work, stack))
    made = _targets(work, opening, stack)
    return [made[name]() for name in names]


def _assistants(work: Path, stack: ExitStack) -> dict[str, Assistant]:
    build_index(read_knowledge_base(DOCUMENTS), work / "index")
    indexes = {
        "terms": open_shipped(load_settings().cache_folder, build_shipped_index),
        "documents": Index(work / "index"),
    }
    return {name: stack.enter_context(Assistant(index)) for name, index in indexes.items()}
