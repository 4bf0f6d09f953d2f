"""Checks a knowledge base: what its editors should correct or look at.

An error breaks an answer or its page; a warning is for an editor to judge. The readers refuse
dangling links and repeated ids already; a knowledge base built in memory is checked for both.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from entrywise.data.checks.duplicates import near_duplicates
from entrywise.data.checks.quantities import disagreements
from entrywise.data.checks.truncations import truncations
from entrywise.data.documents.linked_documents import SUFFIXES, LinkedDocuments
from entrywise.data.entries import EXPANSION, NAME, Entry, KnowledgeBase, Severity
from entrywise.data.latex import faults
from entrywise.data.readers.fields import nearest
from entrywise.data.readers.places import targets
from entrywise.data.words import joined, name_key


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to correct: in which field of which entry, or at which place of the source, what,
    and how."""

    severity: Severity
    entry: str
    field: str
    message: str
    remedy: str


def check(knowledge_base: KnowledgeBase, kinds: Collection[str] = ()) -> tuple[Finding, ...]:
    """All findings: errors first, then warnings; of each, what was not read comes first, and then
    what is wrong with the entries, in their order.

    Args:
        kinds: the kinds of parts of names that the domain tells apart; none where there is no
            domain, or it takes no names apart.
    """
    order = {entry.id: number for number, entry in reversed(list(enumerate(knowledge_base)))}
    findings = [
        *_unread(knowledge_base),
        *_repeated_ids(knowledge_base),
        *_names(knowledge_base),
        *(finding for entry in knowledge_base for finding in _texts(entry)),
        *(finding for entry in knowledge_base for finding in _links(entry, knowledge_base)),
        *(finding for entry in knowledge_base for finding in _dead_links(entry, knowledge_base)),
        *_categories(knowledge_base),
        *_parts(knowledge_base, kinds),
        *_references(knowledge_base),
        *(finding for entry in knowledge_base for finding in _review(entry)),
        *_similar(knowledge_base),
        *_quantities(knowledge_base),
        *_truncated(knowledge_base),
    ]
    return tuple(sorted(findings, key=lambda found: (found.severity, order.get(found.entry, -1))))


