from __future__ import annotations

from collections.abc import Callable

from entrywise.index.index import Index
from entrywise.rag.judge.findings import Findings
from entrywise.rag.understand.mention import Mention


def test_the_owner_of_a_name_is_the_one_retrieved_first(
    find: Callable[[str, Index], Findings], small_index: Index
) -> None:
    found = find("what is GQA?", small_index)
    best, second, *_ = (candidate.entry for candidate in found.candidates)

    def owner(owners: dict[int, float]) -> int | None:
        return found.owner(Mention("x", 0, 1, "name", owners))

    assert owner({second: 1.0, best: 0.8}) == best
    assert owner({98: 0.8, 99: 1.0}) == 99
    assert owner({best: 0.5, second: 0.8}) == second
    assert owner({best: 0.5}) is None
    assert owner({}) is None
