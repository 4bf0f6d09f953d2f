from __future__ import annotations

import time

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
        ("/// note | Mind\na\n///\nb", [range(3)]),
        ("//// tab | A\n/// tip\na\n///\n////\nb", [range(1, 4)]),
        ('=== "Linux"\n    a tab', []),
        (f"{FENCE}\n!!! note\n    code\n{FENCE}", []),
        ("", []),
    ],
)
def test_a_remark_is_the_lines_that_its_author_set_apart(text: str, found: list[range]) -> None:
    assert remarks(text) == found


@pytest.mark.parametrize("line", ["::: note", "/// tip"])
def test_time_grows_linearly_with_what_is_never_closed(line: str) -> None:
    def seconds(count: int) -> float:
        text = f"{line}\n" * count
        started = time.process_time()
        remarks(text)
        return time.process_time() - started

    seconds(100)
    assert any(seconds(8_000) < 40 * seconds(1_000) for _ in range(3))
