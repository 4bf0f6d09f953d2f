"""Plain text that was printed in pages."""

from __future__ import annotations

import pytest
from growth import grows_linearly

from entrywise.data.readers.formats.typed.page_breaks import (
    with_whole_words,
    without_page_breaks,
    without_terminal_codes,
)


def paged(*pages: str) -> str:
    """Pages as an RFC has them: a line above, one below, a form feed behind."""
    return "\f\n".join(
        f"RFC 5322       Messages       October\n\n\n{page}\n\n\nResnick     [Page {number}]"
        for number, page in enumerate(pages, 7)
    )


def test_what_stands_on_every_page_goes_and_paragraphs_go_on() -> None:
    text = paged("A message is\na series of", "   characters. It ends.", "Lines are short.", "So.")
    assert without_page_breaks(text) == (
        "A message is\na series of\n   characters. It ends.\n\nLines are short.\n\nSo."
    )


def test_a_paragraph_goes_on_as_far_in_as_it_was_and_a_heading_does_not() -> None:
    text = paged("   It is said by", "   RFC 822 what", "3.4.  Addresses", "   They are")
    assert without_page_breaks(text) == (
        "   It is said by\n   RFC 822 what\n\n3.4.  Addresses\n\n   They are"
    )


def test_what_begins_in_small_letters_goes_on_where_no_sentence_ended() -> None:
    text = paged(
        "   vessel\n      What floats.", "   harbour\n      Where it", "      lies.", "   So"
    )
    assert without_page_breaks(text) == (
        "   vessel\n      What floats.\n\n   harbour\n      Where it\n      lies.\n\n   So"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\x1b[1;32mOK\x1b[0m \x1b]8;;https://a.b\x1b\\here\x1b]8;;\x07", "OK here"),
        ("N\bNA\bAME _\bf_\bo\n\bx \x1b(B\x1b[?25l", "NAME fo\n\bx "),
        ("Note: \x1b is one.", "Note:  is one."),
    ],
)
def test_what_terminals_take_for_colours_is_no_text(text: str, said: str) -> None:
    assert without_terminal_codes(text) == said


def test_what_stands_on_few_pages_stays() -> None:
    assert without_page_breaks("Top\n\nOne.\fTop\n\nTwo.") == "Top\n\nOne.\n\nTop\n\nTwo."
    pages = "\f".join(f"{word} begins.\n\nText." for word in ("Oak", "Elm", "Ash", "Fir"))
    assert without_page_breaks(pages).count("begins.") == 4


@pytest.mark.parametrize("text", ["", "One.\n\nTwo.", "Top\n\nOne.\n\nTop"])
def test_a_text_without_breaks_stays_as_it_is(text: str) -> None:
    assert without_page_breaks(text) == text


def test_pages_of_nothing_leave_nothing() -> None:
    assert without_page_breaks("\f\f\n\f") == ""
    assert without_page_breaks("One.\f\fTwo.") == "One.\n\nTwo."
    assert without_page_breaks(paged("", "", "")) == ""


def test_lines_that_count_pages_end_them() -> None:
    body = "\n".join(f"   Line {'a' * number} of the text" for number in range(1, 25))
    foot = (
        "Row & Sail        Rules of boats        [Page {}]\nRFC 1        Boats        June 2001\n\n"
    )
    text = "".join(f"{body}\n\n{foot.format(number)}" for number in range(1, 5)) + body
    whole = without_page_breaks(text)
    assert "Page" not in whole
    assert "June" not in whole
    assert whole.count("Line a of") == 5
    # One that stands still, or comes again soon, counts no pages.
    for said in (text.replace("[Page 3]", "[Page 7]"), foot.format(1) + foot.format(2)):
        assert without_page_breaks(said) == said


@pytest.mark.parametrize("unit", ["a", "a-", "a-\n", "-", "a-a\n"])
def test_time_grows_linearly_with_words_that_do_not_end(unit: str) -> None:
    assert grows_linearly(lambda count: with_whole_words(unit * count), 16_000)
