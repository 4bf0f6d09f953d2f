from __future__ import annotations

import pytest
from quoted import FENCE

from entrywise.data.documents.remarks import remarks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('!!! note "T"\n    a\n\n    b\n\nc', [range(4)]),
        (
            "a\n??? tip\n    b\n    !!! note\n        c\n??? tip\n    d",
            [range(1, 5), range(5, 7)],
        ),
        ("::: warning Mind\na\n:::\nb", [range(3)]),
        (":::: note\n::: tip\na\n:::\n::::\nb", [range(5)]),
        ("::: warning\nnever closed", []),
        ('=== "Linux"\n    a tab', []),
        (f"{FENCE}\n!!! note\n    code\n{FENCE}", []),
        ("", []),
    ],
)
def test_a_remark_is_the_lines_that_its_author_set_apart(text: str, found: list[range]) -> None:
    assert remarks(text) == found
