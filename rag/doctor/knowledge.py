"""An index, what it holds, and whether it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from entrywise.data.checks.check import check
from entrywise.data.entries import KnowledgeBase
from entrywise.index.encoders.default import of_other_language
from entrywise.index.generations.inspection import inspect
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.doctor.finding import Finding
from entrywise.rag.domains.registry import open_domain
from entrywise.rag.judge.calibration.expectation import expected
from entrywise.rag.render.escape import one_line, printable
from entrywise.rag.settings import THRESHOLD, Settings

_QUESTIONS = 5


def indexed(index: Index) -> Iterator[Finding]:
    """Whether an index is whole: every byte of it, and what is left beside it."""
    manifest = index.manifest
    told = f"{index.store}, generation {manifest.generation}, encoder {manifest.encoder}"
    yield Finding("index", "fine", told)
    yield Finding("index", "fine", index.store.verify())
    yield Finding("index", "fine", "; ".join(inspect(index)))
    if told := of_other_language(manifest.encoder, manifest.identity.language):
        yield Finding("index", "note", told)
    for line in expected(index.calibration, THRESHOLD):
        yield Finding("index", "fine", line)
    if told := index.store.leftovers():
        yield Finding("index", "note", f"{told}; the next build sweeps them")


def known(index: Index) -> Iterator[Finding]:
    """How large a knowledge base is, and what its editors may look at."""
    identity = index.manifest.identity
    knowledge_base = KnowledgeBase(tuple(index.entries), index.catalog.categories, identity)
    decoder = open_domain(identity.domain).decoder
    found = check(knowledge_base, decoder.kinds if decoder else ())
    counts = Counter(one.severity for one in found)
    title = one_line(printable(identity.title)) or "without a title"
    told = f"{title}, {len(knowledge_base):,} entries"
    yield Finding("knowledge base", "fine", told)
    if found:
        told = f"{counts['error']:,} errors and {counts['warning']:,} warnings in its entries"
        yield Finding("knowledge base", "note", f"{told}; `entrywise check SOURCE` lists them")


def answered(index: Index, settings: Settings) -> Iterator[Finding]:
    """Whether questions by name are answered, in quotes that are in the entries word for word."""
    assistant = Assistant(index, threshold=settings.threshold)
    count = len(index.entries)
    asked = [index.entries[row * count // _QUESTIONS] for row in range(min(_QUESTIONS, count))]
    answers = [assistant.ask(f"What is {entry.name}?") for entry in asked]
    given = [answer for answer in answers if answer.answered]
    for answer in given:
        for cited in answer.citations:
            texts = [
                section.text
                for section in index.entry(cited.entry).sections
                if section.name == cited.section
            ]
            if not any(text[cited.start : cited.end] == cited.quote for text in texts):
                fault = f"a quote of {cited.entry} is not in it; report this, and build it again"
                yield Finding("answers", "fault", fault)
    told = f"{len(given)} of {len(asked)} questions on entries by name are answered"
    yield Finding("answers", "fine" if given or not asked else "note", told)
