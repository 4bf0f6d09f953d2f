"""Builds an index: cut, embed, export, write a generation, publish it.

What the replaced index already holds is not embedded again, so building over an index is an
update of it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrywise.data.entries import KnowledgeBase
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.identity import Identity
from entrywise.data.languages import DEFAULT
from entrywise.data.pictures import write_pictures
from entrywise.data.readers.fields import show
from entrywise.data.readers.identity import logo_bytes
from entrywise.index.calibration.calibration import UNCALIBRATED, Calibration
from entrywise.index.catalog import write_catalog
from entrywise.index.editions.translations import translated
from entrywise.index.editions.versions import versioned
from entrywise.index.embedding import (
    Embedder,
    KnownChunks,
    OpenEmbedder,
    in_threads,
    write_passages,
    write_questions,
    write_remarks,
)
from entrywise.index.encoders.registry import EncoderSource, open_encoder
from entrywise.index.entry_table import sha256_of, write_entries
from entrywise.index.index import Index
from entrywise.index.layout import FORMAT_VERSION, Layout, Manifest
from entrywise.index.listing.offered_questions import offered
from entrywise.index.passages.annotation import NO_ANNOTATOR, Annotator
from entrywise.index.passages.chunks import ChunkText, chunk_texts
from entrywise.index.passages.common_subject import common_subject, title_words
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


@dataclass(frozen=True, eq=False)
class _Build:
    """One build: what is indexed, where its files go, and how they are made."""

    knowledge_base: KnowledgeBase
    layout: Layout
    old: Index | None
    """The index that is replaced, if it has the same encoder."""
    embedder: OpenEmbedder
    question_vectors: Path | None
    annotator: Annotator
    progress: Progress


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
                _Build(knowledge_base, layout, old, embedder, question_vectors, annotator, progress)
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


def _write(build: _Build) -> Manifest:
    """Write the files of an index beside its encoder, which is there already."""
    layout, old, entries = build.layout, build.old, build.knowledge_base.entries
    encoder, identity = open_encoder(layout.root), build.knowledge_base.identity
    libraries, vocabulary = _libraries(), encoder.vocabulary()
    unchanged = Unchanged(entries, identity.language, vocabulary, libraries, old)
    write_entries(layout.entries, layout.entry_offsets, unchanged.lines())
    np.save(layout.entry_digests, unchanged.digests)
    np.save(layout.sentences, unchanged.sentences)
    np.save(layout.chunks, unchanged.chunks)
    asked = _write_questions(build)
    with build.embedder(encoder, layout.root) as embedder:
        accuracy = _write_vectors(build, unchanged, embedder, [*asked.values()])
    same = old if unchanged.is_by_same_programs else None
    if not taken_over(layout, same, Layout.remark_vectors):
        write_remarks(layout, encoder)
    _write_lookups(build, unchanged, vocabulary, asked["questions"])
    _write_annotations(build, unchanged)
    translations, languages = translated(entries, unchanged.language)
    versions, names = versioned(entries)
    for path, pages in ((layout.translations, translations), (layout.versions, versions)):
        if len(pages):
            np.save(path, pages)
    if build.knowledge_base.pictures:
        write_pictures(layout.pictures, build.knowledge_base.pictures)
    return Manifest(
        format_version=FORMAT_VERSION,
        identity=_with_logo(replace(identity, language=unchanged.language), layout),
        knowledge_base_sha256=sha256_of(build.knowledge_base, unchanged.digests),
        encoder=encoder.config.model,
        weights_sha256=encoder.config.sha256,
        libraries=libraries,
        counts={
            "entries": len(entries),
            "categories": len(build.knowledge_base.categories),
            "chunks": len(unchanged.chunks),
            "sentences": len(unchanged.sentences),
            **{kind: len(questions) for kind, questions in asked.items()},
            "dimension": encoder.config.dimension,
        },
        features=build.annotator.names,
        accuracy=accuracy,
        calibration=unchanged.calibration(build.annotator.names),
        subject=common_subject(
            entries, vocabulary if unchanged.language == DEFAULT else {}, identity.title
        ),
        title_words=title_words(entries),
        languages=languages,
        versions=names,
        files=records(layout.root, old),
    )


def _libraries() -> dict[str, str]:
    """{library: version} of those that decide what an index holds."""
    own = {"python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version}
    return own | {name: version(name) for name in _LIBRARIES}


def _write_questions(build: _Build) -> dict[str, list[str]]:
    """Write the sample questions and which entries answer them; {kind: its questions}."""
    questions, labels = label(build.knowledge_base)
    without = unanswered(build.knowledge_base)
    np.save(build.layout.questions, labels)
    texts = json.dumps({"answered": questions, "unanswered": without}, ensure_ascii=False)
    build.layout.question_texts.write_text(texts, encoding="utf-8")
    return {"questions": questions, "questions without an answer": without}


def _write_vectors(
    build: _Build, unchanged: Unchanged, embedder: Embedder, asked: list[list[str]]
) -> Accuracy:
    """Write the vectors of chunks, sentences and the questions that are asked, by kind; return how
    a search finds chunks."""
    layout, old, progress = build.layout, build.old, build.progress
    known = known_questions(old) if old else {}
    if build.question_vectors:
        known |= read_question_vectors(build.question_vectors, asked, embedder.config.sha256)

    def told(rows: NDArray[np.int64]) -> Iterator[ChunkText]:
        entries, language = build.knowledge_base.entries, unchanged.language
        return chunk_texts(entries, unchanged.chunks, unchanged.sentences, language, rows=rows)

    marks, changed = unchanged.chunk_digests()
    marks[changed] = chunk_digests(told(changed))
    np.save(layout.chunk_digests, marks)
    chunks_known = KnownChunks(old)
    # Those of unchanged entries are copied in runs, though others may say the same.
    rows = unchanged.chunk_rows.copy()
    rows[changed] = chunks_known.rows(marks[changed])
    missing = np.flatnonzero(rows < 0)
    new = len(missing)
    total = new + len({text for some in asked for text in some} - known.keys())
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
    write_questions(layout, asked, embedder, known, lambda done: progress(new + done, total))
    return accuracy


def _write_lookups(
    build: _Build, unchanged: Unchanged, vocabulary: Mapping[str, int], answered: Sequence[str]
) -> None:
    """Write what entries are found and listed by: words, names, titles, lists, the map.

    Args:
        vocabulary: the words of the language, as the encoder knows them.
        answered: the sample questions that entries answer.
    """
    layout, knowledge_base = build.layout, build.knowledge_base
    write_words(layout, knowledge_base.entries, unchanged)
    write_catalog(layout.catalog, knowledge_base)
    write_names(layout, knowledge_base, unchanged)
    # Where the source does not say its language, it is known by now: what may be asked is in it.
    identity = replace(knowledge_base.identity, language=unchanged.language)
    write_listing(layout, replace(knowledge_base, identity=identity), unchanged)
    with closing(WordIndex(fts5.Fts5Words(layout.words), unchanged.language)) as words:
        offerable = offered(answered, unchanged.names, vocabulary, words.known) if answered else ()
        write_titles(layout, knowledge_base, offerable, unchanged)
    write_map(layout, knowledge_base.entries, unchanged)


def _write_annotations(build: _Build, unchanged: Unchanged) -> None:
    """Write what is known of each sentence: features of its wording, the names in it."""
    layout, entries = build.layout, build.knowledge_base.entries
    np.save(layout.sentence_features, unchanged.features(build.annotator))
    unchanged.write_mentions(layout.sentence_mentions, layout.names)
    found = unchanged.found_titles()
    np.save(layout.found_titles, found)
    np.save(layout.title_mentions, title_mentions(entries, unchanged.sentences, found))


def _with_logo(identity: Identity, layout: Layout) -> Identity:
    """An identity whose picture is in the index; it is called by its name alone."""
    if not identity.logo:
        return identity
    layout.logo.write_bytes(logo_bytes(identity))
    return replace(identity, logo=Path(identity.logo).name)
