"""The texts of pages: all in one place, in each language."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from fastapi.testclient import TestClient
from indexes import Indexed
from markup import Page
from paths import ROOT
from text_files import flat

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.data.identity import Identity
from entrywise.data.languages import DEFAULT
from entrywise.index.index import Index
from entrywise.rag.answer import ABSENT, UNSUPPORTED, Citation
from entrywise.rag.assistant import Assistant
from entrywise.web.api.description import ANSWERS
from entrywise.web.app import create_app
from entrywise.web.pages.reference import routes
from entrywise.web.texts.catalogue import FOLDER, REFERENCES, texts_of

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
WEB = ROOT / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))
# A name, and what has no other word in any language.
NO_TEXT = {"Entrywise", "Markdown", "JSON", "openapi.json"}
# Pages that are being made anew, with their texts.
_JINJA = re.compile(
    r"\{% block (?:path|kind) %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)
_SAID_BY_ATTRIBUTES = ("aria-label", "placeholder", "title", "alt")


def blanks(texts: list[str]) -> set[str]:
    """What is filled in."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_the_same_and_fills_in_the_same(language: str) -> None:
    english, other = flat(FOLDER, "en"), flat(FOLDER, language)
    assert list(other) == list(english)
    assert {name: blanks(texts) for name, texts in other.items()} == {
        name: blanks(texts) for name, texts in english.items()
    }
    assert [len(texts) for texts in other.values()] == [len(texts) for texts in english.values()]
    assert all(text.strip() == text != "" for texts in other.values() for text in texts)


def test_what_every_format_says_pages_say_too() -> None:
    english = texts_of("en")
    assert (english("answer.absent"), english("answer.unsupported")) == (ABSENT, UNSUPPORTED)


# What is named by a value: `f"api.{kind}"`, "`votes.${vote}`", `"map.by_" ~ view`.
_FILLED = re.compile(r'f"(\w+\.[^"]*\{[^"]*)"|`(\w+\.[^`]*\$\{[^`]*)`')
_JOINED = re.compile(r'"(\w+\.\w*)" *[~+]')
# A group of which a value takes one: `labels("remark")`, `texts).theme[theme]`.
_GROUPS = re.compile(r'labels\("(\w+)"\)|texts\)\.(\w+)\[')
_TAKEN = re.compile(r'_groups\["(\w+)"\]\["(\w+)"\]')


def code(*patterns: str) -> str:
    """The code and the templates that name texts."""
    files = (path for pattern in patterns for path in ROOT.glob(pattern))
    return "\n".join(path.read_text("utf-8") for path in files)


def chosen(code: str) -> re.Pattern[str]:
    """The names of which some code chooses one by a value."""
    filled = (re.sub(r"\$?\{[^}]*\}", "*", "".join(found)) for found in _FILLED.findall(code))
    joined = (f"{start}*" for start in _JOINED.findall(code))
    groups = (f"{''.join(found)}.*" for found in _GROUPS.findall(code))
    names = [*filled, *joined, *groups, *map(".".join, _TAKEN.findall(code))]
    return re.compile("|".join(re.escape(name).replace(r"\*", r"\w+") for name in names))


def test_what_is_chosen_by_a_value_is_recognized() -> None:
    pattern = chosen('t("map.by_" ~ view) texts(f"problem.{told}_text") text(`votes.${vote}`)')
    for name in ("map.by_links", "problem.large_text", "votes.up"):
        assert pattern.fullmatch(name), name
    for name in ("map.links", "problem.large", "script.copied"):
        assert not pattern.fullmatch(name), name


def test_every_text_is_used() -> None:
    everywhere = code("data/*.py", "web/**/*.py", "web/templates/*.html", "web/static/js/*.js")
    widget, pattern = code("web/static/widget/*.js"), chosen(everywhere)

    def is_used(name: str) -> bool:
        # Those of documents stand instead of others.
        group, _, key = (name := name.removeprefix("documents.")).partition(".")
        is_said = group == "widget" and f'"{key}"' in widget
        is_named = f'"{name}"' in everywhere or f"'{name}'" in everywhere
        return is_said or is_named or pattern.fullmatch(name) is not None

    assert [name for name in flat(FOLDER, "en") if not is_used(name)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_text_of_its_own(path: Path) -> None:
    page = Page(_JINJA.sub(" ", path.read_text("utf-8")))
    attributes = [value or "" for name, value in page.attributes if name in _SAID_BY_ATTRIBUTES]
    words = re.findall(r"[A-Za-z.]{2,}", " ".join([*page.words, *attributes]))
    assert [word for word in words if word not in NO_TEXT] == []


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "1,200 pages"), ("de-AT", "1.200 Seiten"), ("", "1,200 pages"), ("xx", "1,200 pages")],
)
def test_the_language_is_that_of_the_knowledge_base_or_english(language: str, shown: str) -> None:
    texts = texts_of(language, holds_documents=True)
    assert texts("count.entries", count=1200) == shown
    assert texts.number(1200) == shown.partition(" ")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_documents_stands_instead_of_the_same_text(language: str) -> None:
    said = flat(FOLDER, language)
    start = "documents."
    for name, texts in said.items():
        if name.startswith(start):
            other = said[name.removeprefix(start)]
            assert texts != other
            assert (len(texts), blanks(texts)) == (len(other), blanks(other))


