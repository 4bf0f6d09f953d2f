"""Makes the sample for the API's examples of what is served, so that they can be tried."""

from __future__ import annotations

from dataclasses import replace

from entrywise.data.entries import Entry
from entrywise.data.questions.examples import wording_in
from entrywise.rag.answer import Citation
from entrywise.rag.render.formulas import readable
from entrywise.web.schemas.sample import Sample
from entrywise.web.served.links import entry_path, quote_path
from entrywise.web.served.served import Served


def sample_of(served: Served) -> Sample:
    """A question to begin with and the first quote that answers it; where none of them is
    answered, the first entry that has text."""
    question, citation = _answered(served) or _first(served)
    neutral = Sample(title=served.knowledge_base.title, entries=len(served.knowledge_base))
    if citation is None:
        return neutral
    entry = served.knowledge_base[citation.entry]
    another = _beside(entry, served)
    return replace(
        neutral,
        question=question,
        another_question=_about(another, served),
        words=entry.short_name,
        entry=entry.id,
        name=entry.name,
        expansion=entry.expansion or entry.name,
        category=entry.category,
        oneliner=readable(entry.oneliner),
        section=citation.section,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        entry_path=entry_path(entry.id),
        quote_path=quote_path(citation),
        another_entry=another.id,
        another_name=another.name,
    )


def _answered(served: Served) -> tuple[str, Citation] | None:
    for question in served.examples:
        for citation in served.unlogged.ask(question).citations:
            return question, citation
    return None


def _about(entry: Entry, served: Served) -> str:
    return wording_in(served.texts.language).about(entry.short_name)


def _first(served: Served) -> tuple[str, Citation | None]:
    index = served.assistant.index
    for ordinal, section, start, end in index.sentences[:1].tolist():
        entry = index.entries[ordinal]
        place = entry.sections[section]
        quote = place.text[start:end]
        cited = Citation(1, entry.id, entry.name, place.name, start, end, quote, entry.url)
        return _about(entry, served), cited
    return "", None


def _beside(entry: Entry, served: Served) -> Entry:
    """An entry that this one names, else any other, else itself."""
    named = served.related(entry)
    others = (one for one in served.knowledge_base.entries if one.id != entry.id)
    return next(iter(named), None) or next(others, entry)
