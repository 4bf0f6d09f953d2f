from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from urllib.parse import unquote, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient
from markup import Page

from entrywise.data.entries import DETAILS, Block, Entry, Section
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.log.logger import QuestionLogger
from entrywise.rag.log.questions import QuestionLog
from entrywise.web.app import create_app
from entrywise.web.pages.compare import SectionRow, other_sections, section_rows, shared_links


def seen(client: TestClient, query: str) -> Page:
    response = client.get(f"/compare?{query}")
    assert response.status_code == 200
    return Page(response.text)


def test_sections_of_the_same_name_stand_in_one_row() -> None:
    what, how = Section("what", "A is."), Section("how", "A does.")
    why, also = Section("why", "B must."), Section("what", "B is.")
    one, other = Entry("a", "A", "c", (what, how)), Entry("b", "B", "c", (why, also))
    assert section_rows([one, other]) == [
        SectionRow("what", (what, also)),
        SectionRow("how", (how, None)),
        SectionRow("why", (None, why)),
    ]


def test_what_a_table_says_of_two_is_a_row_for_each_field() -> None:
    def kettle(key: str, beside: str) -> Entry:
        return Entry(key, key, "c", (Section("text", "A kettle."), Section(DETAILS, beside)))

    _, price, colour = section_rows(
        [kettle("a", "Price: 20; Colour: red"), kettle("b", "Price: 30")]
    )
    assert (price.heading, [one and one.text for one in price.sections]) == ("Price", ["20", "30"])
    assert (colour.is_field, [one and one.text for one in colour.sections]) == (True, ["red", None])


def test_a_page_begins_beside_what_a_term_is() -> None:
    opening = Section("introduction", "A page.", blocks=(Block("paragraph", 0, 7, "A page."),))
    page, term = Entry("p", "P", "c", (opening,)), Entry("t", "T", "c", (Section("what", "T is."),))
    assert [row.name for row in section_rows([page, term])] == ["introduction"]


def test_sections_of_one_page_alone_are_named_and_not_set_beside_nothing() -> None:
    def page(key: str, *headings: str) -> Entry:
        blocks = (Block("paragraph", 0, 4, "Text"),)
        opening = Section("introduction", "Text", blocks=blocks)
        named = (Section(one.lower(), "Text", (one,), blocks=blocks) for one in headings)
        return Entry(key, key, "c", (opening, *named))

    pages = [page("a", "Use", "Build"), page("b", "Remove", "Use")]
    assert [row.name for row in section_rows(pages)] == ["introduction", "use"]
    assert [[one.name for one in own] for own in other_sections(pages)] == [["build"], ["remove"]]
    assert other_sections([pages[0], Entry("t", "T", "c", (Section("what", "T is."),))]) == []


def test_a_link_is_shared_when_two_entries_have_it() -> None:
    links = [("x", "y", "x"), ("y", "z"), ("w",)]
    entries = [Entry(str(n), "", "c", (), related=related) for n, related in enumerate(links)]
    assert shared_links(entries) == {"y"}


def test_two_entries_have_what_differs_and_all_their_fields(client: TestClient) -> None:
    text = seen(client, "a=gqa&b=mla").text
    for words in (
        "GQA and MLA",
        "What differs",
        "Side by side",
        "Keys and values are kept as one small latent vector",
        "EMNLP 2023",
        "10 April 2026, high confidence",
    ):
        assert words in text


def test_four_entries_stand_side_by_side_without_an_answer(client: TestClient) -> None:
    page = seen(client, "a=gqa&b=mla&c=lora&d=react")
    assert "What differs" not in page.text
    # Only LoRA has fundamentals.
    assert page.text.count("no such section") == 3


def columns(client: TestClient, query: str) -> list[str]:
    """The entries that the table sets side by side."""
    table = client.get(f"/compare?{query}").text.partition('<table class="columns')[2]
    return re.findall(r'<th scope="col"><a href="/entry/([^"]*)"', table)


