from __future__ import annotations

import pytest

from entrywise.data.percentages import share


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5%", 0.05),
        (" 2.5 % ", 0.025),
        ("0.1%", 0.001),
        ("5", None),
        ("0%", None),
        ("100%", None),
        ("-1%", None),
        ("nan%", None),
        ("five%", None),
        ("5%%", None),
        ("", None),
    ],
)
def test_a_percentage_is_a_share(text: str, expected: float | None) -> None:
    assert share(text) == (expected if expected is None else pytest.approx(expected))
