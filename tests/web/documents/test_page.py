from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import urldefrag, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed
from markup import Page, page_at

from entrywise.data.entries import Block, KnowledgeBase, Section
from entrywise.data.source import read_knowledge_base
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app
from entrywise.web.documents.html import Documents
from entrywise.web.documents.page import contents, shown_sections, unwrapped

TOUR = "/?q=how+do+I+book+a+guided+tour+of+the+museum"
ZORBITAL = "/?q=what+is+a+zorbital"


def test_what_is_no_markdown_is_text_with_its_quote_marked(museum: KnowledgeBase) -> None:
    visit = museum["visit"]
    plain = replace(visit.sections[0], text="<b>*x*</b> y", is_markdown=False)
    entry = replace(visit, sections=(plain, *visit.sections[1:2]))
    first, second = shown_sections(Documents(museum), entry, ("introduction", 3, 6))
    assert first.html == ('<p class="text">&lt;b&gt;<mark id="quote">*x*</mark>&lt;/b&gt; y</p>')
    assert "quote" not in second.html
    assert contents([first, second]) == []


def test_a_document_is_a_page_with_contents_and_headings(visitor: TestClient) -> None:
    html = visitor.get("/entry/visit").text
    seen = Page(html)
    assert [seen.tags.count(tag) for tag in ("h1", "h3")] == [1, 3]
    assert '<h2 id="section-tickets">Tickets</h2>' in html
    # A heading that only others stand below is found like them.
    above = "above-0-section-the-café"
    assert f'<h2 id="{above}">Food</h2>' in html
    assert f"#{above}" in seen.addresses
    # Headings of one name may come again: sections are no landmarks.
    assert html.count('<section class="document">') == html.count('class="document"')
    for name in ("tickets", "booking-a-guided-tour", "the-café", "the-kiosk"):
        assert f"#section-{name}" in seen.addresses
        assert f"section-{name}" in seen.ids
    assert "On this page" not in page_at(visitor, "/entry/rooms/index").text
    assert "*every" not in seen.text
    assert "| Adult" not in seen.text
    # Above the text, on a phone, it would fill the window.
    assert '<details class="contents">' in html
    # What may be asked of it would be its headings once more.
    assert "Ask about" not in seen.text


@pytest.mark.parametrize("path", ["/entry/visit", "/entry/rooms/index", TOUR, "/entry/hostile"])
def test_every_link_of_a_page_leads_somewhere(visitor: TestClient, path: str) -> None:
    seen = page_at(visitor, path)
    assert len(seen.ids) == len(set(seen.ids))
    for address in seen.addresses:
        place, anchor = urldefrag(address)
        if not urlsplit(place).scheme:
            response = visitor.get(place or path)
            assert response.status_code == 200, address
            assert not anchor or anchor in Page(response.text).ids, address


def test_links_in_a_chat_lead_to_pages_of_this_server(visitor: TestClient) -> None:
    asked = {"role": "user", "content": "how do I book a guided tour?"}
    answered = visitor.post(
        "/v1/chat/completions", json={"model": "entrywise", "messages": [asked]}
    )
    said = answered.json()["choices"][0]["message"]["content"]
    assert "](http://testserver/entry/rooms/index#section-opening-hours)" in said
    assert "](rooms/" not in said


def test_a_page_leads_to_where_it_can_be_changed(visitor: TestClient) -> None:
    assert "https://museum.example/edit/visit.md" in page_at(visitor, "/entry/visit").addresses
    assert "Edit this page" not in page_at(visitor, "/entry/rooms/index").text


def test_an_answer_and_its_sources_are_rendered(visitor: TestClient) -> None:
    html = visitor.get(TOUR).text
    body = html.split('class="parts"')[1]
    code = '<code class="whole">tour --book</code>'
    for element in ("<ol><li", code, "<pre", "tour --book &lt;day&gt;"):
        assert element in body
    assert "```" not in body
    # Nothing stands around a whole section.
    assert '<blockquote class="document entire">' in body.split('class="sources"')[1]
    place = next(a for a in Page(html).addresses if a.endswith("#quote"))
    assert "quote" in page_at(visitor, place).ids


def test_the_same_comes_as_a_stream(visitor: TestClient) -> None:
    stream = visitor.post("/chat", json={"question": "how do I book a guided tour"}).text
    assert '<div class=\\"document\\">' in stream


