"""Signposts: sections that answer nothing, since they only lead on to others."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from entrywise.data.addresses import leads_elsewhere
from entrywise.data.documents.blocks import announces
from entrywise.data.documents.dialects.tags import with_links
from entrywise.data.documents.links import ADDRESS, address_of
from entrywise.data.entries import Block, Section
from entrywise.data.languages import COLONS, QUESTION_MARKS
from entrywise.data.words import word_count
from entrywise.index.index import Index
from entrywise.rag.find.candidates import SectionHit

# Of 748 questions no answer differs, and two more have their page first; with 0.2 of one that is
# answered the confidence falls, and of one without an answer it rises.
SIGNPOST = 0.1
"""What is taken from the score of a section that only leads on: it may say the very words."""
# Of 748 questions five answers differ, of which one is labelled, and as right; of 217 others four.
_LINK_COST = 0.2
"""What is taken from the cosine of a piece that is nothing but links: it is called by what is told
elsewhere."""
_LINKED = 0.6
"""The share of a section's letters that are links where it says nothing by itself."""
_SIGNPOST, _SIGNPOST_LINKED = 25, 0.15
"""Words of a block that may do no more than send on to other pages, and the share of its letters
that are links to them."""
_NAMES = ("item", "title")
"""Kinds of blocks that may be the name of a page."""
_PAGES = 3
"""Names of pages from which on a section is a list of them."""
_ON_A_PAGE = 60
"""Words that say what is on it."""
_SAYS_LITTLE = 4
"""Words of a sentence beside those that lead on."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"\w")
_HEADS = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\*\*|__)[^*_\n]+(?:\*\*|__)\s*")
_ENDS, _CLOSES = (".", "!", "…", "。", "।", *QUESTION_MARKS, *COLONS), " \"'”’»)]"
"""What a sentence ends with, and what may stand behind that."""
_LINK = re.compile(rf"(?<!!)\[(?:\[(?:[^][|\n]+\|)?)?(?P<text>[^\[\]]+)(?:{ADDRESS}|\]\])")
"""A link of Markdown or of a wiki: `[the plan](plan.md)`, `[[Plan|the plan]]`."""

_NAMED = re.compile(rf"(?:[-*+•]\s+)?[^\w\[]*{_LINK.pattern}")
"""What begins with a link, as the name of a page."""


def hold_back(hits: Sequence[SectionHit], index: Index, called: float) -> list[SectionHit]:
    """Sections, of which those that only lead on to others have a lower score, but what is called
    by what is asked ("How do I uninstall it?": "Run this script").

    Args:
        called: what is added to the score of such a section at least.
    """
    return [
        hit._replace(
            score=(score := max(hit.score - SIGNPOST, 0.0)), moved=hit.moved + score - hit.score
        )
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
    texts = _sources(section)
    plain = [block.plain for block in section.blocks]
    if only_announces(section):
        return True
    if plain and all(map(_sends_on, texts, plain)):
        return True
    if _lists_pages(section) or (section.blocks and all(_cards(section))):
        return True
    return _is_linked("\n".join(texts), " ".join(plain))


def idle_blocks(section: Section) -> frozenset[int]:
    """The numbers of the blocks that tell nothing by themselves, in a section with a paragraph that
    does: the few words above its first sentence ("AA", "Since 2.1"), cards that lead to other
    pages, the names of pages that it ends with below a title of theirs, and what is nothing but
    links: items, the rows of a table that has no others with their header, and a title with nothing
    else below it; none that a text announces."""
    blocks = section.blocks if section.is_markdown else ()
    first = next((n for n, one in enumerate(blocks) if _tells(one)), 0)
    own = _sources(section)
    links = [*map(is_link, own)]
    if all(links[n] or one.kind != "paragraph" for n, one in enumerate(blocks)):
        return frozenset()
    below: dict[int, list[int]] = {}
    idle = {number for number, is_card in enumerate(_cards(section)) if is_card}
    idle.update(_see_also(section))
    for number, block in enumerate(blocks):
        below.setdefault(block.lead, []).append(number)
        is_label = block.kind == "paragraph" and word_count(block.plain) <= _SAYS_LITTLE
        if (links[number] and block.kind in ("item", "row")) or (is_label and number < first):
            idle.add(number)
    for number in reversed(range(len(blocks))):
        heads = blocks[number].kind in ("header", "title") and number in below
        if heads and idle.issuperset(below[number]):
            idle.add(number)
    return frozenset(one for one in idle if (lead := blocks[one].lead) < 0 or lead in idle)


def _see_also(section: Section) -> range:
    """The numbers of the blocks that a section ends with where most of them are names of other
    pages, with a line on each, below a title ("See also")."""
    blocks = section.blocks
    named = named_pages(section)
    found = range(0)
    told = names = 0
    for number in reversed(range(1, len(blocks))):
        told += number in named
        names += number in named and blocks[number].kind in _NAMES
        is_title = blocks[number].kind == "title" and number not in named
        if is_title and number + 1 in named and names > 1:
            tail = range(number, len(blocks))
            found = tail if 2 * told >= len(tail) else found
    return found


def is_link(text: str) -> bool:
    """Whether a piece of Markdown is nothing but links.

    >>> is_link("- [Boats](boats.md)"), is_link("- [Boats](boats.md): how to moor one")
    (True, False)
    """
    opens = text.find("[")
    if opens < 0 or _WORD.search(text, 0, opens):
        return False
    return _LINK.search(text) is not None and not _WORD.search(_LINK.sub("", text))


def what_links_lose(section: Section, spans: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """What is taken from the cosines of the pieces of a section that are links beside others that
    tell something, float32 (pieces,).

    Args:
        spans: start and end of each piece, in characters.
    """
    texts = (section.text[start:end] for start, end in spans)
    links = np.array([section.is_markdown and is_link(text) for text in texts])
    return _LINK_COST * (links & ~links.all()).astype(np.float32)


def only_heads(text: str) -> bool:
    """Whether an item of a list is the title of what stands below it.

    >>> only_heads("14. **Sizes**"), only_heads("14. **Sizes** are set.")
    (True, False)
    """
    return _HEADS.fullmatch(text) is not None


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does.

    >>> is_sentence("Noon (or later)."), is_sentence("Since 2.1")
    (True, False)
    """
    return text.rstrip(_CLOSES).endswith(_ENDS)


