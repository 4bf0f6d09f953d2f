"""An answer withheld: what is unknown, by name, and what the knowledge base has that is near; and
what is said to someone who asks the assistant itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from entrywise.data.languages import language_name, language_of, primary
from entrywise.data.words import content_words
from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft, in_quotes
from entrywise.rag.find.candidates import Candidate
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.logistic import ASKED, DOCUMENTS, PLAIN, model_name
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.remark import Aside
from entrywise.rag.understand.spelling import guess

NEAREST = "nearest"
"""The aspect of the part that lists the nearest entries."""
REFUSAL = "refusal"
"""The aspect of parts that say what is missing, and what may be meant."""

_NEAREST = 3
_CLOSEST = 2

# An entry whose `vectors` are below is no nearer than chance brings one: 0.53 is how near "what is
# dropout" comes to speculative decoding. Of the questions in `tests/questions.jsonl` that are
# withheld, 12 of 23 near ones have a nearer entry, and 4 of 20 far ones (RoPE for "how do you
# splice three-strand rope"); of those in `data/glossary/labelled.jsonl` 173 of 267 and 9 of 43. At
# 0.50 it is 19 of 23 and 8 of 20, at 0.60 8 and 3. Names do not help: marlins and mambas have
# entries. Where only text decides, cosines are lower: with an index of the glossary's entries alone
# it is 10 of 16 near ones and 3 of 19 far ones, and 123 of 190 and 9 of 43 of the labelled ones.
_NEAR = {ASKED: 0.56, PLAIN: 0.32, DOCUMENTS: 0.32}


_SAID: Mapping[Aside, str] = {
    "greeting": "Hello. This is {title}, with {size}: ask, and quotes answer.",
    "thanks": "You are welcome.",
    "abilities": "This answers questions from {title}, with {size}. Every answer is made of "
    "quotes, word for word, each with its place; what is not there is not answered.",
    "size": "{title} has {size}.",
    "arithmetic": "Nothing is calculated here: answers are quotes from {title}.",
    "nothing": "By itself the question has no word to look up in {title}: say what it is about.",
}
_TELLS_WHAT_IS_THERE = ("greeting", "abilities", "size")
_PAGES = 6
ASIDE = "assistant"
"""The aspect of a part that speaks of the assistant itself."""


def abstain(findings: Findings, evidence: Evidence, index: Index) -> Draft:
    """A draft that quotes nothing."""
    question = findings.question
    draft = Draft(evidence.entries)
    if question.aside:
        said = _SAID[question.aside].format(title=index.manifest.title, size=_size(index))
        draft.notice(said, aspect=ASIDE)
        if question.aside in _TELLS_WHAT_IS_THERE and index.holds_documents:
            pages = ", ".join(entry.short_name for entry in islice(index.entries, _PAGES))
            draft.notice(f"Among its pages: {pages}.", aspect=ASIDE)
        return draft
    if index.holds_documents:
        draft.notice("Not in the knowledge base: no section answers this question.", aspect=REFUSAL)
        _name_language(draft, question.text, index)
        _name_closest(draft, findings, evidence)
        return draft
    draft.meant = guess(question, index)
    if question.unknown:
        draft.absent(in_quotes(question.unknown), aspect=REFUSAL)
    else:
        draft.notice("Not in the knowledge base: no entry answers this question.", aspect=REFUSAL)
    if question.mentioned:
        draft.mentioned(question.mentioned, aspect=REFUSAL)
    if draft.meant:
        draft.notice(f"Did you mean: {draft.meant}", aspect=REFUSAL)
    _name_language(draft, question.text, index)
    near = nearest_found(findings, index)
    for side in evidence.of_all(one.entry for one in near[:_CLOSEST]):
        draft.near([max(side.sentences, key=lambda sentence: sentence.score)])
    if near:
        names = ", ".join(evidence.title(one.entry) for one in near)
        draft.notice(f"Nearest entries: {names}.", aspect=NEAREST)
    return draft


def _size(index: Index) -> str:
    """How much there is, in words."""
    counts = index.manifest.counts
    one = "page" if index.holds_documents else "entry"
    several = "pages" if index.holds_documents else "entries"
    return f"{counts['entries']:,} {one if counts['entries'] == 1 else several}"


def _name_language(draft: Draft, text: str, index: Index) -> None:
    if language := _other_language(text, index):
        own = language_name(index.manifest.identity.language)
        asked = language_name(language)
        draft.notice(f"The question seems to be in {asked}; the knowledge base is in {own}.")


def _name_closest(draft: Draft, findings: Findings, evidence: Evidence) -> None:
    """The sections that are nearest, where any is near."""
    near = [one for one in findings.excerpts if one.hit.cosine >= _NEAR[DOCUMENTS]][:_CLOSEST]
    for excerpt in near:
        draft.near(excerpt.contiguous)
    names = [" > ".join(evidence.heading(one.hit.entry, one.hit.section)) for one in near]
    if names:
        draft.notice(f"Nearest sections: {'; '.join(dict.fromkeys(names))}.", aspect=NEAREST)


def _other_language(text: str, index: Index) -> str | None:
    """The language of a question, if it is not that of the knowledge base. Where most of its words
    are known, it is: then nothing is asked of the classifier, which takes 0.7 s to load."""
    known = index.words.known(content_words(text))
    if 2 * sum(known) > len(known):
        return None
    language = language_of(text)
    return language if language != primary(index.manifest.identity.language) else None


def nearest_found(findings: Findings, index: Index) -> list[Candidate]:
    """Those of the first three entries that are near the question: to one from far off, the first
    entries have as little to do with it as the last."""
    least = _NEAR[model_name(index)]
    # As a hit shows it: rounded.
    return [one for one in findings.candidates[:_NEAREST] if round(one.near.vectors, 4) >= least]
