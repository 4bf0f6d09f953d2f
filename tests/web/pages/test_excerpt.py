from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from entrywise.web.pages.excerpt import Excerpt, excerpt

TEXT = "Heads share keys. They cost less. Quality stays close."


def test_a_short_text_is_kept_as_a_whole() -> None:
    assert excerpt(TEXT, 18, 33) == Excerpt(
        "Heads share keys. ", "They cost less.", " Quality stays close."
    )


def test_a_long_text_is_cut_between_words() -> None:
    assert excerpt(TEXT, 18, 33, around=9) == Excerpt("… keys. ", "They cost less.", " Quality …")


def test_a_quote_that_is_all_of_a_text_has_nothing_around_it() -> None:
    assert excerpt(f"{TEXT}\n", 0, len(TEXT)).is_entire
    assert not excerpt(TEXT, 18, 33, around=0).is_entire


def test_a_formula_is_kept_or_left_out_as_a_whole() -> None:
    text = r"It is $a + b$ here. The quote. Then $c + d$ again."
    start = text.index("The")
    end = text.index(" Then")
    cut = excerpt(text, start, end, around=11)
    assert cut == Excerpt("… here. ", "The quote.", " Then …")


@given(st.text(alphabet="ab $\n"), st.integers(0, 30), st.integers(0, 30), st.integers(0, 9))
def test_a_quote_is_never_cut_and_what_is_around_it_is_of_the_text(
    text: str, first: int, last: int, around: int
) -> None:
    start, end = sorted((min(first, len(text)), min(last, len(text))))
    found = excerpt(text, start, end, around)
    assert found.quote == text[start:end]
    assert text[:start].endswith(found.before.removeprefix("… "))
    assert text[end:].startswith(found.after.removesuffix(" …"))
    assert len(found.before) <= around + 2
    assert len(found.after) <= around + 2
