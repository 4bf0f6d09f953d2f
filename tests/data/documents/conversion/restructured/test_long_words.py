from __future__ import annotations

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.conversion.doctree import from_restructured
from entrywise.data.documents.conversion.restructured.long_words import LONGEST, LongWords

LONG = "x-" * LONGEST


@given(
    st.lists(st.sampled_from(["a", LONG, "=" * 2000, "\uf8f00\uf8f1", "\uf8f0", "0", " ", "\n"]))
)
def test_whatever_stands_aside_comes_back(pieces: list[str]) -> None:
    text = "".join(pieces)
    words = LongWords(text)
    assert words.restored(words.text) == text


def test_words_of_letters_stand_aside_and_lines_stay() -> None:
    assert LONG not in LongWords(f"see {LONG} there").text
    for text in (f"A\n{'=' * 2000}", f"+{'-' * 2000}+", "a" * LONGEST):
        assert LongWords(text).text == text
        assert not LongWords(text)


@pytest.mark.parametrize(
    "text", [f"See {LONG} there.", f"::\n\n  {LONG}", f"* {LONG}", f"{LONG}\n===="]
)
def test_they_are_read_as_they_stand(text: str) -> None:
    assert LONG in from_restructured(text).markdown


def test_markup_in_them_is_text_and_a_fault_shows_them() -> None:
    word = "``" + "b" * LONGEST + "``"
    assert (
        from_restructured(f"See {word} there.").markdown == f"See \\`\\`{word[2:-2]}\\`\\` there."
    )


def test_their_time_grows_no_faster_than_they_do() -> None:
    assert grows_linearly(lambda count: from_restructured("see " + "x-" * count), 16_000)
