"""Compound names in a question, and the entries that explain their parts.

Which names there are, and what parts they have, the decoder of a domain tells.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from entrywise.data.words import exactly
from entrywise.index.index import Index
from entrywise.rag.domains.base import UNKNOWN, CompoundName, Decoder, NamePart

# "what do `ViT`, `B` and `32` mean in the model name"
_ABOUT_A_NAME = re.compile(r"\bnames?\b|\bmean\b", re.IGNORECASE)
_QUOTED = r"[`'\"“‘]([^\s`'\"”’]{1,40})[`'\"”’]"


class DecodedPart(NamedTuple):
    """A part of a name and the entry that explains it, by ordinal, if there is one."""

    part: NamePart
    entry: int | None
    asked: bool
    """Whether the question has it outside the name too: "what does hf mean in …-hf"."""
    essential: bool
    """Whether the name is explained in part only without it."""

    @property
    def label(self) -> str:
        """The part as it is written, and what it is."""
        text, kind = self.part.text, self.part.kind
        return text if kind == UNKNOWN else f"{text} ({kind})"

    @property
    def is_missing(self) -> bool:
        """Whether no entry explains it, and the name is explained in part only for that."""
        return self.entry is None and self.essential


class DecodedName(NamedTuple):
    """A compound name, `text[start:end]` (characters, end exclusive), part by part."""

    start: int
    end: int
    parts: tuple[DecodedPart, ...]

    @property
    def is_explained(self) -> bool:
        """Whether an entry explains a part of it."""
        return any(item.entry is not None for item in self.parts)


def decode(text: str, index: Index, decoder: Decoder | None) -> tuple[DecodedName, ...]:
    """The names in a text of which an entry explains a part: only these can be taken apart.

    What is an entry's own name as a whole (W4A16, MXFP4_MOE) is not. Quoted tokens belong together:
    where one of them is explained or an entry's name, all are taken.
    """
    if decoder is None:
        return ()
    found = decoder.find(text)
    quoted = () if found else _quoted_parts(text, decoder)
    if not (found or quoted):
        return ()
    names = [name for name in found or quoted if not index.names.owners(name.text)]
    asked = _asked(text, names)
    decoded = tuple(_decoded(name, asked, index, decoder.essential) for name in names)
    explained = tuple(name for name in decoded if name.is_explained)
    return decoded if quoted and (explained or len(names) < len(quoted)) else explained


def _quoted_parts(text: str, decoder: Decoder) -> tuple[CompoundName, ...]:
    """Quoted tokens, taken as parts of a name where the question is about one."""
    if not _ABOUT_A_NAME.search(text):
        return ()
    return tuple(decoder.read(m[1], m.start(1)) for m in re.finditer(_QUOTED, text))


def _asked(text: str, names: Sequence[CompoundName]) -> set[str]:
    """The parts, in lower case, that a text has outside the names as well."""
    parts = exactly(part.text for name in names for part in name.parts)
    ends = [0, *(name.end for name in names)]
    starts = [*(name.start for name in names), len(text)]
    return {
        match.group().lower()
        for end, start in zip(ends, starts, strict=True)
        for match in parts.finditer(text, end, start)
    }


def _decoded(
    name: CompoundName, asked: Container[str], index: Index, essential: Container[str]
) -> DecodedName:
    parts = (
        DecodedPart(
            part,
            _explaining(part, index),
            asked=part.text.lower() in asked,
            essential=part.kind in essential,
        )
        for part in name.parts
    )
    return DecodedName(name.start, name.end, tuple(parts))


def _explaining(part: NamePart, index: Index) -> int | None:
    """The entry that says it explains this kind of part, or that owns the part as a name."""
    entry = index.part_owners.get(part.kind)
    if entry is not None:
        return entry
    owners = index.names.owners(f"-{part.text}") or index.names.owners(part.text)
    return max(owners, key=owners.__getitem__, default=None)
