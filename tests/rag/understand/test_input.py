from __future__ import annotations

from entrywise.rag.understand.input import as_typed, cleaned


def test_letters_and_their_marks_are_read_as_one_character() -> None:
    assert cleaned("wie viele U\u0308berstunden?") == "wie viele Überstunden?"
    assert as_typed("U\u0308ber\nstunden") == "Über\nstunden"
