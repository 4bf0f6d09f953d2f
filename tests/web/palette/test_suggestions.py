from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed

from entrywise.data.entries import KnowledgeBase
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.web.app import create_app


def suggested(client: TestClient, typed: str, **more: Any) -> list[dict[str, str]]:
    response = client.get("/suggest", params={"q": typed, **more})
    assert response.status_code == 200
    found: list[dict[str, str]] = response.json()
    return found


def texts(found: list[dict[str, str]], kind: str) -> list[str]:
    return [one["text"] for one in found if one["kind"] == kind]


def test_an_entry_comes_with_what_it_is_and_where_it_lies(
    client: TestClient, knowledge_base: KnowledgeBase
) -> None:
    assert suggested(client, "gq", names=True) == [
        {
            "kind": "entry",
            "text": "GQA",
            "what": knowledge_base["gqa"].oneliner,
            "place": "Attention",
            "path": "/entry/gqa",
        }
    ]


@pytest.mark.parametrize("typed", ["what is gq", "tell me how grouped q", "why gruoped query"])
def test_the_last_words_are_completed_and_slips_forgiven(client: TestClient, typed: str) -> None:
    assert texts(suggested(client, typed), "entry") == ["GQA"]


def test_a_question_is_completed_with_the_name_that_it_is_about_to_end_in(
    client: TestClient,
) -> None:
    found = suggested(client, "what is gq")
    assert "what is GQA" in texts(found, "question")
    assert {"kind": "question", "path": "/?q=what+is+GQA"}.items() <= found[-1].items()


def test_a_name_that_is_complete_completes_nothing(client: TestClient) -> None:
    assert "what is GQA" not in texts(suggested(client, "what is gqa"), "question")


def test_questions_that_entries_answer_are_offered(
    knowledge_base: KnowledgeBase, indexed: Indexed
) -> None:
    gqa = knowledge_base["gqa"]
    asked = ("How can query heads share key heads?", "how can heads share kyes", "why heads")
    root = indexed(replace(knowledge_base, entries=(replace(gqa, questions=asked),), asked=()))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        assert texts(suggested(client, "how can query heads"), "question") == [asked[0]]
        assert "Why heads" not in texts(suggested(client, "why heads"), "question")


def test_a_question_with_all_words_comes_before_names_that_begin_with_the_last_one(
    knowledge_base: KnowledgeBase, indexed: Indexed
) -> None:
    gqa = replace(knowledge_base["gqa"], questions=("How long is attention kept?",))
    identity = replace(knowledge_base.identity, examples=("Why is my attention lost?",))
    small = replace(knowledge_base, entries=(gqa,), identity=identity, asked=())
    with (
        Assistant(Index(indexed(small))) as assistant,
        TestClient(create_app(assistant)) as client,
    ):
        for typed, asked in [
            ("why is my attention", identity.examples),
            ("is my attention lo", identity.examples),
            ("how long is attention", gqa.questions),
        ]:
            found = suggested(client, typed)
            assert (found[0]["kind"], found[0]["text"]) == ("question", asked[0])
        # A name that is typed out, or that is being typed, is what one looks for.
        assert suggested(client, "attention")[0]["text"] == "GQA"
        assert suggested(client, "why is my gqa")[0]["text"] == "GQA"


def test_words_that_only_ask_are_no_slip_in_a_name(
    knowledge_base: KnowledgeBase, indexed: Indexed
) -> None:
    gqa = replace(knowledge_base["gqa"], aliases=("xymoduli",))
    root = indexed(replace(knowledge_base, entries=(gqa,), asked=()))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        assert texts(suggested(client, "what is my moduli"), "entry") == []
        assert texts(suggested(client, "what is zymoduli"), "entry") == ["GQA"]


def test_a_short_word_at_the_end_names_nothing_by_accident(client: TestClient) -> None:
    assert texts(suggested(client, "what is the"), "entry") == []
    assert texts(suggested(client, "what is gqa of a"), "entry") == ["GQA"]
    assert texts(suggested(client, "how do I"), "entry") == []
    assert texts(suggested(client, "what is -it"), "entry") == ["-it / -Instruct"]


def test_a_short_word_of_the_texts_may_be_on_its_way_to_a_name(
    knowledge_base: KnowledgeBase, indexed: Indexed
) -> None:
    gqa, mla = knowledge_base["gqa"], knowledge_base["mla"]
    said = replace(gqa.sections[0], text=f"{gqa.sections[0].text} ML runs it, and an MLP.")
    asked = ("Is ML run on MLP and CPU?", "MLA or GQA, which is smaller?")
    entries = (replace(gqa, sections=(said, *gqa.sections[1:]), questions=asked), mla)
    small = replace(knowledge_base, entries=entries, asked=())
    with (
        Assistant(Index(indexed(small))) as assistant,
        TestClient(create_app(assistant)) as client,
    ):
        found = suggested(client, "difference between gqa and ml")
    assert texts(found, "entry") == ["MLA", "GQA"]
    assert texts(found, "question") == ["difference between gqa and MLA", asked[1]]


