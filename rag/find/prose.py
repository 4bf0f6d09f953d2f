"""What a page begins with, and a section: the first that tells something.

# Oars   AA   ## Before you begin   Take two.     ─▶ the section "Before you begin"
"""

from __future__ import annotations

from entrywise.data.entries import Block, Entry, Section
from entrywise.rag.find.boilerplate import is_sentence

_BEGINS = 8
"""Sections that a page begins with; it may have thousands."""


def first_prose(page: Entry) -> int:
    """The ordinal of the first section of a page with a sentence, else with a paragraph, else 0,
    among those that it begins with."""
    found = -1
    for number, section in enumerate(page.sections[:_BEGINS]):
        own = _paragraphs(section)
        if own and is_sentence(own[0].plain):
            return number
        found = number if own and found < 0 else found
    return max(found, 0)


def prose_start(section: Section) -> int:
    """Where the first paragraph of a section begins that is a sentence, or its first without one,
    in characters; -1 where there is none."""
    return next((block.start for block in _paragraphs(section)), -1)


def _paragraphs(section: Section) -> list[Block]:
    """The paragraphs of a section, sentences first, as a level or a list of what it is of ("AA",
    "Since 2.1") tells nothing."""
    found = [block for block in section.blocks if block.kind == "paragraph"]
    return sorted(found, key=lambda block: not is_sentence(block.plain))
