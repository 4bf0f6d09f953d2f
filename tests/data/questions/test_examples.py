from __future__ import annotations

from dataclasses import replace

import pytest
from growth import grows_linearly

from entrywise.data.entries import Block, Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.data.questions import examples
from entrywise.index.listing.pairs import pairs


def explained(*entries: Entry) -> list[str]:
    """The examples made of entries of two categories."""
    known = KnowledgeBase(entries, (Category("a", "A", 0), Category("b", "B", 1)))
    listed = known.entries
    compared = [(listed[one], listed[other]) for one, other in pairs(known)]
    return list(examples.questions(known, compared))


def document(entry_id: str, name: str, category: str = "a", text: str = "Text.") -> Entry:
    return Entry(entry_id, name, category, (Section("introduction", text),))


def test_documents_are_explained_one_of_each_category_in_turn() -> None:
    questions = explained(
        document("a/short", "Short"),
        document("a/long", "Long", text="Much more text."),
        document("b/other", "Other", "b"),
    )
    assert questions == ["Explain Long", "Explain Other", "Explain Short"]


def test_long_titles_come_last_and_those_of_two_documents_not_at_all() -> None:
    questions = explained(
        document("a/1", "How we travel and pay for it", text="Much more text."),
        document("a/2", "Travel"),
        document("a/3", "Expenses"),
        document("b/3", "Expenses", "b"),
    )
    assert questions == ["Explain Travel", "Explain How we travel and pay for it"]


@pytest.mark.parametrize("title", ["How do I travel?", "出張はどうしますか？"])
def test_a_title_that_is_a_question_asks_by_itself(title: str) -> None:
    assert explained(document("a/1", title)) == [title]


def test_in_german_a_page_is_asked_for_by_its_title_and_a_term_by_what_it_is() -> None:
    page, term = headed("a/1", "Brot backen", "Ofen"), document("a/2", "Hefe")
    known = KnowledgeBase((page, term), (Category("a", "A", 0),), Identity(language="de"))
    asked = [*examples.questions(known, [])]
    assert {*asked} == {"Brot backen: Ofen", "Worum geht es in „Brot backen“?", "Was ist Hefe?"}


def test_what_is_written_as_a_question_comes_first() -> None:
    asked = ("slow rise", "why is it flat", "Why is it dense?", "How long?")
    term = replace(document("a/1", "Yeast"), questions=asked)
    first = ["Why is it dense?", "How long?", "Slow rise", "Why is it flat"]
    assert examples.asked_first(term) == first
    other = replace(document("a/2", "Salt"), aliases=("NaCl",))
    assert explained(other, term)[1] == first[0]


def test_pages_that_name_each_other_are_not_told_apart() -> None:
    def linked(*pair: Entry) -> list[Entry]:
        return [replace(one, related=tuple(two.id for two in pair if two != one)) for one in pair]

    pages = linked(headed("a/1", "Travel", "Trains"), headed("a/2", "Expenses", "Cards"))
    assert not any("ifference" in question for question in explained(*pages))
    terms = linked(document("a/1", "Travel"), document("a/2", "Expenses"))
    assert "Difference between Travel and Expenses" in explained(*terms)


def test_the_name_of_a_file_is_no_title_where_there_are_titles() -> None:
    readme = document("README", "README", text="Much more text.")
    assert explained(readme, document("a/travel", "Travel")) == ["Explain Travel"]
    assert explained(readme) == ["Explain README"]


def headed(entry_id: str, name: str, *headings: str) -> Entry:
    """A document with a section below each heading."""
    blocks = (Block("paragraph", 0, 5, "Text."),)
    sections = (Section(one.lower(), "Text.", (one,), blocks=blocks) for one in headings)
    return Entry(entry_id, name, "a", tuple(sections))


def test_of_documents_a_section_is_named_that_no_other_is_called_like() -> None:
    questions = explained(
        headed("a/1", "Expenses", "Overview:", "Company card", "See also"),
        headed("a/2", "Travel", "Overview:", "See also"),
        headed("a/3", "The library", "When are you open?"),
    )
    assert questions[:2] == ["Expenses: Company card", "When are you open?"]
    assert "Explain Travel" in questions[2:]
    page = headed("a/1", "Expenses", "Overview:")
    assert examples.of_section(page, page.sections[0]) == "Expenses: Overview"


def test_of_documents_a_heading_of_several_words_is_rather_named_than_one_word() -> None:
    questions = explained(
        headed("a/1", "Holiday", "Booking", "Carrying over", "Buying days"),
        headed("a/2", "Equipment", "Laptops", "Phones"),
    )
    assert questions[:2] == ["Holiday: Carrying over", "Equipment: Laptops"]


def test_pages_of_questions_ask_first() -> None:
    asked = ("How do I book a berth?", "May my dog come along?", "Who pays for a lost key?", "Why?")
    questions = explained(
        headed("a/1", "Plans", "What do we do next year?", "Why do we need another crane?"),
        headed("a/2", "Questions", "Contact", *asked),
        headed("a/3", "Holiday", "Carrying over"),
    )
    assert questions[:2] == [*asked[:2]]
    assert "Holiday: Carrying over" in questions
    # Of several pages one each, so that no page speaks for all.
    both = [headed(f"a/{n}", f"FAQ {n}", *(f"{n}: {one}" for one in asked[:3])) for n in (1, 2)]
    assert explained(*both)[:2] == [f"1: {asked[0]}", f"2: {asked[0]}"]
    # Two are no page of questions: one of its headings stands for it, as of any page.
    few = explained(headed("a/1", "Plans", "Dates", *asked[:2]), headed("a/2", "Pay", "By card"))
    assert few[:2] == ["How do I book a berth?", "Pay: By card"]


def test_what_programs_are_written_with_is_named_last() -> None:
    questions = explained(
        headed("a/1", "Settings", "max_days (int)", "a.b c", "[dns] port"),
        headed("a/2", "Holiday", "max days", "Carrying over"),
    )
    assert questions[:2] == ["Holiday: max days", "Settings: max_days (int)"]


def test_documents_of_small_categories_come_last() -> None:
    pages = [document(f"b/{n}", f"Page {n}", "b") for n in range(40)]
    questions = explained(document("a/readme", "About this folder"), *pages)
    assert questions[0] == "Explain Page 0"
    assert questions[-1] == "Explain About this folder"


def star(points: int) -> list[Entry]:
    """One document that all others name, and that names all of them."""
    ids = [f"a/{number}" for number in range(points)]
    middle = replace(document("a/middle", "Middle"), related=tuple(ids))
    return [middle, *(replace(document(one, one), related=("a/middle",)) for one in ids)]


def test_an_entry_that_all_others_name_does_not_make_examples_slow() -> None:
    assert explained(*star(10))[0] == "Difference between Middle and a/0"
    stars = {size: star(size) for size in (500, 8_000)}
    assert grows_linearly(lambda points: explained(*stars[points]), 8_000)
