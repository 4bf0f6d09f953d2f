"""Two knowledge bases of the same subject, so small that an index is built in a moment; and what an
index of one of them is known by."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

from indexes import files_of

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.errors import IndexMissing
from entrywise.data.identity import Identity
from entrywise.index.generations.lease import hold
from entrywise.index.generations.verification import verify
from entrywise.index.index import Index
from entrywise.index.layout import read_manifest
from reliability.children import encoder_at_hand

NONE = "none"

_TEXTS = {
    "tide": "The moon pulls the sea. It rises and falls twice a day.",
    "buoy": "A buoy marks a channel. Red ones are left to port when a ship comes in.",
    "pilot": "A pilot knows the harbour. No ship over ninety metres enters without one.",
    "crane": "A crane lifts containers. The largest one lifts eighty tonnes.",
}


def knowledge_base(version: int) -> KnowledgeBase:
    """The knowledge base at some time: each version says something else of each entry."""
    entries = tuple(
        Entry(
            name,
            name.title(),
            "harbour",
            (Section("text", f"{text} This was written down {version} years ago."),),
            questions=(f"what is a {name}?",),
        )
        for name, text in _TEXTS.items()
    )
    identity = Identity(title=f"Harbour {version}", language="en")
    return KnowledgeBase(entries, (Category("harbour", "Harbour", 0),), identity)


def fingerprint(root: Path) -> str:
    """What tells which index is there, all of it read: its generation, and a digest of its entries,
    words, vectors and questions; `NONE` where there is none.

    Raises:
        EntrywiseError: it is damaged.
    """
    try:
        lease = hold(root)
    except IndexMissing:
        return NONE
    with lease:
        manifest = read_manifest(lease.folder)
        verify(lease.folder, manifest, everything=True)
        with encoder_at_hand(), closing(Index(root)) as index:
            return _told(index)


def _told(index: Index) -> str:
    digest = hashlib.sha256()
    for entry in index.entries:
        digest.update(repr(entry).encode())
    for word in ("moon", "years", "ago", "1", "2", "3"):
        digest.update(index.words.scores(word).round(9).tobytes())
    for row in range(len(index.chunk_vectors)):
        digest.update(index.chunk_vectors.vector(row).tobytes())
    digest.update(files_of(index).question_texts.read_bytes())
    return f"{index.manifest.title} {index.manifest.generation} {digest.hexdigest()}"
