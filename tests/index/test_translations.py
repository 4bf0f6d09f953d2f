"""Pages that are there in several languages are found, and a question is answered from one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from entrywise import Assistant, build_index, read_knowledge_base
from entrywise.data.entries import Entry, Section
from entrywise.index.translations import Translations, translated, written_in

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


def _pages(texts: dict[str, str]) -> list[Entry]:
    return [
        Entry(id=page, name=page, category="pages", sections=(Section("text", text),))
        for page, text in texts.items()
    ]


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (("guide/a", "de/guide/a"), [{"guide/a", "de/guide/a"}]),
        (("en/guide/a", "de/guide/a", "en/b"), [{"en/guide/a", "de/guide/a"}]),
        (("docs/en/src/a", "docs/de/src/a"), [{"docs/en/src/a", "docs/de/src/a"}]),
        (("a", "a.de"), [{"a", "a.de"}]),
        (("a", "b", "de/c"), []),
        (("a", "api/a"), []),
    ],
)
def test_pages_of_one_path_are_translations(ids: tuple[str, ...], found: list[set[str]]) -> None:
    in_german = {one: "de" in one.replace(".", "/").split("/") for one in ids}
    entries = _pages({one: GERMAN if in_german[one] else ENGLISH for one in ids})

    pages, languages = translated(entries, "en")

    told: dict[int, set[str]] = {}
    for group, ordinal, number in pages.tolist():
        told.setdefault(group, set()).add(ids[ordinal])
        assert languages[number] == ("de" if in_german[ids[ordinal]] else "en")
    assert list(told.values()) == found


def test_a_folder_that_is_called_like_a_language_and_is_in_another_is_none() -> None:
    entries = _pages({"setup": ENGLISH, "cs/setup": ENGLISH, "it/setup": ENGLISH})
    pages, languages = translated(entries, "en")
    assert (len(pages), languages) == (0, ())


def test_what_has_most_pages_is_what_was_translated() -> None:
    entries = _pages({"de/a": GERMAN, "en/a": ENGLISH, "en/b": ENGLISH})
    assert written_in(entries) == "en"
    assert written_in([*entries, *_pages({"de/b": GERMAN, "de/c": GERMAN})]) == "de"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("harbour")
    texts = {"de/moorings": GERMAN, "en/moorings": ENGLISH, "en/showers": ENGLISH_ALONE}
    for page, text in texts.items():
        path = folder / "docs" / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build_index(read_knowledge_base(folder / "docs"), folder / "index")
    with Assistant.open(folder / "index", threshold=0.0) as assistant:
        yield assistant


@pytest.mark.parametrize(
    ("question", "page", "other"),
    [
        ("how much are mooring fees a night", "en/moorings", "de/moorings"),
        ("mooring fees", "en/moorings", "de/moorings"),
        ("was zahlt ein Boot je Nacht am Nordkai", "de/moorings", "en/moorings"),
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
    assert harbour.index.manifest.languages == ("de", "en")


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
    translations = Translations(pages, ("en", "pt", "pt-br"), own, units)
    for _ in range(2):
        assert translations.others(np.array(said)).tolist() == others
