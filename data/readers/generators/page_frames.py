"""Frames: what most pages have around their texts, which is read on the first one alone.

Home  About  Help
Oars are two.         ─▶  Oars are two.
Comments: Be kind.

Of whole sections and, at the beginning and the end of a page, of blocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import replace

from entrywise.data.entries import Entry, Section

_FEWEST = 5
"""Pages that tell what all have."""


def without_frames(pages: Mapping[str, Entry]) -> dict[str, Entry]:
    """Pages that are made alike, {id: page}, without what at least half of them, and five, have
    alike: the first page that has it keeps it, and so does one that has nothing else."""
    least = max(_FEWEST, len(pages) / 2)
    told = [page.sections for page in pages.values()]
    sections = _common((map(_said, one) for one in told), least)
    blocks = _common(((*_texts(one[0]), *_texts(one[-1])) for one in told), least)
    if not sections | blocks:
        return dict(pages)
    found: dict[str, Entry] = {}
    seen: set[Hashable] = set()
    for key, page in pages.items():
        kept = [one for one in page.sections if _said(one) not in seen]
        if kept:
            kept[0] = _from(kept[0], _run(_texts(kept[0]), seen))
            kept[-1] = _to(kept[-1], _run(_texts(kept[-1])[::-1], seen))
        own = tuple(one for one in kept if one.blocks)
        found[key] = replace(page, sections=own) if own else page
        seen |= sections.intersection(map(_said, page.sections))
        seen |= blocks.intersection((*_texts(page.sections[0]), *_texts(page.sections[-1])))
    return found


def _common(pages: Iterable[Iterable[Hashable]], least: float) -> set[Hashable]:
    counts = Counter(one for page in pages for one in set(page))
    return {one for one, count in counts.items() if count >= least}


def _said(section: Section) -> tuple[str, ...]:
    """What a section says, wherever its links lead from its page."""
    return (*section.path[-1:], *_texts(section))


def _texts(section: Section) -> list[str]:
    """What its blocks say; of pictures without a description their source."""
    return [one.plain or section.text[one.start : one.end] for one in section.blocks]


def _run(texts: Sequence[str], seen: Set[Hashable]) -> int:
    """How many of the first texts other pages have."""
    return next((place for place, text in enumerate(texts) if text not in seen), len(texts))


def _from(section: Section, count: int) -> Section:
    """A section from a block on, with what announces the rest; a title in bold heads all behind."""
    own = section.blocks
    leads = (one.lead for one in own[count:] if one.lead >= 0 and own[one.lead].kind != "title")
    count = min((count, *leads))
    if not count:
        return section
    kept = section.blocks[count:]
    at = kept[0].start if kept else len(section.text)
    blocks = tuple(
        one._replace(start=one.start - at, end=one.end - at, lead=max(one.lead - count, -1))
        for one in kept
    )
    return replace(section, text=section.text[at:], blocks=blocks)


def _to(section: Section, count: int) -> Section:
    """A section without its last blocks, but with those that the rest announces."""
    until = len(section.blocks) - count
    announced = (n for n, one in enumerate(section.blocks) if 0 <= one.lead < until <= n)
    kept = section.blocks[: max(announced, default=until - 1) + 1]
    end = max((one.end for one in kept), default=0)
    return replace(section, text=section.text[:end], blocks=kept) if count else section
