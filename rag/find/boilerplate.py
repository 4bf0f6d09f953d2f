"""Boilerplate: blocks of sections that tell nothing by themselves, as they only lead on to what is
told elsewhere.

- [Oars](oars.md)     How to row     <Card title="Oars" href="/oars">     Since 2.1
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from entrywise.data.addresses import leads_elsewhere
from entrywise.data.documents.dialects.shortcodes import without_shortcodes
from entrywise.data.documents.dialects.tags import with_links
from entrywise.data.documents.links import ADDRESS, address_of, with_labels_read
from entrywise.data.entries import Block, Section
from entrywise.data.languages import COLONS, QUESTION_MARKS
from entrywise.data.words import word_count
from entrywise.rag.understand.wording import ASKS, compiled

# Of 748 questions five answers differ, of which one is labelled, and as right; of 217 others four.
_LINK_COST = 0.2
"""What is taken from the cosine of a piece that is nothing but links: it is called by what is told
elsewhere."""
NAMES = ("item", "title")
"""Kinds of blocks that may be the name of a page."""
_ON_A_PAGE = 60
"""Words that say what is on it."""
_LABEL = 4
"""Words of a block that is no more than a label."""
_VALUE = re.compile(r"\w\s?[:：]\s*\S")
"""What a label says something by: "Default: 180"."""
_EMPHASIZED = re.compile(r"\s*(?P<mark>[*_]{1,2})[^*_]+(?P=mark)\s*")
_WORD = re.compile(r"\w")
_HEADS = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\*\*|__)[^*_\n]+(?:\*\*|__)\s*")
_ENDS, _CLOSES = (".", "!", "…", "。", "।", *QUESTION_MARKS, *COLONS), " \"'”’»)]"
"""What a sentence ends with, and what may stand behind that."""
LINK = re.compile(rf"(?<!!)\[(?:\[(?:[^][|\n]+\|)?)?(?P<text>[^\[\]]+)(?:{ADDRESS}|\]\])")
"""A link of Markdown or of a wiki: `[the plan](plan.md)`, `[[Plan|the plan]]`."""
_MARKS = ("[", "<", "{{", "{%")
_OPENS = re.compile(r"[^\w\[]*\[")
"""What may be nothing but a link."""
_NAMED = re.compile(rf"(?:[-*+•]\s+)?[^\w\[]*{LINK.pattern}")
"""What begins with a link, as the name of a page."""


def idle_blocks(section: Section) -> frozenset[int]:
    """The numbers of the blocks that tell nothing by themselves, in a section with a paragraph that
    does: the few words above its first sentence ("AA", "*Since 2.1.*"; "Default: 12" tells
    something), cards that lead to other pages, lists of what others tell, the names of pages that
    it ends with below a title of theirs, and what is nothing but links: items, the rows of a table
    that has no others with their header, and a title with nothing else below it; none that a text
    announces."""
    blocks = section.blocks if section.is_markdown else ()
    own = sources(section)
    told = zip(blocks, own, strict=False)
    first = next((n for n, (one, source) in enumerate(told) if _tells(one, source)), 0)
    links = [*map(is_link, own)]
    if all(links[n] or one.kind != "paragraph" for n, one in enumerate(blocks)):
        return frozenset()
    below: dict[int, list[int]] = {}
    idle = {number for number, is_card in enumerate(cards(section)) if is_card}
    idle.update(_see_also(section))
    idle.update(_promised(section))
    for number, block in enumerate(blocks):
        below.setdefault(block.lead, []).append(number)
        is_label = (
            block.kind == "paragraph"
            and word_count(block.plain) <= _LABEL
            and not _VALUE.search(block.plain)
        )
        if (links[number] and block.kind in ("item", "row")) or (is_label and number < first):
            idle.add(number)
    for number in reversed(range(len(blocks))):
        heads = blocks[number].kind in ("header", "title") and number in below
        if heads and idle.issuperset(below[number]):
            idle.add(number)
    return frozenset(one for one in idle if (lead := blocks[one].lead) < 0 or lead in idle)


def what_links_lose(section: Section, spans: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """What is taken from the cosines of the pieces of a section that are links, or say what others
    tell ("How to row"), beside some that tell something, float32 (pieces,).

    Args:
        spans: start and end of each piece, in characters.
    """
    promised = {section.blocks[one].start for one in _promised(section)}
    lead_on = np.zeros(len(spans), bool)
    for place, (start, end) in enumerate(spans if section.is_markdown else ()):
        may_be_link = _OPENS.match(section.text, start, end) is not None
        lead_on[place] = start in promised or (may_be_link and is_link(_read(section, start, end)))
    return _LINK_COST * (lead_on & ~lead_on.all()).astype(np.float32)


def named_pages(section: Section) -> set[int]:
    """The numbers of the blocks that are the name of another page of the same documents, with a
    line on it: an item that begins with a link, a card or title that is one, and what is right
    below."""
    found: set[int] = set()
    own = sources(section) if section.is_markdown else []
    are_cards = cards(section)
    for number, (block, source) in enumerate(zip(section.blocks, own, strict=False)):
        name = _NAMED.match(source)
        is_name = block.kind in NAMES or are_cards[number]
        is_named = is_name and name and not leads_elsewhere(address_of(name) or "")
        is_below = (
            block.lead == number - 1
            and number - 1 in found
            and section.blocks[number - 1].kind in NAMES
        )
        if (is_named or is_below) and word_count(block.plain) <= _ON_A_PAGE:
            found.add(number)
    return found


def cards(section: Section) -> list[bool]:
    """Which blocks begin with a card that leads somewhere (`<Card title="…" href="/boats">`)."""
    blocks = section.blocks if section.is_markdown else ()
    return [
        section.text.startswith("<", block.start)
        and with_links(section.text[block.start : block.end]).startswith("[")
        for block in blocks
    ]


def is_link(text: str) -> bool:
    """Whether a piece of Markdown is nothing but links.

    >>> is_link("- [Boats](boats.md)"), is_link("- [Boats](boats.md): how to moor one")
    (True, False)
    """
    opens = text.find("[")
    if opens < 0 or _WORD.search(text, 0, opens):
        return False
    return LINK.search(text) is not None and not _WORD.search(LINK.sub("", text))


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


def sources(section: Section) -> list[str]:
    """The Markdown of each block, as `_read` has it."""
    return [_read(section, block.start, block.end) for block in section.blocks]


def _read(section: Section, start: int, end: int) -> str:
    """A stretch of a section whose cards, labels and shortcodes are links with their addresses."""
    text = section.text[start:end]
    # Most stretches have none, and a section has hundreds.
    return _linked(text, section.links) if any(mark in text for mark in _MARKS) else text


@lru_cache(maxsize=4096)
def _linked(text: str, labels: tuple[tuple[str, str], ...]) -> str:
    text = with_links(text)
    if labels and "[" in text:
        text = with_labels_read(text, labels)
    return "\n".join(without_shortcodes(line, ()) for line in text.split("\n"))


def _tells(block: Block, source: str) -> bool:
    """Whether a block is a sentence, and no label in italics ("*Added in version 3.0.*")."""
    is_label = word_count(block.plain) <= _LABEL and _EMPHASIZED.fullmatch(source)
    return block.kind == "paragraph" and is_sentence(block.plain) and not is_label


def _see_also(section: Section) -> range:
    """The numbers of the blocks that a section ends with where most of them are names of other
    pages, with a line on each, below a title ("See also")."""
    blocks = section.blocks
    named = named_pages(section)
    found = range(0)
    told = names = 0
    for number in reversed(range(1, len(blocks))):
        told += number in named
        names += number in named and blocks[number].kind in NAMES
        is_title = blocks[number].kind == "title" and number not in named
        if is_title and number + 1 in named and names > 1:
            tail = range(number, len(blocks))
            found = tail if 2 * told >= len(tail) else found
    return found


def _promised(section: Section) -> set[int]:
    """The numbers of the items of lists that only say what is told elsewhere: "How to row", "Why
    boats float"."""
    lists: dict[int, list[int]] = {}
    blocks = section.blocks
    for number, block in enumerate(blocks):
        if block.kind == "item":
            lists.setdefault(block.lead, []).append(number)
    heads, asks = {block.lead for block in blocks}, compiled(ASKS)
    found: set[int] = set()
    for items in lists.values():
        is_promised = (
            asks.fullmatch(blocks[one].plain) and not is_sentence(blocks[one].plain)
            for one in items
        )
        if len(items) > 1 and heads.isdisjoint(items) and all(is_promised):
            found.update(items)
    return found
