"""Builds indexes to answer from: with features of sentences and a calibration."""

from __future__ import annotations

import sys
from pathlib import Path

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import ArgumentTypeError
from entrywise.data.glossary.files import SHIPPED
from entrywise.data.source import shipped
from entrywise.index import build as index_build
from entrywise.index.calibration.calibration import Calibration
from entrywise.index.cluster.embedder import on_ray
from entrywise.index.embedding import in_threads
from entrywise.index.encoders.default import DEFAULT_MODEL
from entrywise.index.encoders.registry import EncoderSource
from entrywise.index.index import Index
from entrywise.index.layout import Manifest
from entrywise.index.progress import Progress, no_progress, progress_bar
from entrywise.index.stores.registry import is_address, store_at
from entrywise.rag.domains.registry import open_domain
from entrywise.rag.judge.calibration.own_step import calibrated_by_itself
from entrywise.rag.judge.features import WordingFeatures
from entrywise.rag.settings import load_settings


def build_index(
    knowledge_base: KnowledgeBase,
    out: str | Path,
    *,
    model: str = DEFAULT_MODEL,
    adapter: Path | None = None,
    question_vectors: Path | None = None,
    ray: str | None = None,
    progress: Progress = no_progress,
) -> Manifest:
    """Build the index of a knowledge base in the folder `out`, or at such an address, replacing an
    index there.

    Args:
        out: a folder, or the address of a database: `postgresql://host/name`.
        model: `all-MiniLM-L6-v2`, another sentence-transformers model by name or folder, or
            `KIND:MODEL` of a distribution that brings another kind of encoder.
        adapter: what the knowledge base adds to the model's weights (`entrywise index adapt`).
        question_vectors: those of its sample questions, where they come with the knowledge base.
        ray: the Ray cluster that embeds: `local`, started on this machine for as long as it takes,
            `auto`, which this machine belongs to, or HOST:PORT of its head. Without, threads do.
        progress: called with (texts embedded, texts to embed), then with (own questions asked, to
            ask).

    Raises:
        IndexMissing: `out` cannot be written, or is a folder that holds something else.
        KnowledgeBaseError: there are no entries.
        DomainMissing: the knowledge base names a domain that is not installed.
        ClusterError: the Ray cluster cannot be reached, or loses what it is given.
        ArgumentTypeError: `knowledge_base` is none, `out` no path or address, or `model` no name.
        EntrywiseError: the model cannot be loaded.
    """
    if not isinstance(knowledge_base, KnowledgeBase):
        kind = type(knowledge_base).__name__
        raise ArgumentTypeError(
            f"knowledge_base is of type {kind}; give what read_knowledge_base(SOURCE) gives"
        )
    if not isinstance(out, str | Path):
        raise ArgumentTypeError(
            f"out is {out!r}, which is no path or address; give a str or a Path"
        )
    if not isinstance(model, str):
        raise ArgumentTypeError(f"model is of type {type(model).__name__}; give its name")
    embedder = on_ray(ray) if ray else in_threads
    # Who builds in a folder need have no settings that can be read.
    into = store_at(out, load_settings().cache_folder) if is_address(str(out)) else Path(out)
    domain = open_domain(knowledge_base.identity.domain)

    def calibrated(index: Index, progress: Progress) -> Calibration:
        return calibrated_by_itself(index, domain, progress)

    return index_build.build_index(
        knowledge_base,
        into,
        encoder=EncoderSource(model, adapter),
        embedder=embedder,
        question_vectors=question_vectors,
        annotator=WordingFeatures(domain),
        calibrator=calibrated,
        progress=progress,
    )


def build_shipped_index(root: Path) -> None:
    """Build the index of the shipped glossary, with a bar on a terminal."""
    knowledge_base = shipped()
    print(f"building the index of {knowledge_base.title}, once, in seconds …", file=sys.stderr)
    with progress_bar("texts") as progress:
        build_index(
            knowledge_base,
            root,
            adapter=SHIPPED.adapter,
            question_vectors=SHIPPED.question_vectors,
            progress=progress,
        )
