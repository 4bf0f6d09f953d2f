"""Model names in a question, and the entries that explain their parts."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from entrywise.index.index import Index
from entrywise.rag.domains.language_models.model_names import (
    ModelName,
    NamePart,
    find_model_names,
    parse_model_name,
)
from entrywise.rag.domains.language_models.vocabulary import Kind
from entrywise.rag.understand.exact_text import exactly

# "what do `ViT`, `B` and `32` mean in the model name"
_ABOUT_A_NAME = re.compile(r"\bnames?\b|\bmean\b", re.IGNORECASE)
_QUOTED = re.compile(r"[`'\"“‘]([^\s`'\"”’]{1,40})[`'\"”’]")

# A name without these is explained in part only; a version, say, tells little.
_MUST_BE_EXPLAINED: frozenset[Kind] = frozenset(
    {"family", "k-quant", "iq-quant", "legacy-quant", "quant-method"}
)


class DecodedPart(NamedTuple):
    """A part of a model name and the entry that explains it, by ordinal, if there is one."""

    part: NamePart
    entry: int | None
    asked: bool = False
    """Whether the question has it outside the model name too: "what does hf mean in …-hf"."""

    @property
    def label(self) -> str:
        """The part as it is written, and what it is."""
        text, kind = self.part.text, self.part.kind
        return text if kind == "unknown" else f"{text} ({kind})"

    @property
    def is_missing(self) -> bool:
        """Whether no entry explains it, and the model name is explained in part only for that."""
        return self.entry is None and self.part.kind in _MUST_BE_EXPLAINED


class DecodedName(NamedTuple):
    """A model name, `text[start:end]` (characters, end exclusive), part by part."""

    start: int
    end: int
    parts: tuple[DecodedPart, ...]

    @property
    def is_explained(self) -> bool:
        """Whether an entry explains a part of it."""
        return any(item.entry is not None for item in self.parts)


def decode(text: str, index: Index) -> tuple[DecodedName, ...]:
    """The model names in a text of which an entry explains a part: only these can be taken apart.

    What is an entry's own name as a whole (W4A16, MXFP4_MOE) is not. Quoted tokens belong together:
    where one of them is explained or an entry's name, all are taken.
    """
    found = find_model_names(text)
    quoted = () if found else _quoted_parts(text)
    if not (found or quoted):
        return ()
    models = [model for model in found or quoted if not index.names.owners(model.text)]
    asked = _asked(text, models)
    decoded = tuple(_decoded(model, asked, index) for model in models)
    explained = tuple(name for name in decoded if name.is_explained)
    return decoded if quoted and (explained or len(models) < len(quoted)) else explained


def _quoted_parts(text: str) -> tuple[ModelName, ...]:
    """Quoted tokens, taken as parts of a model name where the question is about one."""
    if not _ABOUT_A_NAME.search(text):
        return ()
    return tuple(parse_model_name(m[1], m.start(1)) for m in _QUOTED.finditer(text))


def _asked(text: str, models: Sequence[ModelName]) -> set[str]:
    """The parts, in lower case, that a text has outside the model names as well."""
    parts = exactly(part.text for model in models for part in model.parts)
    ends = [0, *(model.end for model in models)]
    starts = [*(model.start for model in models), len(text)]
    return {
        match.group().lower()
        for end, start in zip(ends, starts, strict=True)
        for match in parts.finditer(text, end, start)
    }


def _decoded(model: ModelName, asked: Container[str], index: Index) -> DecodedName:
    parts = (
        DecodedPart(part, _explaining(part, index), part.text.lower() in asked)
        for part in model.parts
    )
    return DecodedName(model.start, model.end, tuple(parts))


def _explaining(part: NamePart, index: Index) -> int | None:
    """The entry that says it explains this kind of part, or that owns the part as a name."""
    entry = index.part_owners.get(part.kind)
    if entry is not None:
        return entry
    owners = index.names.owners(f"-{part.text}") or index.names.owners(part.text)
    return max(owners, key=owners.__getitem__, default=None)
