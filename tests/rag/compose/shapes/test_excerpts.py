from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer


@pytest.fixture(scope="module")
def harbour(harbour_root: Path) -> Assistant:
    return Assistant.open(index=harbour_root)


def test_the_best_excerpt_is_first_under_its_headings(harbour: Assistant) -> None:
    answer = harbour.ask("what does a lost key cost?")
    first = answer.parts[0]
    assert (first.kind, first.heading, first.subject, first.aspect) == (
        "quote",
        "The store behind the crane > Keys",
        "ships/store",
        "excerpt",
    )
    assert "40 EUR" in first.text
    assert answer.status == "answered"


def test_what_no_text_names_is_told_above_what_is_near(harbour: Assistant) -> None:
    answer = harbour.ask("what does a lost key of the KT88 cost?")
    notice, quote, *_ = answer.parts
    assert (notice.kind, quote.kind) == ("notice", "quote")
    assert notice.text == "The knowledge base says nothing about “KT88”."
    assert answer.status == "partial"


def test_every_quote_stands_where_it_is_cited(harbour: Assistant, harbour_index: Index) -> None:
    answer = harbour.ask("how much is a winter night for a boat of 12 m?")
    assert answer.citations
    for citation in answer.citations:
        entry = harbour_index.entry(citation.entry)
        assert entry.text(citation.section)[citation.start : citation.end] == citation.quote
        assert citation.is_markdown


def test_what_answers_by_itself_is_told(harbour: Assistant) -> None:
    (first, *others) = harbour.ask("are sails kept in the store?").citations
    assert first.highlight is not None
    start, end = (place - first.start for place in first.highlight)
    assert first.quote[start:end] == "- sails, dried and folded"
    assert first.to_dict()["highlight"] == list(first.highlight)
    assert all(other.highlight is None for other in others)
    (steps, *_) = harbour.ask("how do I book a berth?").citations
    assert "highlight" not in steps.to_dict()


def test_a_citation_names_its_headings(harbour: Assistant) -> None:
    (first, *_) = harbour.ask("how do I book a berth?").citations
    assert (first.entry, first.section, first.heading) == (
        "berths",
        "booking-a-berth",
        "Booking a berth",
    )
    # A document without an address has none to lead to.
    assert first.url is None


def test_the_question_is_not_compared_by_titles(harbour: Assistant) -> None:
    answer = harbour.ask("Berths or lifeboats?")
    assert all(part.kind != "table" for part in answer.parts)
    assert answer.subjects.known == answer.subjects.unknown == ()


def test_what_is_near_but_no_answer_is_said_to_be_so(harbour_root: Path) -> None:
    strict = Assistant.open(index=harbour_root, threshold=1.0)
    answer = strict.ask("what does a lost key cost?")
    assert answer.status == "abstained"
    assert answer.citations == answer.suggestions == ()
    assert 1 <= len(answer.closest) <= 2
    best = answer.closest[0]
    assert (best.entry, best.section) == ("ships/store", "keys")
    text = strict.index.entry(best.entry).text(best.section)
    assert text[best.start : best.end] == best.quote
    assert "Nearest sections: The store behind the crane > Keys" in answer.text
    record = answer.to_dict()
    assert record["closest"][0]["quote"] == best.quote


def test_what_is_far_has_nothing_near(harbour: Assistant) -> None:
    answer = harbour.ask("zyxwvut qwertz asdf")
    assert answer.status == "abstained"
    assert answer.closest == ()


def test_status_is_told_by_confidence_alone(harbour_root: Path) -> None:
    open_to_all = Assistant.open(index=harbour_root)
    questions = ("Who is Zyxwvut?", "lost key", "Is Foo-7B here?", "berth", "what is 2+2")
    for answer in map(open_to_all.ask, questions):
        assert (answer.status == "abstained") == (answer.confidence < open_to_all.threshold)


def read_as(answer: Answer) -> str:
    return answer.read_as


def test_a_follow_up_goes_on_with_the_question_before(harbour: Assistant) -> None:
    before = ["what does a night cost for 8 m in summer?"]
    answer = harbour.ask("And in winter?", history=before)
    assert read_as(answer) == "what does a night cost for 8 m in winter?"
    assert "9 EUR" in answer.text
    alone = "whom do I have to call in an emergency"
    assert read_as(harbour.ask(alone, history=before)) == alone
