"""Compound names in a question, and the entries that explain their parts.

Which names there are, and what parts they have, the decoder of a domain tells. An entry that speaks
of several parts of a name, and of the name that they make, explains these together, before the
entries that explain each of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from entrywise.data.entries import Entry
from entrywise.data.words import exactly
from entrywise.index.encoders.base import EncodedQuery, Vector
from entrywise.index.index import Index
from entrywise.index.names.names import ORDINARY
from entrywise.index.passages.common_subject import naming
from entrywise.index.similarity import Similarities, similarities
from entrywise.rag.domains.base import UNKNOWN, CompoundName, Domain, NamePart
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.name_question import asks_about

_AS_NEAR = 0.02
"""How much farther from the nearest entry what is asked may be without its names. Of the 95 of
`tests/rag/names_in_questions.jsonl` that have a name beside what is asked 90 are nearer without, of
the ten labelled ones, in which the name is asked about after all, three."""


class DecodedPart(NamedTuple):
    """A part of a name and the entry that explains it, by ordinal, if there is one."""

    part: NamePart
    entry: int | None
    asked: bool
    """Whether the question has it outside the name too: "what does hf mean in …-hf"."""
    essential: bool
    """Whether the name is explained in part only without it."""
    joint: bool = False
    """Whether the entry explains it together with parts beside it."""

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
    is_asked: bool
    """Whether the question is what it says; else it is a subject, whose parts stand beside what is
    asked."""

    @property
    def is_compound(self) -> bool:
        """Whether it has several parts; one of a single part is like any other name."""
        return len(self.parts) > 1

    @property
    def is_beside(self) -> bool:
        """Whether its parts only stand beside what is asked."""
        return self.is_compound and not self.is_asked

    @property
    def is_explained(self) -> bool:
        """Whether an entry explains a part of it."""
        return any(item.entry is not None for item in self.parts)


def decode(text: str, index: Index, domain: Domain) -> tuple[DecodedName, ...]:
    """The compound names in a text that can be taken apart: an entry explains a part of them.

    What is an entry's own name as a whole (W4A16, MXFP4_MOE) is not.
    """
    decoder = domain.decoder
    if decoder is None:
        return ()
    names = [name for name in decoder.find(text) if not index.names.owners(name.text)]
    if not names:
        return ()
    names = list(_joined(names, text))
    parts = exactly(part.text for name in names for part in name.parts)
    outside = _outside(text, names, parts)
    is_asked = asks_about(names, parts, text, domain)
    decoded = tuple(
        DecodedName(
            name.start,
            name.end,
            tuple(_decoded(name, outside, index, decoder.essential)),
            is_asked=is_asked,
        )
        for name in names
    )
    return tuple(name for name in decoded if name.is_explained)


def _joined(names: Sequence[CompoundName], text: str) -> Iterator[CompoundName]:
    """Names, with what is written behind one of several parts as a part of it: "Foo-7B Q4_K_M"."""
    last: CompoundName | None = None
    for name in names:
        behind = last is not None and text[last.end : name.start].isspace()
        if last and behind and len(last.parts) > 1 == len(name.parts):
            whole = text[last.start : name.end]
            last = CompoundName(whole, last.start, name.end, (*last.parts, *name.parts))
            continue
        if last:
            yield last
        last = name
    if last:
        yield last


class Asked(NamedTuple):
    """What is looked up for a question: a text, as the encoder encodes it, and how near the entries
    are to that."""

    text: str
    encoded: EncodedQuery
    near: Similarities


def asked(
    text: str, encoded: EncodedQuery, index: Index, domain: Domain, *, unlike: float = math.inf
) -> Asked:
    """A question, or what it asks of whatever has a name, "can I run a model on 16 GB" for "can I
    run Foo-32B-Q4 on 16 GB", where that is about as near to an entry: the name only stands beside
    it then, and would outweigh it. Entries are as near as to either. What is asked of a subject of
    all documents is looked up half with its name and half without.

    Args:
        encoded: the question as the encoder encodes it.
        unlike: that of `similarities`.
    """
    if rest := without_subject(text, index):
        encoded = encoded._replace(vector=_between(encoded.vector, rest, index))
    whole = Asked(text, encoded, similarities(encoded.vector, index, unlike=unlike))
    rest = _without_names(text, decode(text, index, domain), domain)
    if rest == text:
        return whole
    vector = index.encoder.encode_query(rest).vector
    alone = similarities(vector, index, unlike=unlike)
    if alone.vectors.max(initial=0.0) < whole.near.vectors.max(initial=0.0) - _AS_NEAR:
        return whole
    return Asked(rest, encoded._replace(vector=vector), alone.or_nearer(whole.near))


def without_subject(text: str, index: Index) -> str:
    """A question without the name of what all documents are about, "default port" of "default port
    jellyfin"; empty where it has none, or says nothing else."""
    subject = index.manifest.subject
    rest = " ".join(naming(subject).sub(" ", text).split()) if subject else text
    says_more = any(keywords(rest, None, index.language))
    return rest if rest != text and says_more else ""


