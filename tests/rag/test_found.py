from __future__ import annotations

from collections.abc import Callable

from entrywise.index.store import Index
from entrywise.rag.found import Found


def test_evidence_and_titles_are_by_ordinal(
    find: Callable[[str, Index], Found], small_index: Index
) -> None:
    found = find("what is GQA?", small_index)
    first, second = (small_index.ordinals[entry] for entry in ("bf16", "gqa"))

    assert [side.entry.id for side in found.evidence([first, second])] == ["bf16", "gqa"]
    assert found.title(first) == "bf16"
