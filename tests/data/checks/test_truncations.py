from __future__ import annotations

from dataclasses import replace

import pytest

from entrywise.data.checks.check import check
from entrywise.data.checks.truncations import truncations
from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.source import shipped

OTHERS = (
    "It runs in node.js, as node.js modules do.",
    "Settings are in app_config.json. Others are in user_config.json.",
)


def ends(*texts: str) -> list[str]:
    """What is wrong at the ends of some texts beside others that end well."""
    entries = (
        Entry(f"e{number}", f"E{number}", "a", (Section("text", text),))
        for number, text in enumerate([*OTHERS, *texts])
    )
    return [what for _, _, what in truncations(KnowledgeBase(tuple(entries), ()))]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "It is a server. Most of them are written in node.",
            "ends in 'node.'; elsewhere it goes on, 'node.js'",
        ),
        (
            "A template says how. It is kept in template_config.",
            "ends in 'template_config.'; elsewhere it goes on, 'app_config.json'",
        ),
        (
            "LangThing has states and long runs. LangThing 1.",
            "ends in 'LangThing 1.', which is no sentence",
        ),
        (
            "Knead the dough. Then let it rest for an hour and",
            "ends within a sentence, 'Then let it rest for an hour and'",
        ),
        (
            "Den Teig kneten. Danach muss er eine Stunde lang warm und",
            "ends within a sentence, 'Danach muss er eine Stunde lang warm und'",
        ),
    ],
)
def test_a_text_that_breaks_off_is_told(text: str, what: str) -> None:
    assert ends(text) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "flour, water and salt",
        "A bread. Gluten free",
        "It is kept in app_config.json.",
        "It was number 3. It has 4.",
        "It is a format. Its versions are 2.0 and 3.0.",
        "It says so (see page 3).",
        "Three steps. First: knead",
        "- Knead the dough.\n- Let it rest for an hour and bake it",
        "Is it vegan? Yes.",
        "",
    ],
)
def test_a_text_that_ends_is_not(text: str) -> None:
    assert ends(text) == []


def test_the_glossary_has_whole_texts_and_a_cut_one_is_a_warning() -> None:
    whole = shipped()
    assert [found for found in check(whole) if "its last sentence" in found.remedy] == []
    entry = whole["min-p"]
    text = entry.sections[-1]
    cut = replace(text, text=text.text + " It is popular in the llama.")
    entries = tuple(
        replace(entry, sections=(*entry.sections[:-1], cut)) if one is entry else one
        for one in whole
    )
    (found,) = [
        one for one in check(replace(whole, entries=entries)) if "its last sentence" in one.remedy
    ]
    assert (found.severity, found.entry, found.field) == ("warning", "min-p", text.name)


def test_a_word_of_many_letters_is_gone_through_once() -> None:
    # From each of its letters on it would take hours.
    assert not ends("x" * 1_000_000)
