"""The answer to a compound name, a model's or a part's say: a row for each of its parts."""

from __future__ import annotations

from entrywise.data.words import exactly
from entrywise.rag.answer import Row
from entrywise.rag.compose.draft import Draft
from entrywise.rag.judge.evidence import Evidence
from entrywise.rag.judge.selection import Findings


def decode(findings: Findings, evidence: Evidence, draft: Draft) -> None:
    """A row for each part of a compound name, those that the question asks for first."""
    decoded = findings.question.decoded
    parts: dict[int, dict[str, str]] = {}
    for item in sorted(decoded, key=lambda item: not item.asked):
        if item.entry is not None:
            texts = parts.setdefault(item.entry, {})
            texts.setdefault(item.part.text.lower(), item.part.text)
    rows = []
    for side in evidence.of_all(parts):
        texts = parts[side.ordinal]
        # What stands there to the letter: worth a second sentence for `Q4_K_M`, not for `gguf`.
        exact = exactly(text for text in texts if any(map(str.isdigit, text)))
        said = [side.lead, *side.saying(exact)[:1]]
        rows.append(Row(", ".join(texts.values()), (draft.cell(said),)))
    draft.table(("",), rows, heading=None)
    unexplained = dict.fromkeys(
        item.label for item in decoded if item.entry is None and not item.is_missing
    )
    if unexplained:
        draft.notice(f"Not in the knowledge base: {', '.join(unexplained)}.")
