from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Entry
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.index.passages.common_subject import common_subject, naming, title_words

VOCABULARY = {"the": 0, "port": 10, "bell": 20, "moor": 9_000}


def pages(
    count: int, title: str = "Page", said: str = "Oarlock", moored: str = "I Moor"
) -> Iterator[Entry]:
    for number in range(count):
        text = f"{moored} in a port with {said} {number}." if number % 5 else f"{moored}, {number}."
        sections = read_page(f"# {title} {number}\n\n{text}\n\n```\nwherry\n```").sections
        yield Entry(f"{number}", f"{title} {number}", "all", sections)


@pytest.mark.parametrize(
    ("entries", "subject"),
    [
        # Each says "moor", four of five "Oarlock", and "wherry" is code.
        (pages(20, said="Oarlock"), "moor"),
        (pages(20, title="Moor"), ""),
        (pages(20, title="moor-to"), ""),
        (pages(20, moored="I Moor-Bell.io"), "moor-bell.io"),
        (pages(20, moored="I Moor Bell"), "moor bell"),
        (pages(20, title="Bell: moor", moored="I Moor-Bell"), ""),
        # Three in four say it so.
        ([*pages(15, moored="I Moor-Bell"), *pages(5)], "moor"),
        (pages(9), ""),
        (pages(1_200), "moor"),
        ((), ""),
    ],
)
def test_it_is_the_rare_word_of_most_pages_that_is_in_no_title(
    entries: Iterable[Entry], subject: str
) -> None:
    assert common_subject([*entries], VOCABULARY) == subject


def test_usual_words_are_none() -> None:
    usual = {**VOCABULARY, "moor": 100}
    assert common_subject([*pages(20)], usual) == "oarlock"
    assert common_subject([*pages(20)], {**usual, "oarlock": 200}) == ""
    # Of other languages nothing tells which words are usual.
    assert common_subject([*pages(20)], {}) == ""


def test_a_word_that_is_said_of_one_and_of_several_is_none() -> None:
    assert common_subject([*pages(20, said="Oarlock: moors")], VOCABULARY) == "oarlock"
    assert common_subject([*pages(20, said="Oarlock: moors, oarlocks")], VOCABULARY) == ""


@pytest.mark.parametrize(
    ("title", "moored", "subject"),
    [
        # A word of the language is a name where it has a capital within sentences, or in the title.
        ("", "I moor", "oarlock"),
        ("Moor", "I moor", "moor"),
        ("The Oarlock", "I Moor", "oarlock"),
        # Or one that a word ends with.
        ("Lock", "I Moor", "oarlock"),
        ("Ock", "I Moor", "moor"),
    ],
)
def test_a_word_of_the_title_goes_before_others(title: str, moored: str, subject: str) -> None:
    usual = {**VOCABULARY, "lock": 6_000}
    assert common_subject([*pages(20, moored=moored)], usual, title) == subject


def test_of_a_word_of_the_title_half_of_the_pages_are_enough() -> None:
    entries = [*pages(14), *pages(9, said="Rope")]
    assert common_subject(entries, {**VOCABULARY, "moor": 9}, "Oarlock") == ""
    entries = [*pages(15), *pages(9, said="Rope")]
    assert common_subject(entries, {**VOCABULARY, "moor": 9}, "Oarlock") == "oarlock"
    assert common_subject(entries, {**VOCABULARY, "moor": 9}, "Ropes") == ""


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        ([f"Boat {number} part" for number in "abcde"], ("boat", "part")),
        ([f"Boat {number}" for number in "abcd"], ()),
        (["Boat"] * 9, ()),
        ([f"Boat {number} of Acme" for number in range(200)], ("acme", "boat", "of")),
        ([f"{letter} fact {'sheet'}" for letter in "abcde"], ("fact", "sheet")),
        ([f"Fact sheet on {letter}" for letter in "abcde"], ("fact", "on", "sheet")),
        ([*[f"{a} fact sheet" for a in "abcd"], *[f"{a} work sheet" for a in "abc"]], ("sheet",)),
        (
            [*[f"Boat {number}" for number in "abcde"], *[f"{number} x" for number in range(400)]],
            ("x",),
        ),
        ([], ()),
        ([f"{letter} {'fact ' * 3_000}" for letter in "abcde"], ("fact",)),
    ],
    ids=[
        *("first and last", "few", "one word", "many", "two at the end", "three", "not both"),
        *("of many few", "none", "long"),
    ],
)
def test_words_that_many_titles_have_at_an_end(titles: list[str], words: tuple[str, ...]) -> None:
    sections = read_page("Row.").sections
    entries = [Entry(f"{n}", title, "all", sections) for n, title in enumerate(titles)]
    assert title_words(entries) == words


def test_terms_have_none(glossary_index: Index) -> None:
    assert glossary_index.manifest.subject == ""
    assert glossary_index.manifest.title_words == ()


def test_a_subject_is_found_as_a_word_of_its_own() -> None:
    text = "Oarlock, oarlock's rim; not my-oarlock, oarlock.toml, oarlocks or x/oarlock"
    assert [found.start() for found in naming("oarlock").finditer(text)] == [0, 9]


def test_an_index_knows_it(indexed: Indexed, tmp_path: Path) -> None:
    for number in range(12):
        text = f"# Quay {number}\n\nRow with Oarlock to quay {number}.\n"
        (tmp_path / f"{number}.md").write_text(text, "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        assert index.manifest.subject == "oarlock"
