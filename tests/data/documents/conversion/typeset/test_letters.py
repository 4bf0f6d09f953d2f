from __future__ import annotations

import pytest

from entrywise.data.documents.conversion.typeset.letters import as_read, leftward

ALEF, BET, GIMEL = "\u05d0\u05d1\u05d2"


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("from left to right (12.5%)", "from left to right (12.5%)"),
        (f"{GIMEL}{BET} {ALEF}", f"{ALEF} {BET}{GIMEL}"),
        (f"{GIMEL} 12.5% {ALEF}", f"{ALEF} 12.5% {GIMEL}"),
        (f"{GIMEL} C 3 {ALEF}", f"{ALEF} C 3 {GIMEL}"),
        (f".{GIMEL} ({BET}) {ALEF}", f"{ALEF} ({BET}) {GIMEL}."),
        (f"it is {BET}{ALEF} or {ALEF}{BET} there", f"it is {ALEF}{BET} or {BET}{ALEF} there"),
    ],
)
def test_words_are_read_in_the_order_of_their_script(shown: str, read: str) -> None:
    assert as_read(shown) == read


def test_shapes_are_letters_and_several_in_one_stay_in_order() -> None:
    # Lam and alef are one shape; an alef at the end of a word is another than alone.
    assert as_read(["\ufe8e", "\ufefb"]) == "\u0644\u0627\u0627"
    assert as_read(["\u0628", "\u0644\u0627"]) == "\u0644\u0627\u0628"


def test_only_what_is_written_from_right_to_left_counts() -> None:
    assert leftward("abc 12 \u4e00") == 0
    assert leftward(f"a{ALEF}{BET}") == 2
