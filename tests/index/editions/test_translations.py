"""Pages that are there in several languages are found, and a question is answered from one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from indexes import documents, write_texts

from entrywise import Assistant, build_index, read_knowledge_base
from entrywise.index.editions.translations import Translations, translated, written_in

ENGLISH = """# Moorings

## Mooring fees

The harbour office takes 12 euros a night for each boat that stays at the north pier. Boats of
members are moored for nothing, and whoever leaves before noon pays half.
"""
GERMAN = """# Liegeplätze

## Gebühren der Liegeplätze

Das Hafenbüro nimmt 12 Euro je Nacht für jedes Boot, das am Nordkai liegt. Boote der Mitglieder
liegen umsonst, und wer vor dem Mittag ablegt, zahlt die Hälfte.
"""
ENGLISH_ALONE = """# Showers

## Hot water

Hot water in the shower house costs one token, which the harbour office sells for 2 euros a piece.
It lasts for six minutes, and the boiler is switched off between midnight and five.
"""


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (("guide/a", "de/guide/a"), [{"guide/a", "de/guide/a"}]),
        (("en/guide/a", "de/guide/a", "en/b"), [{"en/guide/a", "de/guide/a"}, {"en/b"}]),
        (("docs/en/src/a", "docs/de/src/a"), [{"docs/en/src/a", "docs/de/src/a"}]),
        (("a", "a.de"), [{"a", "a.de"}]),
        (("en/big_boats", "de/big-boats"), [{"en/big_boats", "de/big-boats"}]),
        (
            ("docs/a", "i18n/de/docusaurus-plugin-content-docs/current/a"),
            [{"docs/a", "i18n/de/docusaurus-plugin-content-docs/current/a"}],
        ),
        (
            ("versioned_docs/version-2/a", "i18n/de/docusaurus-plugin-content-docs/version-2/a"),
            [{"versioned_docs/version-2/a", "i18n/de/docusaurus-plugin-content-docs/version-2/a"}],
        ),
        (("docs/a", "i18n/de/docusaurus-plugin-content-docs/version-2/a"), []),
        (
            ("blog/a", "i18n/de/docusaurus-plugin-content-blog/a"),
            [{"blog/a", "i18n/de/docusaurus-plugin-content-blog/a"}],
        ),
        (("a", "b", "de/c"), []),
        (("a", "api/a"), []),
    ],
)
def test_pages_of_one_path_are_translations(ids: tuple[str, ...], found: list[set[str]]) -> None:
    in_german = {one: "de" in one.replace(".", "/").split("/") for one in ids}
    entries = documents({one: GERMAN if in_german[one] else ENGLISH for one in ids})

    pages, languages = translated(entries, "en")

    told: dict[int, set[str]] = {}
    for group, ordinal, number in pages.tolist():
        told.setdefault(group, set()).add(ids[ordinal])
        assert [*languages][number] == ("de" if in_german[ids[ordinal]] else "en")
    assert list(told.values()) == found


def test_a_folder_that_is_called_like_a_language_and_is_in_another_is_none() -> None:
    entries = documents({"setup": ENGLISH, "cs/setup": ENGLISH, "it/setup": ENGLISH})
    pages, languages = translated(entries, "en")
    assert (len(pages), languages) == (0, {})


def test_words_of_a_language_are_those_that_many_of_its_sections_have() -> None:
    texts = {"en/a": ENGLISH, "en/b": ENGLISH_ALONE, "de/a": GERMAN}
    _, languages = translated(documents(texts), "en")
    assert languages["en"][:2] == ("a", "and")
    assert "the" not in languages["de"]
    many = " ".join(f"word{number:03}" for number in range(400))
    _, languages = translated(documents({"en/a": f"{ENGLISH} {many}", "de/a": GERMAN}), "en")
    assert len(languages["en"]) == 300


def test_a_language_without_a_page_is_none_of_them() -> None:
    """All English ones are in `en-us`, so that is what the knowledge base is in."""
    pages, languages = translated(documents({"en-us/a": ENGLISH, "de/a": GERMAN}), "en")
    assert [*languages] == ["de", "en-us"]
    units = np.array([(0, 0), (1, 0)], np.int32)
    translations = Translations(pages, languages, "en", units)
    assert translations.unwanted("WPA3", np.zeros(2)).units.tolist() == [1]


def test_what_has_most_pages_is_what_was_translated() -> None:
    entries = documents({"de/a": GERMAN, "en/a": ENGLISH, "en/b": ENGLISH})
    assert written_in(entries) == "en"
    assert written_in([*entries, *documents({"de/b": GERMAN, "de/c": GERMAN})]) == "de"


def test_what_has_no_folder_is_the_original_though_a_page_more_is_in_another_language() -> None:
    entries = documents({"a": ENGLISH, "de/a": GERMAN, "de/b": GERMAN})
    assert written_in(entries) == "en"
    assert set(translated(entries, "en")[1]) == {"de", "en"}
    # A page above all languages is none.
    entries = documents({"a": ENGLISH, **{f"de/{name}": GERMAN for name in "abc"}})
    assert written_in(entries) == "de"


def test_nothing_is_written_in_english() -> None:
    assert written_in(()) == "en"


@pytest.mark.parametrize("first", ["en/a", "a"])
def test_where_all_is_translated_it_was_what_has_no_folder_or_english(first: str) -> None:
    assert written_in(documents({"de/a": GERMAN, first: ENGLISH})) == "en"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("harbour")
    texts = {"de/moorings": GERMAN, "en/moorings": ENGLISH, "en/showers": ENGLISH_ALONE}
    write_texts(folder / "docs", {f"{page}.md": text for page, text in texts.items()})
    build_index(read_knowledge_base(folder / "docs"), folder / "index")
    with Assistant.open(folder / "index", threshold=0.0) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "page", "other"),
    [
        ("how much are mooring fees a night", "en/moorings", "de/moorings"),
        ("mooring fees", "en/moorings", "de/moorings"),
        ("was zahlt ein Boot je Nacht am Nordkai", "de/moorings", "en/moorings"),
        # Both languages say the noun; what is around it is German.
        ("was kosten die Boote für das Token", "de/moorings", "en/moorings"),
    ],
)
def test_a_question_is_answered_in_its_language(
    harbour: Assistant, question: str, page: str, other: str
) -> None:
    found = [hit.entry for hit in harbour.ask(question).retrieved]
    assert found[0] == page
    assert other not in found


def test_a_page_that_is_not_translated_is_found_from_another_language(harbour: Assistant) -> None:
    found = {hit.entry for hit in harbour.ask("was zahlt ein Boot je Nacht am Nordkai").retrieved}
    assert "en/showers" in found


def test_an_index_is_in_the_language_of_what_was_translated(harbour: Assistant) -> None:
    assert harbour.index.language == "en"
    assert [*harbour.index.manifest.languages] == ["de", "en"]


@pytest.mark.parametrize(
    ("own", "said", "others"),
    [
        ("en", [0.50, 0.50, 0.50], [1, 2]),
        ("en", [0.50, 0.54, 0.50], [1, 2]),
        ("en", [0.50, 0.56, 0.50], [0, 2]),
        ("pt-BR", [0.50, 0.50, 0.50], [0, 1]),
        ("de", [0.04, 0.04, 0.04], []),
        ("de", [0.50, 0.40, 0.40], [1, 2]),
    ],
)
def test_another_language_has_to_say_clearly_more(
    own: str, said: list[float], others: list[int]
) -> None:
    """One page in three languages, each with one section."""
    pages = np.array([(0, 0, 0), (0, 1, 1), (0, 2, 2)], np.int32)
    units = np.array([(0, 0), (1, 0), (2, 0)], np.int32)
    translations = Translations(pages, {"en": (), "pt": (), "pt-br": ()}, own, units)
    for _ in range(2):
        assert translations.unwanted("mooring fees", np.array(said)).units.tolist() == others


@pytest.mark.parametrize(
    ("question", "others"), [("was ist WPA3", [0]), ("what is WPA3", [1]), ("WPA3", [1])]
)
def test_words_that_tell_no_subject_tell_the_language(question: str, others: list[int]) -> None:
    """One page in English and in German; what is asked about is called alike in both."""
    pages = np.array([(0, 0, 0), (0, 1, 1)], np.int32)
    units = np.array([(0, 0), (1, 0)], np.int32)
    frequent = {"en": ("is", "the", "was", "what"), "de": ("das", "ist", "was")}
    translations = Translations(pages, frequent, "en", units)
    assert translations.unwanted(question, np.array([0.8, 0.8])).units.tolist() == others


@pytest.mark.parametrize(("own", "behind"), [("en", [1, 2]), ("de", [2]), ("fr", [1])])
def test_what_is_there_in_a_third_language_alone_comes_behind(own: str, behind: list[int]) -> None:
    """A page in English and German, one in German and one in French alone, asked in English. What
    is in the language of the knowledge base is what there is to be translated."""
    pages = np.array([(0, 3, 0), (0, 0, 1), (2, 1, 0), (3, 2, 2)], np.int32)
    units = np.array([(0, 0), (1, 0), (2, 0), (3, 0)], np.int32)
    translations = Translations(pages, {"de": (), "en": (), "fr": ()}, own, units)
    told = translations.unwanted("mooring fees", np.array([0.9, 0.1, 0.1, 0.1]))
    assert told.units.tolist() == [3]
    assert told.entries.tolist() == behind