def _tells(block: Block) -> bool:
    return block.kind == "paragraph" and is_sentence(block.plain)


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


def only_links(text: str) -> bool:
    """Whether a stretch of Markdown is mostly links, as what stands below "See also" is."""
    text = with_links(text)
    return _is_linked(text, _LINK.sub(lambda link: link["text"], text))


def _sources(section: Section) -> list[str]:
    """The Markdown of each block, with cards as links."""
    return [with_links(section.text[block.start : block.end]) for block in section.blocks]


def _is_linked(text: str, plain: str) -> bool:
    return sum(len(link["text"]) for link in _LINK.finditer(text)) > _LINKED * len(plain)


def _lists_pages(section: Section) -> bool:
    """Whether a section is a list of other pages with a line on each, and little above it: what
    opens the folder that they are in."""
    named = named_pages(section)
    names = sum(section.blocks[one].kind in _NAMES for one in named)
    others = [block for number, block in enumerate(section.blocks) if number not in named]
    words = sum(word_count(block.plain) for block in others)
    is_prose = all(block.kind in ("paragraph", "title", "item") for block in others)
    return names >= _PAGES and words <= _SIGNPOST and is_prose


def named_pages(section: Section) -> set[int]:
    """The numbers of the blocks that are the name of another page of the same documents, with a
    line on it: an item that begins with a link, a card or title that is one, and what is right
    below."""
    found: set[int] = set()
    sources = _sources(section) if section.is_markdown else []
    cards = _cards(section)
    for number, (block, source) in enumerate(zip(section.blocks, sources, strict=False)):
        name = _NAMED.match(source)
        is_name = block.kind in _NAMES or cards[number]
        is_named = is_name and name and not leads_elsewhere(address_of(name) or "")
        is_below = (
            block.lead == number - 1
            and number - 1 in found
            and section.blocks[number - 1].kind in _NAMES
        )
        if (is_named or is_below) and word_count(block.plain) <= _ON_A_PAGE:
            found.add(number)
    return found


def _cards(section: Section) -> list[bool]:
    """Which blocks begin with a card that leads somewhere (`<Card title="…" href="/boats">`)."""
    blocks = section.blocks if section.is_markdown else ()
    return [
        section.text.startswith("<", block.start)
        and with_links(section.text[block.start : block.end]).startswith("[")
        for block in blocks
    ]


def _sends_on(text: str, plain: str) -> bool:
    """Whether a block is short and leads to another page of the same documents, and no sentence of
    it says something without doing so."""
    if any(
        word_count(one) > _SAYS_LITTLE and not _LINK.search(one) for one in _SENTENCES.split(text)
    ):
        return False
    links = (link for link in _LINK.finditer(text) if not leads_elsewhere(address_of(link) or ""))
    within = sum(len(link["text"]) for link in links)
    return word_count(plain) <= _SIGNPOST and within > _SIGNPOST_LINKED * len(plain)
