"""Properties: lines below the title that say what a page is, `Owner: Uma`, as Notion, records of
decisions and minutes begin. They are a section of their own, behind the text.

    # Rind                              Section("introduction", "Wash it.")
    Owner: Uma                     ─▶
    Status: Draft                       Section("details", "Owner: Uma\\nStatus: Draft")

    Wash it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from entrywise.data.entries import DETAILS, Block, Section

_NAME = r"[^\W\d_][^:*_`\[\]\n]{0,39}"
_LINE = re.compile(
    rf"(?:\*\*(?P<inside>{_NAME}):\*\*|\*\*(?P<marked>{_NAME})\*\*:|(?P<plain>{_NAME}):)"
    r"[ \t]+(?P<value>\S.*)"
)
_FEWEST = 2
_WORDS = 4
"""Words of a name, at most; of a value that ends as a sentence does."""
_ENDS = (".", "!", "?", "。")


def apart(
    sections: tuple[Section, ...], name: Callable[[str], str], *, is_exported: bool
) -> tuple[Section, ...]:
    """The sections of a document, its properties last.

    Args:
        name: gives a name that no section has.
        is_exported: whether a tool wrote the document that puts them there, so that one line is
            enough.
    """
    first = sections[0] if sections and not sections[0].path else None
    if first is None or not first.blocks or first.blocks[0].kind != "paragraph":
        return sections
    opening = first.blocks[0]
    text = first.text[opening.start : opening.end]
    if first.text[: opening.start].strip() or not _are_properties(text, is_exported=is_exported):
        return sections
    told = replace(
        first,
        name=name(DETAILS),
        text=text,
        blocks=(Block("paragraph", 0, len(text), _said(text)),),
    )
    rest = _behind(first, opening.end)
    return (*((rest,) if rest.blocks else ()), *sections[1:], told)


def _are_properties(text: str, *, is_exported: bool) -> bool:
    found = [_LINE.fullmatch(_bare(line)) for line in text.split("\n")]
    named = [(_name(one), one["value"]) for one in found if one]
    return (
        len(named) == len(found) == len({name for name, _ in named})
        and len(found) >= (1 if is_exported else _FEWEST)
        and all(len(name.split()) <= _WORDS and not _is_sentence(value) for name, value in named)
    )


def _name(line: re.Match[str]) -> str:
    return str(line["inside"] or line["marked"] or line["plain"]).strip().lower()


def _is_sentence(value: str) -> bool:
    return value.endswith(_ENDS) and len(value.split()) > _WORDS


def _bare(line: str) -> str:
    """A line without what breaks it."""
    return line.strip().rstrip("\\").rstrip()


def _said(text: str) -> str:
    """What properties say, on one line: `Owner: Uma; Status: Draft`."""
    return "; ".join(_bare(line).replace("**", "") for line in text.split("\n"))


def _behind(section: Section, end: int) -> Section:
    """A section without its first block, which ends there."""
    start = len(section.text) - len(section.text[end:].lstrip())
    blocks = (
        one._replace(start=one.start - start, end=one.end - start, lead=max(one.lead - 1, -1))
        for one in section.blocks[1:]
    )
    return replace(section, text=section.text[start:], blocks=tuple(blocks))