def _unread(knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    """What of the source was not read; its reason mostly ends with the remedy."""
    for one in knowledge_base.unread:
        what, _, remedy = one.reason.rpartition("; ")
        known = (what, remedy) if what else (one.reason, "leave it out if that is right")
        yield Finding(one.severity, one.place, "", *known)


def _repeated_ids(knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    counts = Counter(entry.id for entry in knowledge_base)
    for entry, count in counts.items():
        if count > 1:
            what = f"{count} entries have this id"
            yield Finding("error", entry, "id", what, "rename all but one")


def _names(knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    """Names that two entries own: whoever asks by it cannot be sure to get the right one."""
    owners: dict[str, list[tuple[Entry, str, str]]] = defaultdict(list)
    for entry in knowledge_base:
        for folded, (field, name) in _own_names(entry).items():
            owners[folded].append((entry, field, name))
    for found in owners.values():
        # An alias is what should give way, so an entry of that name comes first.
        (first, _, _), *others = sorted(found, key=lambda owner: owner[1] != NAME)
        for entry, field, name in others:
            what = f"{name!r} is also a name of {first.id!r}"
            if _is_page(entry) and _is_page(first):
                yield Finding("warning", entry.id, field, what, "tell them apart in their titles")
            elif field == NAME:
                yield Finding("error", entry.id, field, what, "merge the two, or rename one")
            else:
                yield Finding("warning", entry.id, field, what, "remove it from one of them")


def _is_page(entry: Entry) -> bool:
    """Whether an entry is a page, of which many may be called "Overview"; a row is a term."""
    return any(section.is_markdown for section in entry.sections)


def _own_names(entry: Entry) -> dict[str, tuple[str, str]]:
    """The names of an entry by what they are looked up by, each with its field."""
    named = [*(("aliases", alias) for alias in entry.aliases), (NAME, entry.name)]
    return {name_key(name) or joined(name): (field, name) for field, name in named}


def _texts(entry: Entry) -> Iterator[Finding]:
    if not entry.sections:
        yield Finding("error", entry.id, "sections", "there are none", "write at least one")
    for section in entry.sections:
        if not section.text.strip():
            yield Finding("error", entry.id, section.name, "is empty", "write or remove it")
    own = ((NAME, entry.name), (EXPANSION, entry.expansion))
    # In Markdown a dollar sign is mostly one, of a price or a shell.
    written = ((one.name, one.text) for one in entry.sections if not one.is_markdown)
    for field, text in (*own, *written):
        for fault in faults(text):
            remedy = "correct the formula, or write \\$ for a dollar sign"
            yield Finding("error", entry.id, field, f"broken LaTeX: {fault}", remedy)


def _links(entry: Entry, knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    for target in entry.related:
        if target not in knowledge_base:
            hint = nearest(target, (one.id for one in knowledge_base))
            remedy = f"remove it or add the entry{hint}"
            yield Finding("error", entry.id, "related", f"{target!r} is no entry id", remedy)
    # A document links to what it names; only of terms it is an oversight.
    one_way = [
        target
        for target in entry.related
        if not entry.is_document
        and target in knowledge_base
        and entry.id not in knowledge_base[target].related
    ]
    if one_way:
        what = f"not linked back from {', '.join(map(repr, one_way))}"
        yield Finding("warning", entry.id, "related", what, f"add {entry.id!r} there, or remove it")


def _dead_links(entry: Entry, knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    """Links of a document to pages beside it that are not there."""
    linked = LinkedDocuments(entry.id, knowledge_base)
    said: set[str] = set()
    for section in entry.sections:
        for target in targets(section, in_code=False):
            path = unquote(re.split("[#?]", target, maxsplit=1)[0])
            # From the root of a site it may lead to what is no document.
            is_beside = path.lower().endswith(SUFFIXES) and not path.startswith("/")
            if is_beside and path not in said and linked.at(path) is None:
                said.add(path)
                what, remedy = f"its link {path!r} leads to no page", "correct it, or add the page"
                yield Finding("warning", entry.id, section.name, what, remedy)


def _categories(knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    known = {category.id for category in knowledge_base.categories}
    for entry in knowledge_base:
        if entry.category not in known:
            what = f"{entry.category!r} is no category, so the entry is listed in none"
            remedy = "add the category, or correct it" + nearest(entry.category, known)
            yield Finding("warning", entry.id, "category", what, remedy)


def _parts(knowledge_base: KnowledgeBase, kinds: Collection[str]) -> Iterator[Finding]:
    """Parts of names that nobody will ask for by what an entry calls them."""
    owners: dict[str, str] = {}
    for entry in knowledge_base:
        if entry.parts and not kinds:
            what = "no domain takes names apart, so that no part of one is explained"
            remedy = "name a domain that does in entrywise.toml, or remove them"
            yield Finding("warning", entry.id, "parts", what, remedy)
            continue
        for part in dict.fromkeys(entry.parts):
            if part not in kinds:
                what = f"{part!r} is no kind of part that the domain tells apart"
                remedy = f"remove it or correct it{nearest(part, kinds)}"
                yield Finding("error", entry.id, "parts", what, remedy)
            elif owners.setdefault(part, entry.id) != entry.id:
                what = f"{part!r} is explained by {owners[part]!r} too, and one of them is cited"
                yield Finding("warning", entry.id, "parts", what, "remove it from one of them")


def _references(knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    bare = [
        entry
        for entry in knowledge_base
        if not (entry.sources or entry.papers or entry.resources or entry.url)
    ]
    # Documents and rows carry no references at all: that is their format, not an oversight.
    if len(bare) < len(knowledge_base):
        for entry in bare:
            what = "no source, paper or resource backs this entry"
            yield Finding("warning", entry.id, "sources", what, "add one")


def _review(entry: Entry) -> Iterator[Finding]:
    if entry.verified_date and not _is_date(entry.verified_date):
        what = f"{entry.verified_date!r} is no date"
        yield Finding("warning", entry.id, "verified_date", what, "write YYYY-MM-DD")
    if entry.confidence.casefold() == "low":
        what = "the editors are not sure of this entry"
        yield Finding("warning", entry.id, "confidence", what, "verify it against its sources")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _similar(knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    for first, second, similarity in near_duplicates(knowledge_base):
        what = f"says nearly the same as {first.id!r} (similarity {similarity:.2f})"
        yield Finding("warning", second.id, "sections", what, "merge the two, or set them apart")


def _quantities(knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    for first, second in disagreements(knowledge_base):
        what = f"{second.quote!r} here, but {first.quote!r} in {first.entry!r} ({first.section})"
        yield Finding("warning", second.entry, second.section, what, "check both, correct one")


def _truncated(knowledge_base: KnowledgeBase) -> Iterator[Finding]:
    for entry, section, what in truncations(knowledge_base):
        remedy = "complete its last sentence, or end it before that"
        yield Finding("warning", entry.id, section.name, what, remedy)