@pytest.mark.parametrize(
    "query", ["a=GQA&b=MLA", "a=grouped-query+attention&b=mla", "a=+gqa+&b=mla&c=GQA"]
)
def test_entries_are_named_by_id_name_or_alias_and_each_shown_once(
    client: TestClient, query: str
) -> None:
    assert columns(client, query) == ["gqa", "mla"]


def test_an_entry_that_is_named_twice_is_said_where_it_is_repeated(client: TestClient) -> None:
    page = seen(client, "a=GQA&b=grouped+query+attention")
    assert "This entry is already chosen." in page.text
    assert [name for name in page.ids if name.startswith("wrong-")] == ["wrong-b"]
    assert "Side by side" not in page.text


def test_a_name_that_no_entry_has_is_said_with_what_may_be_meant(client: TestClient) -> None:
    page = seen(client, "a=gqa&b=latnet")
    assert "There is no entry of this name. Did you mean MLA?" in page.text
    assert "Side by side" not in page.text
    assert "wrong-b" in page.ids


def test_without_entries_there_is_the_form_alone(client: TestClient) -> None:
    page = seen(client, "")
    assert "Choose two entries" in page.text
    assert "table" not in page.tags
    # Of the six entries, only these two name each other.
    assert [a for a in page.addresses if a.startswith("/compare?")] == ["/compare?a=gqa&b=mla"]


def test_boxes_say_what_may_be_compared_and_are_no_more_than_needed(
    client: TestClient, kitchen: TestClient
) -> None:
    for opened, names in ((client, ["GQA", "MLA"]), (kitchen, ["Blanching", "Crème brûlée"])):
        html = opened.get("/compare").text
        assert re.findall('placeholder="e.g. ([^"]*)"', html) == names
    for query, hidden in (("", 2), ("a=gqa", 2), ("a=gqa&b=mla", 1), ("a=gqa&b=mla&c=lora", 0)):
        form = client.get(f"/compare?{query}").text.partition('class="sides"')[2]
        assert form.partition("</form>")[0].count("<div hidden>") == hidden


def test_a_comparison_that_nobody_asked_for_is_not_logged(
    small_index: Index, tmp_path: Path
) -> None:
    log = QuestionLog(tmp_path / "log")
    assistant = Assistant(small_index, observers=[QuestionLogger(log)])
    with TestClient(create_app(assistant)) as client:
        client.get("/compare?a=gqa&b=mla")
        client.get("/?q=what+is+GQA")
    assert [row.question for row in log.read()] == ["what is GQA"]


def test_an_answer_withheld_is_not_shown(small_index: Index) -> None:
    strict = create_app(Assistant(small_index, threshold=1.0))
    with TestClient(strict) as client:
        assert "What differs" not in seen(client, "a=gqa&b=mla").text


def test_what_differs_is_said_where_both_are_quoted_and_no_third(kitchen: TestClient) -> None:
    pages = [one["id"] for one in kitchen.get("/api/entries").json()["entries"]][:6]
    for one, other in combinations(pages, 2):
        page = seen(kitchen, urlencode({"a": one, "b": other}))
        quoted = {unquote(urlsplit(link).path) for link in page.addresses if "section=" in link}
        both = {f"/entry/{one}", f"/entry/{other}"}
        assert quoted == (both if "What differs" in page.text else set())
        assert "Side by side" in page.text


def test_pages_of_a_kitchen_have_nothing_in_common_to_be_led_to(
    kitchen: TestClient, client: TestClient
) -> None:
    assert "/compare" not in Page(kitchen.get("/").text).addresses
    assert "/compare" in Page(client.get("/").text).addresses
    assert kitchen.get("/compare").status_code == 200


def test_a_browser_offers_no_more_names_than_one_would_look_through(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/compare").text.count("<option ") == 6
    monkeypatch.setattr("entrywise.web.pages.compare._OFFERED", 2)
    assert client.get("/compare").text.count("<option ") == 2
