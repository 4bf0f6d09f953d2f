"""Signposts: sections that answer nothing, since they only lead on to others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from entrywise.data.addresses import leads_elsewhere
from entrywise.data.documents.blocks import announces
from entrywise.data.documents.dialects.tags import with_links
from entrywise.data.documents.links import address_of
from entrywise.data.entries import Entry, Section
from entrywise.data.languages import COLONS, QUESTION_MARKS
from entrywise.data.words import plain_words, word_count
from entrywise.index.index import Index
from entrywise.rag.find.boilerplate import LINK, NAMES, cards, named_pages, sources
from entrywise.rag.find.candidates import SectionHit

# Of 748 questions no answer differs, and two more have their page first; with 0.2 of one that is
# answered the confidence falls, and of one without an answer it rises.
SIGNPOST = 0.1
"""What is taken from the score of a section that only leads on: it may say the very words."""
_LINKED = 0.6
"""The share of a section's letters that are links where it says nothing by itself."""
_SIGNPOST, _SIGNPOST_LINKED = 25, 0.15
"""Words of a block that may do no more than send on to other pages, and the share of its letters
that are links to them."""
_PAGES = 3
"""Names of pages from which on a section is a list of them."""
_SAYS_LITTLE = 4
"""Words of a sentence beside those that lead on."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def hold_back(hits: Sequence[SectionHit], index: Index, called: float) -> list[SectionHit]:
    """Sections, of which those that only lead on to others have a lower score, but what is called
    by what is asked ("How do I uninstall it?": "Run this script").

    Args:
        called: what is added to the score of such a section at least.
    """
    return [
        hit.moved_by(-SIGNPOST)
        if hit.added < called and only_leads_on(index.entries[hit.entry].sections[hit.section])
        else hit
        for hit in hits
    ]


def only_leads_on(section: Section) -> bool:
    """Whether a section is mostly links, as "See also" is, a list of pages with a line on each, a
    sentence that announces what stands below other headings, or asks for it, or no more than such
    as send on ("For tests, see …").

    Kohlschütter et al., "Boilerplate Detection using Shallow Text Features", 2010.
    """
    if not section.is_markdown:
        return False
    # Not those of a table of contents, which is no block.
    texts = sources(section)
    plain = [block.plain for block in section.blocks]
    if only_announces(section):
        return True
    if plain and all(map(_sends_on, texts, plain)):
        return True
    if _lists_pages(section) or (section.blocks and all(cards(section))):
        return True
    return _is_linked("\n".join(texts), " ".join(plain))


def is_signature(section: Section) -> bool:
    """Whether a section begins with code and tells nothing of it but below labels ("See also:")."""
    own = section.blocks
    return (
        bool(own)
        and own[0].kind == "code"
        and all(
            block.kind in ("code", "title") or (block.lead >= 0 and own[block.lead].kind == "title")
            for block in own
        )
    )


def only_announces(section: Section) -> bool:
    """Whether a section is a sentence that announces what stands below other headings, or asks for
    it: where others only lead on, it says not even where."""
    plain = [block.plain for block in section.blocks]
    return len(plain) == 1 and (announces(plain[0]) or plain[0].endswith(QUESTION_MARKS))


def adds_nothing(entry: Entry, section: Section, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether stretches of a section are mostly links, as what stands below "See also" is, or say
    no more than what it is called, as a picture of a boat below "Boat" does.

    Args:
        spans: start and end of each stretch, in characters.
    """
    plain = {block.start: block.plain for block in section.blocks}
    said = " ".join(plain.get(start, section.text[start:end]) for start, end in spans)
    called = plain_words(" ".join((entry.name, *section.path)))
    source = with_links("\n".join(section.text[start:end] for start, end in spans))
    labelled = LINK.sub(lambda link: link["text"], source)
    return set(plain_words(said)).issubset(called) or _is_linked(source, labelled)


def _is_linked(text: str, plain: str) -> bool:
    return sum(len(link["text"]) for link in LINK.finditer(text)) > _LINKED * len(plain)


def _lists_pages(section: Section) -> bool:
    """Whether a section is a list of other pages with a line on each, and little above it: what
    opens the folder that they are in."""
    named = named_pages(section)
    names = sum(section.blocks[one].kind in NAMES for one in named)
    others = [block for number, block in enumerate(section.blocks) if number not in named]
    words = sum(word_count(block.plain) for block in others)
    is_prose = all(block.kind in ("paragraph", "title", "item") for block in others)
    return names >= _PAGES and words <= _SIGNPOST and is_prose


def _sends_on(text: str, plain: str) -> bool:
    """Whether a block is short and leads to another page of the same documents, and no sentence of
    it says something without doing so."""
    if any(
        word_count(one) > _SAYS_LITTLE and not LINK.search(one) for one in _SENTENCES.split(text)
    ):
        return False
    links = [link for link in LINK.finditer(text) if not leads_elsewhere(address_of(link) or "")]
    within = sum(len(link["text"]) for link in links)
    is_linked = within > _SIGNPOST_LINKED * len(plain) or (bool(links) and _is_labelled(links[-1]))
    return word_count(plain) <= _SIGNPOST and is_linked


def _is_labelled(link: re.Match[str]) -> bool:
    """Whether the text of a link ends with it, and only says what it is: "On oars: [FAQ](a.md)"."""
    before, behind = link.string[: link.start()], link.string[link.end() :]
    return before.rstrip().endswith(COLONS) and plain_words(behind) == []
