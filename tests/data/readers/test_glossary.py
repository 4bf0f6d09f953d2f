from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.entries import Category, Entry, Paper, Resource, Section
from entrywise.data.errors import KnowledgeBaseError
from entrywise.data.readers.glossary import GlossaryReader

Write = Callable[..., Path]
Change = Callable[[dict[str, Any]], object]

read = GlossaryReader().read


def entries(path: Path) -> dict[str, Entry]:
    return {entry.id: entry for entry in read(path).entries}


def test_an_entry_keeps_its_text_and_the_order_of_its_sections(
    glossary: dict[str, Any], write: Write
) -> None:
    glossary["entries"]["gqa"] |= {"fundamentals": " $n$ heads.\n", "explanation": "Why."}
    found = entries(write(glossary))
    assert found["gqa"].sections == (
        Section("oneliner", "One line."),
        Section("explanation", "Why."),
        Section("fundamentals", " $n$ heads.\n"),
    )
    assert [section.name for section in found["mla"].sections] == [
        "oneliner",
        "explanation",
    ]
    assert read(write(glossary)).categories == (Category("attention", "Attention", 0),)


def test_what_paragraphs_tell_is_read_by_the_words_that_they_begin_with(
    glossary: dict[str, Any], write: Write
) -> None:
    glossary["entries"]["gqa"] |= {
        "explanation": "Heads share keys. It saves memory. Llama uses it.",
        "tells": {"Llama uses": "use", "It saves": "cost"},
    }
    section = entries(write(glossary))["gqa"].sections[1]
    assert section.tells == ((18, "cost"), (35, "use"))


def test_references_are_read(glossary: dict[str, Any], write: Write) -> None:
    paper = {"title": "GQA", "authors": "Ainslie et al.", "venue": "EMNLP", "arxiv": "2305.13245"}
    glossary["entries"]["gqa"] |= {
        "foundational_papers": [paper, {"title": "Old", "arxiv": None}],
        "resources": [{"label": "Blog", "url": "https://example.org/gqa"}],
        "sources": ["a talk"],
    }
    gqa = entries(write(glossary))["gqa"]
    assert gqa.papers == (Paper(*paper.values()), Paper("Old"))
    assert gqa.resources == (Resource("Blog", "https://example.org/gqa"),)
    assert (gqa.sources, gqa.related, gqa.url) == (("a talk",), ("mla",), None)


@pytest.mark.parametrize("bad", ["a\nb", "a\x1b[2Jb", "a\u2029b", "a\u202eb"])
def test_ids_with_line_breaks_and_control_characters_are_refused(
    bad: str, glossary: dict[str, Any], write: Write
) -> None:
    glossary["entries"][bad] = {**glossary["entries"].pop("gqa"), "id": bad}
    with pytest.raises(KnowledgeBaseError, match="holds a line break or a control") as caught:
        read(write(glossary))
    assert str(caught.value).isprintable()


