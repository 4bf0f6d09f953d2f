from __future__ import annotations

from entrywise.rag.understand.input import as_typed, cleaned


def test_letters_and_their_marks_are_read_as_one_character() -> None:
    assert cleaned("wie viele U\u0308berstunden?") == "wie viele Überstunden?"
    assert as_typed("U\u0308ber\nstunden") == "Über\nstunden"


def test_lines_keep_their_indent_where_they_are_shown() -> None:
    pasted = "\x1b[31mwhy?\x1b[0m\r\n\r\n\r\nTraceback:\n  File  x\n\t\x1b[1mline \n\n"
    assert as_typed(pasted) == "why?\n\nTraceback:\n  File  x\n    line"
    assert cleaned(pasted) == "why? Traceback: File x line"
