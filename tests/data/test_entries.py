from __future__ import annotations

from entrywise.data.entries import Entry, Section


def test_an_entry_in_one_line_is_its_first_section_if_there_is_one() -> None:
    entry = Entry("a", "A", "c", (Section("text", "First."), Section("more", "Second.")))
    assert entry.oneliner == "First."
    assert Entry("a", "A", "c", ()).oneliner == ""
