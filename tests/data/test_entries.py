from __future__ import annotations

from entrywise.data.entries import Entry, Section


def test_an_entry_in_one_line_is_its_first_section_if_there_is_one() -> None:
    entry = Entry("a", "A", "c", (Section("text", "First."), Section("more", "Second.")))
    assert entry.oneliner == "First."
    assert Entry("a", "A", "c", ()).oneliner == ""


def test_what_a_place_tells_is_what_was_said_last_before_it() -> None:
    text = "Heads share keys. Llama does. It costs little."
    section = Section("text", text, tells=((18, "use"), (30, "cost")))

    assert section.told_at([0, 17, 18, 29, 30, 45]) == ["", "", "use", "use", "cost", "cost"]
    assert Section("text", text).told_at([20]) == [""]
