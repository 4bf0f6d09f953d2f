from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.settings import load_settings
from entrywise.web.app import create_app
from entrywise.web.terms.terms import NO_TERMS, Linked, Terms

Written = Callable[..., str]


@pytest.fixture
def written(indexed: Indexed) -> Written:
    """Shows a text of the first of some entries, each given as a name and a text."""

    def show(text: str, *names: str, **aliases: tuple[str, ...]) -> str:
        entries = [Entry("a", "Alpha", "c", (Section("oneliner", text),))]
        entries += [
            Entry(
                name.lower(),
                name,
                "c",
                (Section("oneliner", "Something else."),),
                aliases=aliases.get(name, ()),
            )
            for name in names
        ]
        index = Index(indexed(KnowledgeBase(tuple(entries))))
        try:
            return str(Terms(index).of([("a", "oneliner")])(text))
        finally:
            index.close()

    return show


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="term" href="/entry/([^"]+)">([^<]+)</a>', html)


def test_a_name_leads_to_its_entry_the_first_time_that_it_is_mentioned(written: Written) -> None:
    html = written("GQA is like MQA, and GQA is better.", "GQA", "MQA")
    assert links(html) == [("gqa", "GQA"), ("mqa", "MQA")]
    assert re.sub("<[^>]+>", "", html) == "GQA is like MQA, and GQA is better."


def test_a_letter_leads_nowhere_and_one_sign_of_another_script_does(written: Written) -> None:
    html = written("A cup of K or R, or of 茶, or of KR.", "K", "R", "茶", "KR")
    assert links(html) == [("%E8%8C%B6", "茶"), ("kr", "KR")]


def test_an_entry_does_not_lead_to_itself(written: Written) -> None:
    assert links(written("Alpha is like GQA.", "GQA")) == [("gqa", "GQA")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We react to what attention gets.", "Attention"),
        ("Attention is what we give.", "Attention"),
        ("We react to it.", "ReAct"),
        ("Set n_heads to 8.", "GQA"),
    ],
)
def test_ordinary_words_and_identifiers_are_no_links(
    written: Written, text: str, name: str
) -> None:
    assert links(written(text, name, GQA=("n_heads",))) == []


def test_what_two_entries_are_called_leads_to_neither(written: Written) -> None:
    html = written("GQA and FP8.", "GQA", "MQA", GQA=("FP8",), MQA=("FP8",))
    assert links(html) == [("gqa", "GQA")]


def test_a_text_is_escaped_and_part_of_no_longer_word() -> None:
    linked = Linked({"GQA": "/entry/gqa"})
    assert linked("<b> GQAs pre-GQA GQA-x") == "&lt;b&gt; GQAs pre-GQA GQA-x"
    assert '&lt;b&gt; <a class="term"' in linked("<b> GQA")
    assert NO_TERMS.of([("a", "b")])("GQA") == "GQA"


INTRODUCED = "who introduced MLA?"


def test_neither_an_entry_nor_what_quotes_it_alone_leads_to_it(small_index: Index) -> None:
    mla = small_index.entry("mla")
    (text,) = (one for one in mla.sections if "introduced MLA" in one.text)
    terms, own = Terms(small_index), ("mla", text.name)
    assert links(terms.of([own])(text.text)) == []
    assert ("mla", "MLA") in links(terms.of([own, ("gqa", "oneliner")])(text.text))


def test_an_answer_does_not_lead_to_the_entry_that_it_quotes(client: TestClient) -> None:
    assert links(client.get("/", params={"q": INTRODUCED}).text) == []
    assert links(client.get("/entry/mla").text) == []


def test_what_programs_get_and_what_is_copied_has_no_links(client: TestClient) -> None:
    assert "<a " not in client.post("/api/ask", json={"question": INTRODUCED}).text
    page = client.get("/", params={"q": INTRODUCED}).text
    assert "term" not in re.findall("data-copies='([^']*)'", page)[0]


def test_names_in_what_is_compared_lead_to_their_entries(indexed: Indexed) -> None:
    def entry(name: str, text: str) -> Entry:
        return Entry(name.lower(), name, "a", (Section("text", text),))

    entries = (entry("GQA", "GQA shares keys."), entry("MLA", "MLA is smaller than GQA."))
    with (
        Assistant(Index(indexed(KnowledgeBase(entries)))) as assistant,
        TestClient(create_app(assistant)) as client,
    ):
        page = client.get("/compare?a=gqa&b=mla").text
    assert links(page.partition('<table class="columns')[2]) == [("gqa", "GQA")]


def test_they_are_off_by_a_setting(small_index: Index) -> None:
    settings = replace(load_settings(), term_links="off")
    with TestClient(create_app(Assistant(small_index), settings=settings)) as client:
        assert links(client.get("/", params={"q": INTRODUCED}).text) == []


def test_documents_lead_to_those_whose_titles_are_names(indexed: Indexed, tmp_path: Path) -> None:
    (tmp_path / "grafana.md").write_text("# Grafana\n\nIt draws what stations say.\n")
    (tmp_path / "holiday.md").write_text("# Holiday\n\nIt is 28 days.\n")
    text = (
        "## Grafana for all\n\nStations write to Grafana, `Grafana` and [Grafana](x.md).\n\n"
        "A holiday is no Holiday.\n\n    Grafana\n"
    )
    (tmp_path / "stations.md").write_text(f"# Stations\n\n{text}")
    with (
        Assistant(Index(indexed(read_knowledge_base(tmp_path)))) as assistant,
        TestClient(create_app(assistant)) as client,
    ):
        page = client.get("/entry/stations").text
        assert links(page) == [("grafana", "Grafana")]
        assert 'write to <a class="term"' in page
    (tmp_path / "entrywise.toml").write_text('title = "Grafana"')
    with (
        Assistant(Index(indexed(read_knowledge_base(tmp_path)))) as assistant,
        TestClient(create_app(assistant)) as client,
    ):
        assert links(client.get("/entry/stations").text) == []


def test_a_preview_says_what_an_entry_is_and_what_to_compare_it_with(client: TestClient) -> None:
    response = client.get("/preview/gqa")
    assert "Several query heads share" in response.text
    assert "/compare?a=gqa&amp;b=" in response.text
    assert "<html" not in response.text
    assert client.get("/preview/nothing").status_code == 404