def _between(vector: Vector, text: str, index: Index) -> Vector:
    """The vector half-way between one and that of a text."""
    both = vector + index.encoder.encode_query(text).vector
    between: Vector = both / np.float32(max(float(np.linalg.norm(both)), 1e-12))
    return between


def _without_names(text: str, names: Sequence[DecodedName], domain: Domain) -> str:
    """A text with what they name in place of names that only stand beside what is asked. Names that
    are told apart by a part of theirs are asked about that."""
    if distinguishing(names):
        return text
    for name in reversed(names):
        if name.is_beside:
            text = f"{text[: name.start]}{domain.named}{text[name.end :]}"
    return " ".join(text.split())


def distinguishing(names: Sequence[DecodedName]) -> list[NamePart]:
    """The parts in which otherwise equal names differ: the `awq` and the `gptq` of "Foo-7B-it-awq
    or Foo-7B-it-gptq"."""
    texts = [{item.part.text.lower() for item in name.parts} for name in names if name.is_compound]
    shared = set.intersection(*texts) if len(texts) > 1 else set()
    if not shared or any(len(own - shared) >= len(shared) for own in texts):
        return []
    parts = (item.part for name in names for item in name.parts)
    return [part for part in parts if part.text.lower() not in shared]


def _outside(text: str, names: Sequence[CompoundName], parts: re.Pattern[str]) -> set[str]:
    """The parts, in lower case, that a text has outside the names as well."""
    ends = [0, *(name.end for name in names)]
    starts = [*(name.start for name in names), len(text)]
    return {
        match.group().lower()
        for end, start in zip(ends, starts, strict=True)
        for match in parts.finditer(text, end, start)
    }


def _decoded(
    name: CompoundName, outside: Container[str], index: Index, essential: Container[str]
) -> Iterator[DecodedPart]:
    joint = _joint(name, index)
    for part in name.parts:
        together = joint.get(part.start)
        yield DecodedPart(
            part,
            _explaining(part, index) if together is None else together,
            asked=part.text.lower() in outside,
            essential=part.kind in essential,
            joint=together is not None,
        )


def _joint(name: CompoundName, index: Index) -> Mapping[int, int]:
    """{where a part begins: the entry that explains it together with the parts beside it}.

    Such an entry explains one of them by its kind, owns a name that has them all, and its text has
    each by itself: one that has "Foo-7B" alone, as an example, explains neither.
    """
    joint: dict[int, int] = {}
    if len(name.parts) > 1:
        owners = {index.part_owners.get(part.kind) for part in name.parts}
        for match in index.names.find(name.text):
            if match.entry in owners and match.strength > ORDINARY:
                start, end = name.start + match.start, name.start + match.end
                inside = [part for part in name.parts if start <= part.start and part.end <= end]
                told = _told(inside, index.entries[match.entry])
                for is_told, run in groupby(inside, told.__contains__):
                    together = list(run)
                    kinds = {index.part_owners.get(part.kind) for part in together}
                    if is_told and len(together) > 1 and match.entry in kinds:
                        joint.update(dict.fromkeys((one.start for one in together), match.entry))
    return joint


def _told(parts: Sequence[NamePart], entry: Entry) -> list[NamePart]:
    """The parts that the text of an entry has by themselves, not as a name of them all."""
    text = "\n".join(section.text for section in entry.sections)
    words = [re.escape(part.text) for part in parts]
    for word, after in pairwise(words):
        text = re.sub(rf"(?i)(?<!\w){word}[\s_.-]*{after}(?!\w)", "", text)
    return [
        part
        for part, word in zip(parts, words, strict=True)
        if re.search(rf"(?i)(?<![\w-])(?<!\d\.){word}(?![\w-])(?!\.\d)", text)
    ]


def _explaining(part: NamePart, index: Index) -> int | None:
    """The entry that says it explains this kind of part, or that owns the part as a name."""
    entry = index.part_owners.get(part.kind)
    if entry is not None:
        return entry
    owners = index.names.owners(f"-{part.text}") or index.names.owners(part.text)
    return max(owners, key=owners.__getitem__, default=None)
