"""Titles of documents: which are names, and where other documents mention them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from entrywise.data.entries import Block, Entry, Section
from entrywise.index.passages.chunks import sentences
from entrywise.index.passages.rows import Mentions, Spans
from entrywise.index.passages.title_mentions import found_titles, own_titles, title_mentions


def page(title: str, *texts: str) -> Entry:
    sections = (
        Section(f"s{n}", text, blocks=(Block("paragraph", 0, len(text), text),), is_markdown=True)
        for n, text in enumerate(texts)
    )
    return Entry(title.lower(), title, "c", tuple(sections))


def mentions(entries: Sequence[Entry], spans: Spans) -> Mentions:
    return title_mentions(entries, spans, found_titles(entries, own_titles(entries), spans))


def mentioned(*entries: Entry) -> list[tuple[str, str]]:
    """The title of the document that mentions, and what it mentions, in order."""
    spans = sentences(entries, "en")
    found = []
    for row, named, start, end in mentions(entries, spans).tolist():
        entry, section, begin, _ = spans[row].tolist()
        text = entries[entry].sections[section].text
        assert text[begin + start : begin + end] == entries[named].name
        found.append((entries[entry].name, entries[named].name))
    return found


GRAFANA = page("Grafana", "It draws what is measured.")


def test_a_title_that_texts_write_as_a_name_is_mentioned() -> None:
    other = page("Stations", "They write to Grafana.", "Grafana shows them.")
    assert mentioned(GRAFANA, other) == [("Stations", "Grafana")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Installation takes a minute. The installation is free.",
        "Begin with the installation, then read Installation.",
        "Installation takes a minute.",
        "- Installation\n- Use",
    ],
)
def test_a_title_that_is_a_word_of_the_language_is_not(text: str) -> None:
    assert mentioned(page("Installation", "Copy the files."), page("Start", text)) == []


def test_a_number_is_no_name() -> None:
    assert mentioned(page("17", "A row."), page("Law", "It is protected under Title 17.")) == []


def test_a_title_that_is_referred_to_as_such_is_but_in_other_letters_is_not() -> None:
    first, other = "See Getting started for more.", "Getting STARTED is a part."
    pages = (page("Getting started", "Sit down."), page("A", first), page("B", other))
    assert mentioned(*pages) == [("A", "Getting started")]


def test_a_document_does_not_mention_itself_nor_one_of_two_of_a_name() -> None:
    assert mentioned(page("Grafana", "We use Grafana."), page("B", "Nothing.")) == []
    assert mentioned(GRAFANA, page("Grafana", "Other."), page("B", "We use Grafana.")) == []


def test_terms_have_names_of_their_own() -> None:
    term = Entry("x", "Grafana", "c", (Section("oneliner", "It draws."),))
    entries: Sequence[Entry] = (term, page("B", "We use Grafana."))
    found = mentions(entries, sentences(entries, "en"))
    assert (found.shape, found.dtype) == ((0, 4), np.int32)
