"""Builds an index: cut, embed, export, write a generation, publish it.

What the replaced index already holds is not embedded again, so building over an index is an
update of it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.identity import Identity
from entrywise.data.pictures import write_pictures
from entrywise.data.readers.fields import show
from entrywise.data.readers.identity import logo_bytes
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration
from entrywise.index.catalog import write_catalog
from entrywise.index.embedding import (
    Embedder,
    KnownChunks,
    OpenEmbedder,
    in_threads,
    write_passages,
    write_questions,
    write_remarks,
)
from entrywise.index.encoders.base import Encoder
from entrywise.index.encoders.registry import EncoderSource, open_encoder
from entrywise.index.entry_table import sha256_of, write_entries
from entrywise.index.index import Index
from entrywise.index.layout import FORMAT_VERSION, Layout, Manifest
from entrywise.index.listing.offered_questions import offered
from entrywise.index.passages.annotation import NO_ANNOTATOR, Annotator
from entrywise.index.passages.chunks import ChunkText, chunk_texts
from entrywise.index.passages.digests import chunk_digests
from entrywise.index.passages.terms_or_documents import of_one_kind
from entrywise.index.passages.title_mentions import title_mentions
from entrywise.index.progress import Progress, no_progress
from entrywise.index.question_vectors import known_questions, read_question_vectors
from entrywise.index.sample_questions import label, unanswered
from entrywise.index.stores.base import Store
from entrywise.index.stores.registry import folder_store
from entrywise.index.updates.predecessor import embedded_alike, records, replaced, taken_over
from entrywise.index.updates.tables import (
    write_listing,
    write_map,
    write_names,
    write_titles,
    write_words,
)
from entrywise.index.updates.unchanged_entries import Unchanged
from entrywise.index.vectors.accuracy import Accuracy
from entrywise.index.words import fts5
from entrywise.index.words.index import WordIndex

_LIBRARIES = ("entrywise", "faiss-cpu", "numpy", "onnxruntime", "snowballstemmer", "tokenizers")
_SHIPPED_ENCODER = EncoderSource()

Calibrator = Callable[[Index, Progress], Calibration]
"""Calibrates the confidences of an index that is finished but for that."""


def build_index(
    knowledge_base: KnowledgeBase,
    out: Path | Store,
    *,
    encoder: EncoderSource = _SHIPPED_ENCODER,
    embedder: OpenEmbedder = in_threads,
    question_vectors: Path | None = None,
    annotator: Annotator = NO_ANNOTATOR,
    calibrator: Calibrator | None = None,
    progress: Progress = no_progress,
) -> Manifest:
    """Build the index of a knowledge base in a folder or a store, replacing an index there.

    Readers of the replaced index keep it until they close it. Of several processes that build in
    one folder each waits for the one before it.

    Args:
        encoder: what embeds; an index that is replaced keeps its own where it is the same.
        embedder: opens what runs the encoder on the texts.
        question_vectors: those of the knowledge base's sample questions, where they come with it
            (`write_question_vectors`); used where they are of these questions by this encoder.
        annotator: tells what the sentences' wording gives away: who asks the index has to know the
            same features.
        calibrator: says what the confidences of the finished index are worth; not asked where the
            replaced index knows, and little is other.

    Raises:
        IndexMissing: `out` cannot be written, or is a folder that holds something else.
        KnowledgeBaseError: there are no entries, or two of one id.
        EntrywiseError: the model cannot be loaded.
    """
    if not len(knowledge_base):
        raise KnowledgeBaseError("a knowledge base without entries has no index; add an entry")
    ids = Counter(entry.id for entry in knowledge_base.entries)
    if twice := next((one for one, count in ids.items() if count > 1), None):
        raise KnowledgeBaseError(f"two entries have the id {show(twice)}; give each its own")
    knowledge_base = of_one_kind(knowledge_base)
    store = folder_store(out) if isinstance(out, Path) else out
    with store.drafted() as draft:
        layout = Layout(draft.folder)
        with replaced(store) as before:
            old = embedded_alike(encoder, before, draft.folder)
            manifest = _write(
                knowledge_base,
                layout,
                open_encoder(draft.folder),
                embedder,
                old,
                question_vectors,
                annotator,
                progress,
            )
        manifest = manifest.write(layout)
        if calibrator and manifest.calibration == UNCALIBRATED:
            manifest = _calibrated(manifest, layout, calibrator, progress)
        draft.publish(manifest.generation)
    return manifest


def _calibrated(
    manifest: Manifest, layout: Layout, calibrator: Calibrator, progress: Progress
) -> Manifest:
    """Write the calibration of an index whose other files are written."""
    with closing(Index(layout.root)) as index:
        calibration = calibrator(index, progress)
    # Who reads the generation will find out by itself.
    layout.checked.unlink(missing_ok=True)
    return replace(manifest, calibration=calibration).write(layout)


def _write(
    knowledge_base: KnowledgeBase,
    layout: Layout,
    encoder: Encoder,
    embedder: OpenEmbedder,
    old: Index | None,
    question_vectors: Path | None,
    annotator: Annotator,
    progress: Progress,
) -> Manifest:
    """Write the files of an index beside its encoder, which is there already."""
    entries = knowledge_base.entries
    libraries = {"python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version}
    libraries |= {name: version(name) for name in _LIBRARIES}
    vocabulary = encoder.vocabulary()
    unchanged = Unchanged(entries, knowledge_base.identity.language, vocabulary, libraries, old)
    language = unchanged.language
    sentence_table, chunk_table = unchanged.sentences, unchanged.chunks
    write_entries(layout.entries, layout.entry_offsets, unchanged.lines())
    np.save(layout.entry_digests, unchanged.digests)
    np.save(layout.sentences, sentence_table)
    np.save(layout.chunks, chunk_table)
    with embedder(encoder, layout.root) as opened:
        asked, accuracy = _write_vectors(
            knowledge_base, unchanged, layout, opened, old, question_vectors, progress
        )
    same = old if unchanged.is_by_same_programs else None
    if not taken_over(layout, same, Layout.remark_vectors):
        write_remarks(layout, encoder)
    write_words(layout, entries, unchanged)
    write_catalog(layout.catalog, knowledge_base)
    write_names(layout, knowledge_base, unchanged)
    write_listing(layout, knowledge_base, unchanged)
    with closing(WordIndex(fts5.Fts5Words(layout.words), language)) as words:
        asked_so = label(knowledge_base)[0]
        askable = offered(asked_so, unchanged.names, vocabulary, words.known) if asked_so else ()
        write_titles(layout, knowledge_base, askable, unchanged)
    write_map(layout, entries, unchanged)
    np.save(layout.sentence_features, unchanged.features(annotator))
    np.save(layout.sentence_mentions, unchanged.mentions())
    found = unchanged.found_titles()
    np.save(layout.found_titles, found)
    np.save(layout.title_mentions, title_mentions(entries, sentence_table, found))
    if knowledge_base.pictures:
        write_pictures(layout.pictures, knowledge_base.pictures)
    identity = _with_logo(replace(knowledge_base.identity, language=language), layout)
    return Manifest(
        format_version=FORMAT_VERSION,
        identity=identity,
        knowledge_base_sha256=sha256_of(knowledge_base, layout.entries),
        encoder=encoder.config.model,
        weights_sha256=encoder.config.sha256,
        libraries=libraries,
        counts={
            "entries": len(entries),
            "categories": len(knowledge_base.categories),
            "chunks": len(chunk_table),
            "sentences": len(sentence_table),
            **asked,
            "dimension": encoder.config.dimension,
        },
        features=annotator.names,
        accuracy=accuracy,
        calibration=unchanged.calibration(annotator.names),
        files=records(layout.root, old),
    )


def _write_vectors(
    knowledge_base: KnowledgeBase,
    unchanged: Unchanged,
    layout: Layout,
    embedder: Embedder,
    old: Index | None,
    question_vectors: Path | None,
    progress: Progress,
) -> tuple[dict[str, int], Accuracy]:
    """Write the vectors of chunks, sentences and sample questions, and what the latter are.

    Returns:
        How many questions there are of each kind, and how a search finds chunks.
    """
    questions, labels = label(knowledge_base)
    asked = {"questions": questions, "questions without an answer": unanswered(knowledge_base)}
    np.save(layout.questions, labels)
    texts = dict(zip(("answered", "unanswered"), asked.values(), strict=True))
    layout.question_texts.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    known = known_questions(old) if old else {}
    if question_vectors:
        known |= read_question_vectors(question_vectors, [*asked.values()], embedder.config.sha256)

    def told(rows: NDArray[np.int64]) -> Iterator[ChunkText]:
        entries, language = knowledge_base.entries, unchanged.language
        return chunk_texts(entries, unchanged.chunks, unchanged.sentences, language, rows=rows)

    marks, changed = unchanged.chunk_digests()
    marks[changed] = chunk_digests(told(changed))
    np.save(layout.chunk_digests, marks)
    chunks_known = KnownChunks(old)
    rows = chunks_known.rows(marks)
    missing = np.flatnonzero(rows < 0)
    new = len(missing)
    total = new + len({text for some in asked.values() for text in some} - known.keys())
    progress(0, total)
    accuracy = write_passages(
        told(missing),
        rows,
        len(unchanged.sentences),
        layout,
        embedder,
        chunks_known,
        lambda done: progress(done, total),
    )
    write_questions(
        layout, [*asked.values()], embedder, known, lambda done: progress(new + done, total)
    )
    return {name: len(some) for name, some in asked.items()}, accuracy


def _with_logo(identity: Identity, layout: Layout) -> Identity:
    """An identity whose picture is in the index; it is called by its name alone."""
    if not identity.logo:
        return identity
    layout.logo.write_bytes(logo_bytes(identity))
    return replace(identity, logo=Path(identity.logo).name)
