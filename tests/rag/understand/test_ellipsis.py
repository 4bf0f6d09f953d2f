from __future__ import annotations

import pytest

from entrywise.index.index import Index
from entrywise.rag.understand.ellipsis import half_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tensor vs pipeline parallelism", {"tensor parallelism": 1, "pipeline parallelism": 1}),
        ("greedy or beam search?", {"greedy search": 1, "beam search": 1}),
        ("local vs. global attention", {"local attention": 1, "global attention": 0}),
        ("local/global attention", {"local attention": 1}),
        ("memory and KV cache", {"KV cache": 1}),
        ("red vs green apples", {}),
        ("what is attention", {}),
    ],
)
def test_the_last_noun_belongs_to_both(
    glossary_index: Index, text: str, names: dict[str, int]
) -> None:
    found = list(half_names(text, glossary_index.names))
    assert {half.name: len(half.owners) for half in found} == names


def test_a_half_name_stands_where_it_is_written(glossary_index: Index) -> None:
    text = "so: greedy or beam search?"
    first, second = half_names(text, glossary_index.names)
    assert (text[first.start : first.end], text[second.start : second.end]) == (
        "greedy",
        "beam search",
    )
