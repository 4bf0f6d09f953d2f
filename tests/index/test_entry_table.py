from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from entrywise.data.entries import Entry, KnowledgeBase, Section
from entrywise.data.errors import IndexDamaged
from entrywise.index.entry_table import EntryTable, FileLines, encoded, stretch_of, write_entries


def table(folder: Path, entries: Sequence[Entry]) -> EntryTable:
    lines = stretch_of(map(encoded, entries))
    write_entries(folder / "lines", folder / "offsets.npy", [lines])
    return EntryTable(FileLines(folder / "lines", folder / "offsets.npy"))


def test_entries_come_back_as_they_were(tmp_path: Path, knowledge_base: KnowledgeBase) -> None:
    back = table(tmp_path, knowledge_base.entries)
    assert tuple(back) == knowledge_base.entries
    assert len(back) == 6
    assert back[0].papers == knowledge_base.entries[0].papers
    assert back[0].resources[0].label == "The paper"


def test_text_of_any_kind_comes_back(tmp_path: Path) -> None:
    text = 'Größe 注意力 🦙\u2028 line\nbreak \x00 "quoted" \\'
    told = Section("s", text, tells=((3, "use"), (9, "Sorten")), links=(("it", "a.md"),))
    entries = [Entry("a", text, "c", (told,)), Entry("b", "", "c", (), url="u")]
    assert list(table(tmp_path, entries)) == entries


@pytest.mark.parametrize("ordinal", [-1, 2, 100])
def test_an_ordinal_out_of_range_is_an_index_error(tmp_path: Path, ordinal: int) -> None:
    back = table(tmp_path, [Entry("a", "A", "c", ()), Entry("b", "B", "c", ())])
    with pytest.raises(IndexError, match=str(ordinal)):
        back[ordinal]


def test_an_entry_is_parsed_once(tmp_path: Path) -> None:
    back = table(tmp_path, [Entry("a", "A", "c", ())])
    assert back[0] is back[0]


def test_several_threads_may_read_at_once(tmp_path: Path, knowledge_base: KnowledgeBase) -> None:
    back = table(tmp_path, knowledge_base.entries * 50)
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(back.__getitem__, range(len(back))))
    assert read == list(knowledge_base.entries * 50)


def test_a_line_that_has_rotted_is_damage_and_the_others_are_read(tmp_path: Path) -> None:
    entries = [Entry(key, key.upper(), "c", (Section("s", "Text."),)) for key in "abc"]
    table(tmp_path, entries)
    lines = (tmp_path / "lines").read_bytes()
    (tmp_path / "lines").write_bytes(lines.replace(b'"b"', b'"d"'))
    back = EntryTable(FileLines(tmp_path / "lines", tmp_path / "offsets.npy"))
    assert (back[0], back[2]) == (entries[0], entries[2])
    with pytest.raises(IndexDamaged, match="entry 2 of the index is not what was written"):
        back[1]


@pytest.mark.parametrize("content", ["", "{}\n", "{}\n{}\n{}\n{}\n"])
def test_lines_that_do_not_fit_their_offsets_are_no_table(tmp_path: Path, content: str) -> None:
    table(tmp_path, [Entry("a", "A", "c", ())])
    (tmp_path / "lines").write_text(content)
    with pytest.raises(ValueError, match="lines"):
        EntryTable(FileLines(tmp_path / "lines", tmp_path / "offsets.npy"))


def test_lines_that_are_written_again_are_what_they_were(
    tmp_path: Path, knowledge_base: KnowledgeBase
) -> None:
    back = table(tmp_path, knowledge_base.entries)
    new = stretch_of([encoded(knowledge_base.entries[0])])
    again = [back.stretch(1, 3), back.stretch(5, 5), new, back.stretch(3, len(back))]
    write_entries(tmp_path / "again", tmp_path / "again.npy", again)
    order = (1, 2, 0, *range(3, len(back)))
    other = EntryTable(FileLines(tmp_path / "again", tmp_path / "again.npy"))
    assert tuple(other) == tuple(knowledge_base.entries[number] for number in order)
