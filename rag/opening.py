"""Opens what an assistant needs: an index, and the reranker and LLM that the settings name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from entrywise.data.errors import ArgumentTypeError
from entrywise.index.index import Index
from entrywise.index.stores.registry import store_at
from entrywise.rag.settings import Settings

if TYPE_CHECKING:
    from entrywise.rag.domains.base import Domain
    from entrywise.rag.find.rerankers.base import Reranker
    from entrywise.rag.llm.writer import Writer


def open_index(named: str | Path | None, settings: Settings) -> Index:
    """Open an index; without a name, that of the settings; else the shipped glossary's, which is
    built on first use.

    Raises:
        ArgumentTypeError: the name is no path or address, or the settings are none.
        IndexMissing: there is no index there, or the cache cannot be written.
        IndexDamaged: the index is truncated, altered or of another version.
    """
    if named is not None and not isinstance(named, str | Path):
        raise ArgumentTypeError(
            f"index is {named!r}, which is no path or address; give a str or a Path"
        )
    if not isinstance(settings, Settings):
        kind = type(settings).__name__
        raise ArgumentTypeError(f"settings is of type {kind}; give what load_settings() gives")
    if named is None or named == "":
        named = settings.index_named
    if named is not None:
        return Index(store_at(named, settings.cache_folder))
    from entrywise.index.cache import open_shipped

    return open_shipped(settings.cache_folder, _build_shipped)


def open_set_reranker(settings: Settings) -> Reranker | None:
    """The reranker of the settings, if they name one.

    Raises:
        RerankerMissing: it cannot be opened.
    """
    if not settings.reranker:
        return None
    # Most need none of this.
    from entrywise.rag.find.rerankers.registry import open_reranker

    return open_reranker(settings.reranker, settings.cache_folder)


def open_set_writer(
    settings: Settings, index: Index, domain: Domain, *, required: bool
) -> Writer | None:
    """The LLM of the settings, if they name one.

    Raises:
        BackendError: it names a backend whose package cannot be loaded.
    """
    if not settings.llm:
        return None
    from entrywise.rag.llm.writer import Writer

    return Writer.of(settings, index, domain, required=required)


def _build_shipped(root: Path) -> None:
    """Build the shipped glossary's index, for who asks before it is there."""
    # Who finds it built needs none of this.
    from entrywise.rag.build import build_shipped_index

    build_shipped_index(root)
