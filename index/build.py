"""Builds an index: cut, embed, export, write to a temporary folder, rename into place.

What the replaced index already holds is not embedded again, so building over an index is an
update of it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from entrywise.data.entries import Entry, KnowledgeBase
from entrywise.data.errors import IndexMissing, IndexUnusable, KnowledgeBaseError
from entrywise.data.identity import Identity
from entrywise.data.readers.identity import logo_bytes
from entrywise.index import entries as entry_table
from entrywise.index.embedding import (
    embed_passages,
    embed_questions,
    open_passage_encoder,
    write_encoders,
)
from entrywise.index.encoders.sentence_transformer import PassageEncoder
from entrywise.index.encoders.shipped import DEFAULT_MODEL
from entrywise.index.index import Catalog, Index
from entrywise.index.layout import (
    FORMAT_VERSION,
    Layout,
    Manifest,
    file_record,
    holds_only_an_index,
)
from entrywise.index.names.forms import names_of
from entrywise.index.names.names import NameIndex
from entrywise.index.passages.annotation import NO_ANNOTATOR, Annotator, annotate, mentions
from entrywise.index.passages.chunks import Spans, chunks, passage, sentences
from entrywise.index.progress import Progress, no_progress
from entrywise.index.sample_questions import label, unanswered
from entrywise.index.vectors import faiss as vector_file
from entrywise.index.words import fts5 as word_file

_LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime", "sentence-transformers", "tokenizers", "torch")


def build_index(
    knowledge_base: KnowledgeBase,
    out: Path,
    *,
    model: str = DEFAULT_MODEL,
    adapter: Path | None = None,
    annotator: Annotator = NO_ANNOTATOR,
    progress: Progress = no_progress,
) -> Manifest:
    """Build the index of a knowledge base in the folder `out`, replacing an index there.

    Readers of the replaced index keep its files until they close it. An `adapter` belongs to the
    knowledge base and changes how the model embeds (see `adapter.py`). An `annotator` tells what
    the sentences' wording gives away: who asks the index has to know the same features.

    Raises:
        IndexMissing: `out` cannot be written, or is a folder that holds something else.
        KnowledgeBaseError: there are no entries.
        EntrywiseError: the model cannot be loaded.
    """
    if not len(knowledge_base):
        raise KnowledgeBaseError("a knowledge base without entries has no index; add an entry")
    out = out.resolve()
    folder = _temporary_folder(out)
    try:
        encoder = open_passage_encoder(model, adapter)
        layout = Layout(folder)
        with _replaced(out, encoder) as old:
            manifest = _write(knowledge_base, layout, encoder, old, annotator, progress)
        manifest.write(layout)
        folder.chmod(0o755)
        _replace(folder, out)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return manifest


def _temporary_folder(out: Path) -> Path:
    """A fresh folder beside `out`, so that renaming stays within one file system."""
    if out.is_file() or (out.is_dir() and not holds_only_an_index(out)):
        raise IndexMissing(
            f"{str(out)!r} holds something that is no index: choose an empty or a new folder"
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    except OSError as error:
        raise _unwritable(out, error) from error


def _unwritable(out: Path, error: OSError) -> IndexMissing:
    return IndexMissing(
        f"cannot write the index to {str(out)!r} ({error.strerror or error}): make room there, "
        "or name another folder with --out or ENTRYWISE_CACHE"
    )


@contextmanager
def _replaced(out: Path, encoder: PassageEncoder) -> Iterator[Index | None]:
    """The index that is being replaced, if it can be read and has the same model."""
    try:
        index = Index(out)
    except IndexUnusable:
        yield None
        return
    with closing(index):
        yield index if index.manifest.weights_sha256 == encoder.weights_sha256 else None


def _replace(folder: Path, out: Path) -> None:
    """Put a finished folder in the place of `out`, or leave `out` as it was."""
    aside = Path(mkdtemp(prefix=f".{out.name}.old.", dir=out.parent))
    old = aside / "index"
    try:
        if out.exists():
            out.rename(old)
        folder.rename(out)
    finally:
        if old.exists() and not out.exists():
            old.rename(out)
        shutil.rmtree(aside, ignore_errors=True)


def _write(
    knowledge_base: KnowledgeBase,
    layout: Layout,
    encoder: PassageEncoder,
    old: Index | None,
    annotator: Annotator,
    progress: Progress,
) -> Manifest:
    entries = knowledge_base.entries
    sentence_table = sentences(entries)
    chunk_table = chunks(sentence_table)
    questions, labels = label(knowledge_base)
    beyond = unanswered(knowledge_base)

    known = old.embedded() if old else {}
    passages = [_passages(entries, chunk_table), _passages(entries, sentence_table)]
    asked = [questions, beyond]
    new_passages, new_questions = (
        [text for text in dict.fromkeys(chain.from_iterable(texts)) if text not in known]
        for texts in (passages, asked)
    )
    total = len(new_passages) + len(new_questions)
    progress(0, total)
    known |= embed_passages(new_passages, encoder, old, lambda done: progress(done, total))
    write_encoders(layout, encoder, old, known)
    embedded = len(new_passages)
    known |= embed_questions(new_questions, layout, lambda done: progress(embedded + done, total))
    chunk_vectors, sentence_vectors, question_vectors, unanswered_vectors = (
        np.array([known[text] for text in texts], np.float32).reshape(len(texts), encoder.dimension)
        for texts in (*passages, *asked)
    )

    np.save(layout.chunks, chunk_table)
    np.save(layout.sentences, sentence_table)
    np.save(layout.questions, labels)
    texts = {"answered": questions, "unanswered": beyond}
    layout.question_texts.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    vector_file.write(layout.chunk_vectors, chunk_vectors)
    np.save(layout.sentence_vectors, sentence_vectors)
    # They are most of the vectors, and every question is compared with all of them.
    vector_file.write(layout.question_vectors, question_vectors, compact=True)
    vector_file.write(layout.unanswered_vectors, unanswered_vectors, compact=True)
    word_file.write(layout.words, map(_word_row, entries))
    entry_table.write(layout.entries, layout.entry_offsets, entries)
    catalog = _catalog(knowledge_base, encoder)
    catalog.write(layout.catalog)
    np.save(layout.sentence_features, annotate(entries, sentence_table, annotator))
    np.save(layout.sentence_mentions, mentions(entries, sentence_table, NameIndex(catalog.names)))
    identity = _with_logo(knowledge_base.identity, layout)
    return Manifest(
        format_version=FORMAT_VERSION,
        identity=identity,
        knowledge_base_sha256=_digest(knowledge_base),
        encoder=encoder.name,
        weights_sha256=encoder.weights_sha256,
        libraries={"python": sys.version.split()[0]} | {name: version(name) for name in _LIBRARIES},
        counts={
            "entries": len(entries),
            "categories": len(knowledge_base.categories),
            "chunks": len(chunk_table),
            "sentences": len(sentence_table),
            "questions": len(questions),
            "questions without an answer": len(beyond),
            "dimension": encoder.dimension,
        },
        features=annotator.names,
        files={path.name: file_record(path) for path in sorted(layout.root.iterdir())},
    )


def _with_logo(identity: Identity, layout: Layout) -> Identity:
    """An identity whose picture is in the index; it is called by its name alone."""
    if not identity.logo:
        return identity
    layout.logo.write_bytes(logo_bytes(identity))
    return replace(identity, logo=Path(identity.logo).name)


def _passages(entries: Sequence[Entry], spans: Spans) -> list[str]:
    rows = spans.tolist()
    return [passage(entries[entry], section, start, end) for entry, section, start, end in rows]


def _word_row(entry: Entry) -> tuple[str, str, str]:
    names = "\n".join((entry.name, entry.expansion, *entry.aliases))
    return names, "\n".join(section.text for section in entry.sections), "\n".join(entry.questions)


def _catalog(knowledge_base: KnowledgeBase, encoder: PassageEncoder) -> Catalog:
    vocabulary = encoder.vocabulary()
    return Catalog(
        ids=tuple(entry.id for entry in knowledge_base),
        categories=knowledge_base.categories,
        names=tuple(
            name
            for ordinal, entry in enumerate(knowledge_base)
            for name in names_of(entry, ordinal, vocabulary)
        ),
        parts={
            part: ordinal for ordinal, entry in enumerate(knowledge_base) for part in entry.parts
        },
    )


def _digest(knowledge_base: KnowledgeBase) -> str:
    heading = [asdict(knowledge_base.identity), [asdict(c) for c in knowledge_base.categories]]
    entries = [asdict(entry) for entry in knowledge_base]
    questions = [[asked.question, dict(asked.grades)] for asked in knowledge_base.asked]
    records = json.dumps([heading, entries, questions], ensure_ascii=False)
    return hashlib.sha256(records.encode()).hexdigest()
