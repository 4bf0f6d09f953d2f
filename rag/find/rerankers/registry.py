"""The rerankers: any cross-encoder of sentence-transformers, and those of other distributions. No
other module names one."""

from __future__ import annotations

from pathlib import Path

from entrywise.data.errors import RerankerMissing
from entrywise.data.plugins import load, plugins
from entrywise.rag.find.rerankers.base import Reranker, RerankerKind
from entrywise.rag.find.rerankers.cross_encoder.opening import open_cross_encoder

GROUP = "entrywise.rerankers"


def open_reranker(named: str, cache: Path) -> Reranker:
    """The reranker that the setting `reranker` names: `KIND:MODEL` of a registered kind, else a
    cross-encoder by name or folder.

    Args:
        cache: the folder that keeps what is made of a model on first use.

    Raises:
        RerankerMissing: there is no such model, it is no cross-encoder with one score, or what it
            takes is not installed.
    """
    kind, colon, model = named.partition(":")
    for plugin in plugins(GROUP) if colon else ():
        if plugin.name == kind:
            factory: RerankerKind = load(plugin, "reranker", RerankerMissing)
            return factory(model)
    return open_cross_encoder(named, cache / "rerankers")
