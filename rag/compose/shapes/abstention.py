"""An answer withheld: what is unknown, by name, and what the knowledge base has that is near; and
what is said to someone who asks the assistant itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from entrywise.data.languages import DEFAULT, language_name, language_of
from entrywise.data.words import content_words
from entrywise.index.index import Index
from entrywise.rag.answer import Part
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.texts.catalogue import Texts
from entrywise.rag.find.identifiers import options
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings, least_near, near_entries
from entrywise.rag.understand.detail import asked_in_another, asks_in
from entrywise.rag.understand.mention import characters, unowned
from entrywise.rag.understand.question import Question
from entrywise.rag.understand.spelling import guess

NEAREST = "nearest"
"""The aspect of the part that lists the nearest entries."""
REFUSAL = "refusal"
"""The aspect of parts that say what is missing, and what may be meant."""

_CLOSEST = 2
_LIKELY = 0.5

_NAMED = 3
"""Things that are said to be missing: of more a reader learns no more."""
_LOOKED_AT = 64
"""Words of a question, the first ones: a pasted text has thousands."""
_SHORTEST = 3
"""Letters of a word: shorter ones are not looked up."""
_EVERYDAY = 3_000
"""The rank, by frequency, of the words after some thousand of every day: no text of LLM Reference
has "cup" (2,452) or "week" (2,733), and none has to; that none has "pizza" (10,733) tells all."""

_TELLS_WHAT_IS_THERE = ("greeting", "abilities", "size")
_PAGES = 6
ASIDE = "assistant"
"""The aspect of a part that speaks of the assistant itself."""
COURTESY = "courtesy"
"""The aspect of one that only answers a greeting or thanks."""
_COURTESIES = ("greeting", "thanks")


def abstain(findings: Findings, evidence: Evidence, index: Index, confidence: float = 0.0) -> Draft:
    """A draft that quotes nothing.

    Args:
        confidence: the probability, in [0, 1], that the knowledge base answers the question all
            the same. Where that is more likely than not, the best section of documents is shown
            as the nearest whatever its cosine.
    """
    question = findings.question
    draft = Draft(evidence.entries, language=evidence.language)
    if question.aside:
        named, size = f"assistant.{question.aside}", _size(draft.texts, index)
        aspect = COURTESY if question.aside in _COURTESIES else ASIDE
        draft.notice(draft.texts(named, title=index.manifest.title, size=size), aspect=aspect)
        if question.aside in _TELLS_WHAT_IS_THERE and index.holds_documents:
            pages = ", ".join(entry.short_name for entry in islice(index.entries, _PAGES))
            draft.notice(draft.texts("assistant.among", names=pages), aspect=ASIDE)
        return draft
    absent = missing(question, index)
    if index.holds_documents:
        _name_missing(draft, absent)
        _name_language(draft, question.text, index)
        _name_closest(draft, findings, evidence, index, confidence)
        return draft
    draft.meant = guess(question, index)
    _name_missing(draft, absent)
    if question.mentioned:
        draft.mentioned(question.mentioned, aspect=REFUSAL)
    if draft.meant:
        draft.notice(draft.texts("missing.meant", question=draft.meant), aspect=REFUSAL)
    _name_language(draft, question.text, index)
    near = near_entries(findings, index)
    for side in evidence.of_all(one.entry for one in near[:_CLOSEST]):
        draft.near([max(side.sentences, key=lambda sentence: sentence.score)])
    if near:
        names = ", ".join(evidence.title(one.entry) for one in near)
        draft.notice(draft.texts("missing.near_entries", names=names), aspect=NEAREST)
    return draft


def missing(question: Question, index: Index) -> list[str]:
    """What a question asks for and no text has, in its order: the names and options, and three
    in all with the words that tell what it is about. No such words where the question or the
    knowledge base is not in English, whose words that only ask and whose words of every day are
    known."""
    absent = {
        name: question.text.index(name)
        for name in options(question.text)
        if not index.words.mentions(name)
    }
    unknown = (one for one in unowned(question.mentions) if one.name in question.unknown)
    places = {one.name: one.start for one in unknown} | absent
    taken = characters(unowned(question.mentions))
    taken = taken.union(*(range(start, start + len(name)) for name, start in absent.items()))
    beside = [word for word in question.keywords if word.start() not in taken][:_LOOKED_AT]
    words = {
        text: word.start()
        for word in beside
        if not _is_held((text := word.group()).lower(), index) and _tells(text, index)
    }
    if words and index.language == DEFAULT and _other_language(question.text, index) is None:
        places |= islice(words.items(), max(0, _NAMED - len(places)))
    return sorted(places, key=places.__getitem__)


def _tells(word: str, index: Index) -> bool:
    """Whether it says something that a text lacks it: a number or a word of every day may be
    lacking by chance."""
    rank = index.spelling.ranks.get(word.lower(), _EVERYDAY)
    return len(word) >= _SHORTEST and not word.isdigit() and rank >= _EVERYDAY


def _is_held(word: str, index: Index) -> bool:
    """Whether a text has a word, or it is none that is looked up."""
    known = index.words.known([word])
    return any(known) or not known


def _name_missing(draft: Draft, absent: Sequence[str]) -> None:
    """Say what is missing, or where that has no name that nothing answers."""
    if absent:
        draft.unknown(absent, aspect=REFUSAL)
    else:
        draft.notice(unnamed(draft.texts), aspect=REFUSAL)


def unnamed(texts: Texts) -> str:
    """What is said where what is missing has no name."""
    return texts("missing.answer")


def _size(texts: Texts, index: Index) -> str:
    """How much there is, in words."""
    kind = "pages" if index.holds_documents else "entries"
    return texts(f"assistant.{kind}", count=index.manifest.counts["entries"])


def _name_language(draft: Draft, text: str, index: Index) -> None:
    if language := _other_language(text, index):
        own = language_name(index.manifest.identity.language)
        asked = language_name(language)
        draft.notice(draft.texts("missing.language", asked=asked, own=own))


def _name_closest(
    draft: Draft, findings: Findings, evidence: Evidence, index: Index, confidence: float
) -> None:
    """The sections that are nearest, where any is near."""
    least = least_near(index)
    near = [
        one
        for place, one in enumerate(findings.excerpts)
        if one.hit.cosine >= least or (place == 0 and confidence >= _LIKELY)
    ][:_CLOSEST]
    for excerpt in near:
        draft.near(excerpt.contiguous)
    names = [" > ".join(evidence.heading(one.hit.entry, one.hit.section)) for one in near]
    if names:
        told = draft.texts("missing.near_sections", names="; ".join(dict.fromkeys(names)))
        draft.notice(told, aspect=NEAREST)


def _other_language(text: str, index: Index) -> str | None:
    """The language of a question, if it is not that of the knowledge base: the one in which enough
    of its words only ask. It is that of the knowledge base where most of its words are known: then
    nothing is asked of the classifier, whose 0.4 CPU s are more than all else that a refusal in a
    terminal takes."""
    if another := asked_in_another(index.language, text):
        return another
    known = index.words.known(content_words(text))
    if 2 * sum(known) > len(known) or asks_in(index.language, text):
        return None
    language = language_of(text)
    return language if language != index.language else None


def is_aside(part: Part) -> bool:
    """Whether a part answers what was said to the assistant itself: no question of the knowledge
    base."""
    return part.aspect in (ASIDE, COURTESY)
