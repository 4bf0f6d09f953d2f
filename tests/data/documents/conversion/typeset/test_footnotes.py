from __future__ import annotations

from entrywise.data.documents.conversion.typeset.lines import Line
from entrywise.data.documents.conversion.typeset.pages import as_markdown


def page(*texts: str, notes: tuple[str, ...] = (), title: str = "") -> list[Line]:
    lines = [Line(text, 10, False, n, 0.9 - n / 20) for n, text in enumerate(texts)]
    small = [Line(text, 8, False, 50, 0.3 - n / 50) for n, text in enumerate(notes)]
    head = [Line(title, 20, False, 60, 0.95)] if title else []
    return [*head, *lines, *small]


def blocks(*pages: list[Line]) -> list[str]:
    return as_markdown(pages).split("\n\n")[1:]


def test_notes_come_behind_what_goes_on_below_them() -> None:
    notes = ("1 But not all", "of them.", "2 See.")
    first = page("Oars are long.", "They are kept in", notes=notes, title="Oars")
    assert blocks(first, page("the shed of the club.", "Sails are dry.")) == [
        "Oars are long.",
        "They are kept in the shed of the club.",
        "1 But not all of them.",
        "2 See.",
        "Sails are dry.",
    ]


def test_a_note_at_the_end_is_kept_and_nothing_goes_on_in_it() -> None:
    first = page("Oars are long.", notes=("† Not all",), title="Oars")
    last = page("or so.", notes=("1 Not all.",))
    assert blocks(first, last) == ["Oars are long.", "† Not all", "or so.", "1 Not all."]
    assert blocks(page("Oars.", notes=("1 Not all",)), page("Row.")) == [
        "Oars.",
        "1 Not all",
        "## Page 2 {#page=2}",
        "Row.",
    ]


def test_small_lines_that_no_mark_or_each_a_number_begins_are_no_notes() -> None:
    for notes in (("of all clubs",), ("3 if oars:", "4 (row)"), ("1 oar", "3 sails"), ("3. Oars",)):
        first = page("They are kept in", notes=notes, title="Oars")
        assert "They are kept in the shed." not in blocks(first, page("the shed."))