WRONG: dict[str, tuple[Change, str]] = {
    "missing field": (
        lambda g: g["entries"]["gqa"].pop("explanation"),
        "entry 'gqa', field 'explanation': is missing; add it",
    ),
    "unknown field": (
        lambda g: g["entries"]["gqa"].update(oneliners="x"),
        "entry 'gqa', field 'oneliners': is unknown; remove or rename it (nearest: 'oneliner')",
    ),
    "empty text": (
        lambda g: g["entries"]["gqa"].update(oneliner=""),
        "entry 'gqa', field 'oneliner': '' is empty; write it",
    ),
    "empty optional section": (
        lambda g: g["entries"]["gqa"].update(fundamentals=" "),
        "entry 'gqa', field 'fundamentals': ' ' is empty; write it",
    ),
    "paragraph that is not there": (
        lambda g: g["entries"]["gqa"].update(explanation="Why. Why?", tells={"Why": "reason"}),
        "entry 'gqa', field 'tells', field 'Why': the explanation has these words 2 times; "
        "write those that it has once",
    ),
    "wrong type": (
        lambda g: g["entries"]["gqa"].update(name=["GQA"]),
        "entry 'gqa', field 'name': ['GQA'] is no text; write it in quotes",
    ),
    "id is not the key": (
        lambda g: g["entries"]["gqa"].update(id="mla"),
        "entry 'gqa', field 'id': 'mla' differs from the entry's key; make them the same",
    ),
    "dangling link": (
        lambda g: g["entries"]["gqa"].update(related=["mlaa"]),
        "entry 'gqa', field 'related': 'mlaa' is no entry id; "
        "remove it or add the entry (nearest: 'mla')",
    ),
    "unknown category": (
        lambda g: g["entries"]["gqa"].update(category="attentoin"),
        "entry 'gqa', field 'category': 'attentoin' is no category id; "
        "correct it or add the category (nearest: 'attention')",
    ),
    "category lists no entry": (
        lambda g: g["categories"][0]["entries"].append("gqb"),
        ", field 'categories' item 1, field 'entries': 'gqb' is no entry id; "
        "remove it or add the entry (nearest: 'gqa')",
    ),
    "category lists a stranger": (
        lambda g: g["categories"].append({"id": "b", "label": "B", "order": 1, "entries": ["gqa"]}),
        ", field 'categories' item 2, field 'entries': "
        "'gqa' says that its category is 'attention'; list it there",
    ),
    "category twice": (
        lambda g: g["categories"].append(g["categories"][0]),
        ", field 'categories' item 2, field 'id': 'attention' is there twice; rename one of them",
    ),
    "category without label": (
        lambda g: g["categories"][0].pop("label"),
        ", field 'categories' item 1, field 'label': is missing; add it",
    ),
    "resource without address": (
        lambda g: g["entries"]["gqa"].update(resources=[{"label": "Blog"}]),
        "entry 'gqa', field 'resources' item 1, field 'url': is missing; add it",
    ),
    "unknown part": (
        lambda g: g.update(entrys={}),
        ", field 'entrys': is unknown; remove or rename it (nearest: 'entries')",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_mistake_is_one_line_with_file_place_and_remedy(
    case: str, glossary: dict[str, Any], write: Write
) -> None:
    change, message = WRONG[case]
    change(glossary)
    path = write(glossary)
    with pytest.raises(KnowledgeBaseError) as caught:
        read(path)
    separator = "" if message.startswith(",") else ": "
    assert str(caught.value) == f"{path}{separator}{message}"


def test_a_list_is_no_glossary_and_how_to_read_it_is_said(write: Write) -> None:
    path = write([{"question": "Where is it?", "answer": "At the pier."}])
    with pytest.raises(KnowledgeBaseError, match=r"is a list, and no glossary; .* as \.jsonl$"):
        GlossaryReader().read(path)


def test_the_same_entry_twice_is_refused(glossary: dict[str, Any], write: Write) -> None:
    text = json.dumps(glossary).replace('"mla": {', '"gqa": {')
    with pytest.raises(KnowledgeBaseError, match="the key 'gqa' is there twice in one object"):
        read(write(text))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
FIELDS = ("id", "name", "category", "oneliner", "related", "foundational_papers", "resources")


@given(value=JSON, field=st.sampled_from((*FIELDS, "", "entries", "categories")))
def test_whatever_the_json_says_only_our_error_comes_out(value: object, field: str) -> None:
    entry = dict.fromkeys(FIELDS, "a") | {field: value}
    category = {"id": "a", "label": "A", "order": 0, "entries": ["a"], field: value}
    whole = {"categories": [category], "entries": {"a": entry}, field: value}
    with TemporaryDirectory() as folder:
        path = Path(folder, "glossary.json")
        for content in (value, whole):
            path.write_text(json.dumps(content), encoding="utf-8")
            with pytest.raises(KnowledgeBaseError) as caught:
                read(path)
            assert "\n" not in str(caught.value)


@given(content=st.binary(max_size=40))
def test_whatever_the_bytes_are_only_our_error_comes_out(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "glossary.json")
        path.write_bytes(content)
        with pytest.raises(KnowledgeBaseError):
            read(path)
