from __future__ import annotations

import numpy as np

from entrywise.data.entries import Block, Entry, Section
from entrywise.index.passages.units import unit_numbers, units_of, word_row


def entries() -> tuple[Entry, ...]:
    term = Entry("t", "Term", "c", (Section("a", "One."), Section("b", "Two.")), aliases=("T.",))
    cut = (Block("paragraph", 0, 4, "Plain."),)
    page = Entry(
        "guide/pto",
        "Paid time off",
        "c",
        (
            Section("introduction", "*Ab*", blocks=cut),
            Section("late", "*Cd*", ("Days", "Late"), "late", cut),
        ),
    )
    return term, page


def test_a_term_is_a_unit_and_so_is_each_section_of_a_document() -> None:
    term, page = entries()
    assert units_of([term, term]).tolist() == [[0, -1], [1, -1]]
    assert units_of([page, page]).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert units_of(()).shape == (0, 2)


def test_a_page_without_a_text_is_one_of_documents_all_the_same() -> None:
    _, page = entries()
    empty = Entry("e", "Empty", "c", (Section("introduction", ""),))
    assert units_of([empty, page]).tolist() == [[0, 0], [1, 0], [1, 1]]


def test_a_section_is_called_by_its_headings_its_document_and_the_file() -> None:
    term, page = entries()
    assert word_row(term, -1) == ("Term\n\nT.", "One.\nTwo.", "")
    assert word_row(page, 1) == ("Paid time off\n\nDays\nLate\npto", "Plain.", "")


def test_every_section_is_of_a_unit() -> None:
    places = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.int32)
    term, page = entries()
    assert unit_numbers(units_of([term, term]), places).tolist() == [0, 0, 1, 1]
    assert unit_numbers(units_of([page, page]), places).tolist() == [0, 1, 2, 3]
