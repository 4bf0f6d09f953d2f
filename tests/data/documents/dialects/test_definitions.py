"""Lists of definitions, taken back to CommonMark."""

from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.documents.dialects.commonmark import to_commonmark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pear\nBirne\n:   Fruit.", "**Pear**\\\n**Birne**\nFruit."),
        ("A line that ends.\nAnother\n: no", "A line that ends.\nAnother\n: no"),
        ("Cell\n:   One voltage.", "**Cell**\nOne voltage."),
        ("Cell\n\n:   One voltage.", "**Cell**\n\nOne voltage."),
        (
            "Cell\n:   One voltage.\nPack\n:   Several cells.\n:   A bundle.",
            "**Cell**\nOne voltage.\n**Pack**\nSeveral cells.\nA bundle.",
        ),
        (
            "Cell\n:   One voltage.\n\n    - small\n    - large\n\n    Recycle it.\n\nAfter.",
            "**Cell**\nOne voltage.\n\n- small\n- large\n\nRecycle it.\n\nAfter.",
        ),
        ("**Cell**\n: One voltage.", "**Cell**\nOne voltage."),
        ("`cell`\n: One voltage.", "**`cell`**\nOne voltage."),
        # Of a heading, and of what stands above what is quoted.
        (
            "## `LAMPS=<n>`\n\n: How many.\n\n    Defaults to 3.\n\n## Next\n\n    code",
            "## `LAMPS=<n>`\n\nHow many.\n\nDefaults to 3.\n\n## Next\n\n    code",
        ),
        (":   How many.\n\n    Defaults to 3.", "How many.\n\nDefaults to 3."),
        # What only looks so.
        ("Two lines\nof text\n: are no term.", "Two lines\nof text\n: are no term."),
        ("# Heading\n: no term", "# Heading\n: no term"),
        ("- an item\n: no term", "- an item\n: no term"),
        ("1. a step\n: no term", "1. a step\n: no term"),
        ("Cell\n:no blank", "Cell\n:no blank"),
        ("Two\nlines.\n\n: no term above", "Two\nlines.\n\n: no term above"),
        ("```\nCell\n: code\n```", "```\nCell\n: code\n```"),
        ("Cell\n: One.\n\nText.\nMore.\n: none", "**Cell**\nOne.\n\nText.\nMore.\n: none"),
    ],
)
def test_a_term_is_bold_above_what_it_means(text: str, expected: str) -> None:
    assert to_commonmark(text) == expected


@pytest.mark.parametrize("line", ["a\n: b", ": b", "a\n\n: b", "a\n: b\n    c"])
def test_time_grows_linearly_with_definitions(line: str) -> None:
    assert grows_linearly(lambda count: to_commonmark(f"{line}\n" * count), 4_000)
