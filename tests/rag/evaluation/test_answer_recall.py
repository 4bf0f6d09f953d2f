from __future__ import annotations

import pytest

from entrywise.data.entries import Entry, Section
from entrywise.rag.answer import Citation
from entrywise.rag.evaluation.answer_recall import conveys, conveys_strictly, shows, word_recall

TEXT = "It caches keys. It shares one head. It caches keys. The end."
ENTRY = Entry("gqa", "GQA", "attention", (Section("oneliner", "Short."), Section("body", TEXT)))


def quote(text: str, start: int = 0, entry: str = "gqa", section: str = "body") -> Citation:
    """A citation of a text."""
    return Citation(1, entry, entry.upper(), section, start, start + len(text), text)


def test_a_quote_that_holds_the_sentence_conveys_it_whatever_its_entry() -> None:
    citation = quote("First. It shares one head. Last.", entry="mqa")
    assert conveys_strictly([citation], "It shares one head.", ENTRY)


def test_a_quote_that_overlaps_the_sentence_conveys_it() -> None:
    start = TEXT.index("one head.")
    assert conveys_strictly([quote("one head.", start)], "It shares one head.", ENTRY)


def test_quotes_that_only_touch_the_sentence_do_not_convey_it() -> None:
    start = TEXT.index("It shares")
    before = quote("It caches keys. ", 0)
    after = quote(TEXT[start + len("It shares one head.") :], start + len("It shares one head."))
    assert not conveys_strictly([before, after], "It shares one head.", ENTRY)


@pytest.mark.parametrize(("entry", "section"), [("mqa", "body"), ("gqa", "oneliner")])
def test_the_same_offsets_in_another_text_are_no_overlap(entry: str, section: str) -> None:
    elsewhere = quote("one head", TEXT.index("one head"), entry, section)
    assert not conveys_strictly([elsewhere], "It shares one head.", ENTRY)


def test_a_sentence_that_stands_twice_is_conveyed_by_either_place() -> None:
    second = TEXT.rindex("It caches") + 3
    assert conveys_strictly([quote("caches", second)], "It caches keys.", ENTRY)


def test_word_recall_is_over_distinct_content_words_of_all_quotes_together() -> None:
    # caches, keys, shares, heads: the first and the third are quoted.
    quotes = [quote("Caches it."), quote("It SHARES a head.", entry="mqa")]
    assert word_recall(quotes, "It caches keys, caches and shares heads.") == 0.5
    assert word_recall([], "It caches keys.") == 0
    assert word_recall(quotes, "...") == 0


def test_most_of_the_content_words_convey_a_sentence_but_not_strictly() -> None:
    sentence = "one two three four five six seven eight nine ten"
    seven = [quote("one two three four five six seven", entry="mqa")]
    six = [quote("one two three four five six", entry="mqa")]
    assert conveys(seven, sentence, ENTRY)
    assert not conveys_strictly(seven, sentence, ENTRY)
    assert not conveys(six, sentence, ENTRY)


@pytest.mark.parametrize(
    ("quotes", "is_shown"),
    [
        (["It costs\n> 14 EUR."], False),
        (["It costs\n  14 EUR."], True),
        (["It costs", "14 EUR."], True),
        ([r"it costs 14\ EUR"], True),
        (["It costs 15 EUR."], False),
        ([], False),
    ],
)
def test_a_text_is_shown_as_readers_take_it_in(quotes: list[str], is_shown: bool) -> None:
    assert shows(quotes, ["nothing of this", "Costs 14 EUR"]) is is_shown