@pytest.mark.parametrize("typed", ["difference between gq", "compare gq", "what is the diff"])
def test_a_comparison_is_no_question_before_its_second_name(
    knowledge_base: KnowledgeBase, indexed: Indexed, typed: str
) -> None:
    entries = (knowledge_base["gqa"], replace(knowledge_base["mla"], name="Diffusion"))
    root = indexed(replace(knowledge_base, entries=entries, asked=()))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        asked = texts(suggested(client, typed), "question")
        assert not {f"{typed}A", f"{typed[:-2]}GQA", "what is the Diffusion"} & {*asked}
        assert "compare gqa with Diffusion" in texts(
            suggested(client, "compare gqa with diffu"), "question"
        )


def test_a_heading_with_all_words_comes_before_pages_that_begin_with_the_last_one(
    kitchen: TestClient,
) -> None:
    found = suggested(kitchen, "egg poach")
    assert [one["kind"] for one in found[:2]] == ["section", "page"]


def test_names_that_are_typed_out_are_offered_whatever_follows(client: TestClient) -> None:
    assert texts(suggested(client, "how does gqa wrk"), "entry") == ["GQA"]
    assert texts(suggested(client, "gqa for loong contexts"), "entry") == ["GQA"]


def test_a_title_completes_no_question_but_a_name_does(kitchen: TestClient) -> None:
    assert texts(suggested(kitchen, "how do I make a crem"), "question") == []
    assert texts(suggested(kitchen, "what is poac"), "question") == ["what is Poaching"]


def test_no_line_is_shown_twice(client: TestClient) -> None:
    found = suggested(client, "grouped que")
    lines = [one["what"] for one in found if one["what"]]
    assert len(lines) == len(set(lines))


def test_before_anything_is_typed_there_are_examples(client: TestClient) -> None:
    found = suggested(client, " ")
    assert {one["kind"] for one in found} == {"example"}
    assert suggested(client, "", names=True) == []


@pytest.mark.parametrize("typed", ["poach", "how do I poach", "poahcing"])
def test_pages_of_documents_are_found_by_their_titles(kitchen: TestClient, typed: str) -> None:
    (page,) = [one for one in suggested(kitchen, typed) if one["kind"] == "page"]
    assert (page["text"], page["path"]) == ("Poaching", "/entry/techniques/poaching")


def test_a_heading_leads_to_its_place_and_says_what_is_above_it(kitchen: TestClient) -> None:
    found = [one for one in suggested(kitchen, "poaching egg") if one["kind"] == "section"]
    assert found
    page, _, anchor = found[0]["path"].partition("#")
    assert f'id="{anchor}"' in kitchen.get(page).text
    assert found[0]["place"].startswith("Poaching")


@pytest.mark.parametrize("typed", ["fingers", "where are the finger", "fing", "fingers pressed"])
def test_what_only_texts_say_is_found_in_them(kitchen: TestClient, typed: str) -> None:
    (found,) = suggested(kitchen, typed)
    assert (found["kind"], found["text"]) == ("passage", "Focaccia")
    assert "with the fingers before" in found["what"]
    marked = kitchen.get(found["path"]).text.partition('id="quote"')[2].partition("</")[0]
    assert "with the fingers before" in marked


def test_a_short_word_is_looked_for_as_a_whole_one(kitchen: TestClient) -> None:
    assert {one["text"] for one in suggested(kitchen, "pan")} == {"Focaccia"}


@pytest.mark.parametrize(
    ("typed", "heading"), [("curdels", "Why it curdles"), ("why does it crudles", "Why it curdles")]
)
def test_the_last_word_of_a_heading_may_be_misspelt_where_nothing_is_found(
    kitchen: TestClient, typed: str, heading: str
) -> None:
    assert texts(suggested(kitchen, typed), "section") == [heading]


def test_a_short_last_word_is_what_texts_have_to_hold(kitchen: TestClient) -> None:
    every = set(texts(suggested(kitchen, "water pan"), "passage"))
    assert every == {"Focaccia"}


@pytest.mark.parametrize("typed", ["how do I", "what", "where is it", "show me"])
def test_words_that_only_ask_find_no_texts(kitchen: TestClient, typed: str) -> None:
    assert texts(suggested(kitchen, typed), "passage") == []


@pytest.mark.parametrize("typed", ["how do I press", "water pan", "flour salt", "pan"])
def test_each_text_shows_a_word_that_was_typed(kitchen: TestClient, typed: str) -> None:
    found = [one for one in suggested(kitchen, typed) if one["kind"] == "passage"]
    assert found
    last = typed.split()[-1]
    assert all(re.search(rf"\b{last}", one["what"], re.IGNORECASE) for one in found)


def test_texts_are_not_looked_through_where_names_are_found(client: TestClient) -> None:
    assert texts(suggested(client, "is"), "passage") == []


@pytest.mark.parametrize("typed", ["?", '"', "\udcc3", "x" * 20_000, "a\nb", "< & >", "1 " * 5_000])
def test_whatever_is_typed_is_answered(client: TestClient, typed: str) -> None:
    suggested(client, typed.encode(errors="replace").decode())
