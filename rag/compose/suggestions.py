"""What stands beside an answer: questions to ask next, and references for further reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from entrywise.data.entries import Entry
from entrywise.data.languages import DEFAULT
from entrywise.data.questions.examples import WORDINGS
from entrywise.index.index import Index
from entrywise.rag.answer import Intent, Reference
from entrywise.rag.compose.draft import Draft
from entrywise.rag.domains.base import Aspect
from entrywise.rag.judge.aspects import COST, MECHANISM, OCCASION, REASON, USE, compared
from entrywise.rag.judge.evidence import EntryEvidence, Evidence, Sentence
from entrywise.rag.judge.selection import Findings, near_entries

_SUGGESTED = 3
_QUESTIONS: tuple[tuple[Aspect, Intent | None, str, str], ...] = (
    (MECHANISM, "how", "How does {} work?", "How do {} work?"),
    (COST, "numeric", "What about the {heading} of {}?", "What about the {heading} of {}?"),
    (OCCASION, "when", "When should {} be used?", "When should {} be used?"),
    (REASON, "why", "Why {}?", "Why {}?"),
    (USE, None, "Where is {} used?", "Where are {} used?"),
)
"""What asks for an aspect, of one thing and of several, and the intent of such a question; the
heading is that of the aspect in the domain of the knowledge base."""
_MORE = "Tell me more about {}"
_SHOWN = 6
"""Sentences nearest to the question, of which a question that goes deeper wants one: on the
glossary's entries 24 of 43 such questions lead to what was not quoted yet, with 4 8 of 15; and all
100 that ask for more."""
_WORTH_MORE = 2
"""Sentences that were not quoted yet from which on it is worth to ask for more."""
# "Embeddings", "Scaling Laws"; not "BitsAndBytes", "Analysis", "Process".
_PLURAL = r"(?:^|[\s-])[A-Z]?[a-z]{2,}(?<![suio])s$"


def suggestions(
    draft: Draft, findings: Findings, evidence: Evidence, index: Index
) -> tuple[str, ...]:
    """Up to three questions that this knowledge base answers. After an answer they go deeper: into
    what the entries it is about say beyond what was quoted, in English alone, into what sets a
    single subject apart from what it may be taken for, and into what the quotes name. Where nothing
    was cited they explain the nearest entries; none is made where no entry is near. Of documents
    they are sections that go on from what was quoted (`further_sections.py`). Who asks the
    assistant itself gets examples."""
    if findings.question.aside:
        return index.manifest.identity.examples[:_SUGGESTED]
    if index.holds_documents:
        # Whoever asks for terms does not wait for what reads documents.
        from entrywise.rag.compose.further_sections import further_sections

        further = further_sections(findings, index) if draft.evidence else ()
        return tuple(islice(further, _SUGGESTED))
    asks = WORDINGS.get(index.language, WORDINGS[DEFAULT])
    about = _about(draft, findings, index)
    if not about:
        found = near_entries(findings, index)
        near = [asks.explain.format(evidence.title(one.entry)) for one in found]
        return tuple([draft.meant, *near] if draft.meant else near)[:_SUGGESTED]
    ordinals = index.ordinals.known([entry.id for entry in about])
    questions: list[str] = []
    if asks is WORDINGS[DEFAULT]:
        most = _SUGGESTED - 1 if len(about) == 1 else 1
        for side in evidence.of_all(ordinals[:2]):
            questions += islice(_deeper(side, draft, findings, evidence), most)
    named, others = _beside(about, draft, findings, index)
    if len(about) == 1:
        confused = (one for one in (*named, *others) if _are_confused(one, *about))
        for other in islice(confused, 1):
            questions.append(asks.difference.format(about[0].short_name, other.short_name))
            named = [one for one in named if one is not other]
    questions += [asks.explain.format(one.short_name) for one in named]
    return tuple(questions[:_SUGGESTED])


def _about(draft: Draft, findings: Findings, index: Index) -> list[Entry]:
    """The entries that an answer is about: the one that the question names, where it is cited, else
    all that are cited."""
    cited, named = _cited(draft, index), findings.question.surely_named
    if draft.goes_on:
        return index.entries.of([*named]) or cited
    if len(named) != 1:
        return cited
    (only,) = index.entries.of([*named])
    return [only] if only in cited else cited


def _beside(
    about: Sequence[Entry], draft: Draft, findings: Findings, index: Index
) -> tuple[list[Entry], list[Entry]]:
    """What is found for the question or related to the entries that its answer is about, the
    nearest first: what the quotes name, and what they do not."""
    quoted = [sentence for _, sentence in draft.evidence]
    told = {sentence.entry for sentence in quoted} | {*findings.question.named}
    related = (other for entry in about for other in entry.related)
    # Behind all candidates comes what is none.
    found = (candidate.entry for candidate in findings.candidates)
    near = dict.fromkeys([*found, *index.ordinals.known([*related])])
    named = {one.entry for sentence in quoted for one in sentence.named}
    beside = [one for one in near if one not in told]
    return (
        index.entries.of([one for one in beside if one in named]),
        index.entries.of([one for one in beside if one not in named]),
    )


def _are_confused(one: Entry, other: Entry) -> bool:
    """Whether people may want to know how two differ: they are of one kind and name each other."""
    name_each_other = one.id in other.related and other.id in one.related
    return name_each_other and one.category == other.category


def _deeper(
    side: EntryEvidence, draft: Draft, findings: Findings, evidence: Evidence
) -> Iterator[str]:
    """What asks for the sentences on a subject that were not quoted yet: by an aspect that one of
    them has, and nothing that was quoted stands under, and in general. Of a part of a name one
    wants to know what it is, not how it works."""
    unused = set(draft.unused(side.sentences))
    said = [one for one in side.sentences if one not in unused]
    left = side.best(_SUGGESTED, beside=said)
    shown = side.best(_SHOWN, beside=[side.lead])
    name = side.entry.short_name
    several = re.search(_PLURAL, name) is not None
    headings = {OCCASION.id: OCCASION.heading, REASON.id: REASON.heading}
    headings |= {aspect.id: aspect.heading for aspect in compared(evidence.domain)}
    told = {part.aspect for part in draft.parts if part.subject == side.entry.id}
    told |= {one.told for one in said}
    rows = {row.aspect for part in draft.parts for row in part.rows}
    fitting = (
        (of_several if several else of_one).format(name, heading=headings[aspect.id].lower())
        for aspect, intent, of_one, of_several in _QUESTIONS
        if findings.question.intent not in (intent, "decode")
        and aspect.id not in told
        and headings[aspect.id] not in rows
        and any(_tells(one, aspect) for one in left if one in shown)
    )
    yield from islice(fitting, 1)
    if len(left) >= _WORTH_MORE:
        yield _MORE.format(name)


def _tells(sentence: Sentence, aspect: Aspect) -> bool:
    """Whether a sentence has an aspect, by its wording only where the knowledge base does not say
    to tell something else."""
    return aspect.id in sentence.fits and sentence.told in ("", aspect.id)


def references(draft: Draft, index: Index) -> tuple[Reference, ...]:
    """The papers, resources and sources of the cited entries, each once."""
    found = {
        (reference.title, reference.url): reference
        for entry in _cited(draft, index)
        for reference in _references_of(entry)
    }
    return tuple(found.values())


def _references_of(entry: Entry) -> Iterator[Reference]:
    for paper in entry.papers:
        yield Reference(entry.id, "paper", paper.label, paper.url)
    for resource in entry.resources:
        yield Reference(entry.id, "resource", resource.label, resource.url)
    for source in entry.sources:
        yield Reference(entry.id, "source", source)


def _cited(draft: Draft, index: Index) -> list[Entry]:
    ids = dict.fromkeys(citation.entry for citation in draft.citations)
    return index.entries.of(index.ordinals.known(ids))
