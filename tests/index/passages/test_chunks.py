from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.index.passages.chunks import Span, as_spans, chunks, passage, sentences


def entry(*texts: str, expansion: str = "") -> Entry:
    sections = tuple(Section(f"s{number}", text) for number, text in enumerate(texts))
    return Entry("e", "Name", "c", sections, expansion=expansion)


def test_sentences_are_numbered_by_entry_and_section() -> None:
    table = sentences([entry("One. Two.", ""), entry("", "Three.")])
    assert table.dtype == np.int32
    assert table.tolist() == [[0, 0, 0, 4], [0, 0, 5, 9], [1, 1, 0, 6]]


def test_a_section_that_fits_is_one_chunk() -> None:
    table = sentences([entry("One. Two. Three.", "Four."), entry("Five.")])
    assert chunks(table).tolist() == [[0, 0, 0, 16], [0, 1, 0, 5], [1, 0, 0, 5]]


def test_a_long_section_is_cut_with_one_sentence_of_overlap() -> None:
    text = "Aaa bbb. Ccc ddd. Eee fff. Ggg hhh."
    table = chunks(sentences([entry(text)]), max_characters=18)
    cut = [text[start:end] for _, _, start, end in table]
    assert cut == ["Aaa bbb. Ccc ddd.", "Ccc ddd. Eee fff.", "Eee fff. Ggg hhh."]


def test_a_sentence_that_is_too_long_by_itself_is_a_chunk_of_its_own() -> None:
    text = "Short. This one is much too long. Tiny. End."
    table = chunks(sentences([entry(text)]), max_characters=12)
    cut = [text[start:end] for _, _, start, end in table]
    assert cut == ["Short.", "This one is much too long.", "Tiny. End."]


def test_no_entry_gives_empty_tables_of_the_same_shape() -> None:
    for table in (sentences([]), chunks(as_spans([]))):
        assert table.shape == (0, 4)
        assert table.dtype == np.int32


def test_chunks_of_the_small_knowledge_base_are_exact_quotes(
    knowledge_base: KnowledgeBase,
) -> None:
    entries = knowledge_base.entries
    table = chunks(sentences(entries)).tolist()
    texts = [(e, s, entries[e].sections[s].text[start:end]) for e, s, start, end in table]
    whole = [(e, s, t.text) for e, x in enumerate(entries) for s, t in enumerate(x.sections)]
    assert [row for row in texts if row[2] == entries[row[0]].sections[row[1]].text] == [
        row for row in whole if len(row[2]) <= 1000
    ]


@st.composite
def tables(draw: st.DrawFn) -> list[Span]:
    """Rows of sentences with gaps of up to two characters, in up to three sections."""
    rows: list[Span] = []
    for number in range(draw(st.integers(0, 3))):
        place = 0
        for gap, length in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 12)))):
            rows.append((number // 2, number % 2, place + gap, place + gap + length))
            place += gap + length
    return rows


@given(tables(), st.integers(1, 30))
def test_chunks_lose_nothing_and_keep_to_the_limit(rows: list[Span], limit: int) -> None:
    runs = [tuple(run) for run in chunks(as_spans(rows), limit).tolist()]
    held = [
        [row for row in rows if row[:2] == run[:2] and run[2] <= row[2] < run[3]] for run in runs
    ]
    assert sorted({row for run in held for row in run}) == sorted(rows)
    for run, inside in zip(runs, held, strict=True):
        assert (run[2], run[3]) == (inside[0][2], inside[-1][3])
        assert run[3] - run[2] <= limit or len(inside) == 1
    for before, after in pairwise(held):
        assert len(set(before) & set(after)) <= 1
        assert before[-1] < after[-1]


def test_a_passage_stands_under_its_entry_s_name() -> None:
    assert passage(entry("One. Two."), 0, 5, 9) == "Name: Two."
    assert passage(entry("One.", expansion="Long Name"), 0, 0, 4) == "Name (Long Name): One."