@pytest.mark.parametrize(
    "path",
    [
        "/entry/hostile",
        "/entry/hostile?" + urlencode({"section": "introduction", "start": 0, "end": 20}),
        ZORBITAL,
        "/compare?a=hostile&b=visit",
        "/browse",
        "/map",
    ],
)
def test_what_a_document_holds_is_no_markup(visitor: TestClient, path: str) -> None:
    seen = page_at(visitor, path)
    assert not {"b", "img", "iframe", "style"} & set(seen.tags)
    assert all(src and src.startswith("/static/") for src in seen.scripts)
    assert not any(name == "style" or name.startswith("on") for name, _ in seen.attributes)
    assert "49" not in seen.text
    for address in seen.addresses:
        # That of the page itself is whole.
        scheme = urlsplit(address.removeprefix("http://testserver")).scheme
        assert scheme in ("", "https", "mailto"), address
        assert "evil" not in address


def test_a_document_as_markdown_is_its_source_below_its_headings(visitor: TestClient) -> None:
    text = visitor.get("/entry/visit.md").text
    assert text.startswith(
        "# Visiting the museum\n\nThe museum is open *every day* but Monday.\n\n"
    )
    assert "\n\n## Tickets\n\n| Visitor | Price |\n" in text
    assert "\n\n## Food\n\n### The café\n\nIt is closed in [winter](rooms/missing.md).\n\n" in text


def test_in_a_list_a_document_is_its_first_paragraph(visitor: TestClient) -> None:
    first, *_ = visitor.get("/api/entries").json()["entries"]
    assert first["oneliner"] == "The museum is open every day but Monday."


def test_side_by_side_documents_are_rendered(visitor: TestClient) -> None:
    html = visitor.get("/compare?a=visit&b=rooms/index").text
    assert '<td class="text"><div class="document"><p>The museum is open <em>every' in html


def test_pictures_of_the_knowledge_base_are_shown_and_no_others(
    tmp_path: Path, indexed: Indexed
) -> None:
    (tmp_path / "docs" / "img").mkdir(parents=True)
    (tmp_path / "docs" / "a.md").write_text(
        "# A\n\nThe switch: ![the switch](img/s.svg) ![gone](gone.png) ![x](http://evil.example/x.png)"
    )
    (tmp_path / "docs" / "img" / "s.svg").write_text(
        "<svg width='3' height='2' onload='alert(1)'/>"
    )
    root = indexed(read_knowledge_base(tmp_path / "docs"))
    with (
        Assistant.open(index=root, threshold=0.0) as assistant,
        TestClient(create_app(assistant)) as client,
    ):
        html = client.get("/entry/a").text
        shown = (
            '<img src="/picture/img/s.svg" alt="the switch" width="3" height="2" loading="lazy">'
        )
        assert shown in html
        assert html.count("<img") == 1
        assert "evil.example" not in html
        assert "/picture/img/s.svg" in client.get("/?q=where+is+the+switch").text
        found = client.get("/picture/img/s.svg")
        assert found.headers["content-type"] == "image/svg+xml"
        assert "sandbox" in found.headers["content-security-policy"]
        assert found.content == b"<svg width='3' height='2' onload='alert(1)'/>"
        for name in ("gone.png", "../a.md", "%2e%2e/%2e%2e/etc/passwd"):
            assert client.get(f"/picture/{name}").status_code == 404


FULL = "A line that is as long as an editor lets one become until"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{FULL}\nit breaks.\nSo.", f"{FULL} it breaks.\nSo."),
        (f"{FULL}\n\nit breaks.", f"{FULL}\n\nit breaks."),
        (f"{FULL}\n- an item\n1. a step\na) a point", f"{FULL}\n- an item\n1. a step\na) a point"),
        (f"{FULL}\n    indented", f"{FULL}\n    indented"),
        ("Mill Lane 4\n10115 Berlin", "Mill Lane 4\n10115 Berlin"),
    ],
)
def test_lines_of_plain_text_that_were_full_go_on(text: str, shown: str) -> None:
    section = Section("text", text, blocks=(Block("paragraph", 0, len(text), text),))
    assert unwrapped(section) == shown
    assert len(shown) == len(text)
    assert unwrapped(replace(section, is_markdown=True)) == text
    assert unwrapped(Section("text", text)) == text