def test_pages_of_documents_speak_of_pages(kitchen: TestClient) -> None:
    addresses = ("/", "/browse", "/compare", "/map", "/entry/nothing")
    for address in addresses:
        said = " ".join(Page(kitchen.get(address).text).text.split())
        assert not re.search(r"\b[Ee]ntr(?:y|ies)\b", said), address
    assert "See all pages" in kitchen.get("/widget.js").text


def test_one_is_told_from_many() -> None:
    assert texts_of("en")("count.entries", count=1) == "1 entry"
    assert texts_of("en")("count.entries", count=0) == "0 entries"


@pytest.mark.parametrize(("language", "day"), [("en", "5 April 2026"), ("de", "5. April 2026")])
def test_a_day_is_written_as_people_do(language: str, day: str) -> None:
    texts = texts_of(language)
    assert texts.day("2026-04-05") == day
    assert texts.day("in spring") == "in spring"


def test_headings_stand_below_each_other_on_pages_alone() -> None:
    where = "Leaving > Notice"
    for is_markdown in (True, False):
        cited = Citation(1, "e", "E", "notice", 0, 1, "x", heading=where, is_markdown=is_markdown)
        assert texts_of("en").place(cited) == "Leaving\xa0› Notice"


@pytest.mark.parametrize(
    ("path", "is_said"),
    [
        ("/?q=what+is+GQA", True),
        ("/compare?a=gqa&b=mla", True),
        ("/compare", False),
        ("/browse", False),
        ("/entry/gqa", False),
        ("/map", False),
    ],
)
def test_what_numbers_are_is_said_where_there_are_some(
    client: TestClient, path: str, is_said: bool
) -> None:
    assert (texts_of("en")("layout.note") in client.get(path).text) == is_said


def test_a_value_is_not_taken_for_a_text() -> None:
    assert texts_of("en")("layout.about", title="{skip} {0.x}").count("{skip} {0.x}") == 1


def test_the_pages_of_a_german_knowledge_base_speak_german(indexed: Indexed) -> None:
    entries = (
        Entry("urlaub", "Urlaub", "leave", (Section("text", "Alle haben 30 Tage Urlaub."),)),
        Entry("reise", "Reise", "leave", (Section("text", "Mit der Bahn in zweiter Klasse."),)),
    )
    identity = Identity(title="Handbuch der Werkstatt", language="de")
    root = indexed(KnowledgeBase(entries, (Category("leave", "Freie Tage", 0),), identity))
    with Assistant(Index(root)) as assistant, TestClient(create_app(assistant)) as client:
        home = client.get("/").text
        assert '<html lang="de">' in home
        # The hint of the field is long, and so is the title beside it.
        assert 'class="palette wordy slim"' in home
        assert "Die Antwort wird aus 2 Einträgen zitiert" in home
        assert "Seite nicht gefunden" in client.get("/nirgends").text
        assert "Was die Adresse für „view“ angibt" in client.get("/map?view=reis").text
        assert "Wird nachgeschlagen …" in client.get("/widget.js").text
        for path in ("/entry/urlaub", "/compare?a=urlaub&b=reise", "/map", "/docs"):
            text = client.get(path).text
            assert "Zum Inhalt springen" in text
            assert not re.search(r"\b(Related|Category|Compare|Show|Skip)\b", Page(text).text)
        reference = client.get("/docs").text
        assert "Beantwortet eine Frage mit Zitaten" in reference
        assert "Text oder null" in reference
        assert "Answers made of" not in reference


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != DEFAULT])
def test_all_that_the_api_says_of_itself_is_said_in_each_language(
    client: TestClient, language: str
) -> None:
    api = client.get("/openapi.json").json()
    described = [
        ANSWERS,
        *(
            text
            for route in routes(api, "", texts_of(language))
            for text in (
                *route.paragraphs,
                *(field.description for field in (*route.fields, *route.returned)),
                *(meaning for _, meaning in route.answers),
            )
        ),
    ]
    english = {" ".join(text.split()) for text in described}
    assert english == set(tomllib.loads((REFERENCES / f"{language}.toml").read_text("utf-8")))
    assert all(texts_of(language).reference(text) != text for text in described)
    assert all(texts_of(DEFAULT).reference(text) == text for text in described)
