"""The answer to a compound name, a model's or a part's say: a row for each of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from entrywise.data.words import exactly
from entrywise.rag.answer import Row
from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings
from entrywise.rag.understand.decoded_name import DecodedName, DecodedPart
from entrywise.rag.understand.question import Question


class _Piece(NamedTuple):
    """What one row explains of a name, by ordinal of the entry: a part, or several together."""

    entry: int
    text: str
    value: str
    parts: tuple[str, ...]
    rank: tuple[bool, bool]

    @property
    def label(self) -> str:
        return f"{self.text}: {self.value}" if self.value else self.text


def decode(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """A row for each part of a compound name, those that the question asks for first, then what an
    entry explains together."""
    question = findings.question
    rows: dict[int, dict[str, _Piece]] = {}
    pieces = (piece for name in question.compound_names for piece in _pieces(name, question.text))
    for piece in sorted(pieces, key=lambda piece: piece.rank):
        rows.setdefault(piece.entry, {}).setdefault(piece.text.lower(), piece)
    draft.table(
        ("",),
        [_row(entry, list(said.values()), evidence, draft) for entry, said in rows.items()],
        heading=None,
    )


def name_unexplained(question: Question, draft: Draft) -> None:
    """Say which parts nothing explains: where a name is asked for all, else those without which it
    is explained in part only."""
    asks_for_all = question.intent == "decode"
    parts = [one for one in _unexplained(question, draft) if asks_for_all or one.is_missing]
    if parts:
        names = draft.texts.either(dict.fromkeys(one.label for one in parts))
        draft.notice(draft.texts("missing.parts", names=names))
    if any(one.is_missing for one in parts):
        draft.complete = False


def _unexplained(question: Question, draft: Draft) -> Iterator[DecodedPart]:
    """The parts that no entry explains, and no quote has to the letter."""
    quotes = "\n".join(citation.quote for citation in draft.citations).lower()
    for item in question.decoded:
        if item.entry is None and not _holds(quotes, item.part.text.lower()):
            yield item


def _holds(text: str, part: str) -> bool:
    """Whether a text has a part as a word of its own: the 2 of 2.5 is none."""
    # A pattern is made only where there may be a match.
    alone = rf"(?<!\w)(?<!\d\.){re.escape(part)}(?!\w)(?!\.\d)"
    return part in text and re.search(alone, text) is not None


def _pieces(name: DecodedName, text: str) -> Iterator[_Piece]:
    """The explained parts of a name in its order, those as one that an entry explains together."""
    for (entry, joint), run in groupby(name.parts, lambda item: (item.entry, item.joint)):
        if entry is not None:
            for items in [list(run)] if joint else [[item] for item in run]:
                yield _piece(entry, items, text)


def _piece(entry: int, items: Sequence[DecodedPart], text: str) -> _Piece:
    parts = [item.part for item in items]
    return _Piece(
        entry,
        text[parts[0].start : parts[-1].end],
        ", ".join(part.value for part in parts if part.value),
        tuple(part.text for part in parts),
        (not any(item.asked for item in items), not items[0].joint),
    )


def _row(entry: int, pieces: Sequence[_Piece], evidence: Evidence, draft: Draft) -> Row:
    side = evidence.of(entry)
    parts = tuple(part for piece in pieces for part in piece.parts)
    # What stands there to the letter: worth a second sentence for `Q4_K_M`, not for `gguf`.
    exact = exactly(part for part in parts if any(map(str.isdigit, part)))
    said = [side.lead, *side.saying(exact)[:1]]
    separator = "; " if any(piece.value for piece in pieces) else ", "
    return Row(separator.join(piece.label for piece in pieces), (draft.cell(said),), parts)
