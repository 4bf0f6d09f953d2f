from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from indexes import Indexed
from stages import understood

from entrywise.data.entries import Section
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.index.similarity import similarities
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.candidates import SectionHit
from entrywise.rag.find.releases import (
    OF_A_THING,
    RELEASE,
    release_of,
    version_of,
)
from entrywise.rag.find.sections import find_sections

GUIDE = """# Kettle

## Lime

Pour in vinegar to descale the kettle, and boil it.

## Switching off

The kettle switches off by itself.
"""

NEWS = """# News

## Not released yet

## 2.1 (2026-03-01)

### Changes

How you descale the kettle is told.

## 2.0 (2025-11-20)

A timer for tea was added.

## 1.9

The lid is lighter.
"""


@pytest.mark.parametrize(
    ("heading", "version"),
    [
        ("0.28 (2019-05-19)", (0, 28)),
        ("[1.2.0] - 2024-01-03", (1, 2, 0)),
        ("Version 2.0.0b23 (not released yet)", (2, 0, 0)),
        ("Kettle 3.0.5", (3, 0, 5)),
        ("v1.10", (1, 10)),
        ("2024-03-01", (2024, 3, 1)),
        ("4.2 Payment", ()),
        ("HTTP/2", ()),
        ("Upgrade from 1.0 to 2.0", ()),
        ("Python", ()),
        ("", ()),
        ("1.2 " + "(" * 100, ()),
        ("1." + "9" * 5_000, ()),
    ],
)
def test_a_version_is_a_heading_of_nothing_else(heading: str, version: tuple[int, ...]) -> None:
    assert version_of(heading) == version


def below(*headings: str) -> list[Section]:
    return [Section(heading, "text", ("Changes", heading)) for heading in headings]


def test_the_versions_of_releases_fall() -> None:
    fall = below("Introduction", "1.10", "1.9", "1.9", "1.8", "Older ones")
    told = [release_of(fall, number) for number in range(len(fall))]
    assert told == [(), (1, 10), (1, 9), (1, 9), (1, 8), ()]
    rise = below("1.8", "1.9", "1.10")
    assert not any(release_of(rise, number) for number in range(len(rise)))
    # One alone may be anything.
    assert not release_of(below("1.8"), 0)
    assert not release_of(below("1.8", "1.9", "1.7"), 1)
    assert not release_of(below("1.9", "1.7", "1.8"), 1)


def test_what_is_below_a_release_is_of_it() -> None:
    page = [
        Section("fixes", "text", ("2.1", "Fixes")),
        Section("old", "text", ("2.0", "Fixes")),
        Section("other", "text", ("Links",)),
    ]
    assert [release_of(page, number) for number in range(3)] == [(2, 1), (2, 0), ()]


def test_a_page_of_one_version_costs_no_more_than_its_neighbours() -> None:
    looked_at: list[int] = []

    class Counted(list[Section]):
        def __getitem__(self, key: Any) -> Any:
            found = super().__getitem__(key)
            looked_at.append(len(found) if isinstance(key, slice) else 1)
            return found

    page = Counted(Section(str(n), "text", ("1.9", str(n))) for n in range(5_000))
    page.append(Section("old", "text", ("1.8",)))
    assert release_of(page, 2_500) == ()
    assert sum(looked_at) <= 500
    assert release_of(page, 4_900) == (1, 9)


def hits(text: str, index: Index) -> list[SectionHit]:
    question = understood(text, index)
    return find_sections(question, similarities(question.encoded.vector, index).chunks, index)


def pages(folder: Path, **texts: str) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text)
    return folder


def test_notes_of_releases_come_after_what_holds(indexed: Indexed, tmp_path: Path) -> None:
    base = read_knowledge_base(pages(tmp_path / "docs", guide=GUIDE, news=NEWS))
    with closing(Index(indexed(base))) as index, closing(Assistant(index)) as assistant:
        asked = "descale the kettle"
        best = hits(asked, index)[0]
        assert index.entries[best.entry].sections[best.section].name == "lime"
        held = [hit for hit in hits(asked, index) if hit.moved]
        assert {index.entries[hit.entry].id for hit in held} == {"news"}
        assert [hit.score for hit in hits(asked, index)] == sorted(
            (hit.score for hit in hits(asked, index)), reverse=True
        )
        # Of what only they tell, they tell; and of a release that is asked about.
        only = hits("what was added for tea?", index)
        assert index.entries[only[0].entry].id == "news"
        assert not any(hit.moved for hit in only)
        # What holds a note back is no doubt: the answer is as sure.
        assert assistant.ask(asked).citations[0].entry == "guide"


def test_where_all_are_releases_none_is_moved(indexed: Indexed, tmp_path: Path) -> None:
    base = read_knowledge_base(pages(tmp_path / "docs", news=NEWS))
    with closing(Index(indexed(base))) as index:
        assert not any(hit.moved for hit in hits("how do I descale the kettle?", index))


def test_of_a_release_that_is_asked_about_its_notes_come_first(
    indexed: Indexed, tmp_path: Path
) -> None:
    base = read_knowledge_base(pages(tmp_path / "docs", guide=GUIDE, news=NEWS))
    with closing(Index(indexed(base))) as index:
        for text in ("how do I descale the kettle in 2.0?", "descale the kettle, v2.0"):
            found = hits(text, index)
            wanted = next(hit for hit in found if hit.moved > 0)
            assert index.entries[wanted.entry].sections[wanted.section].path == (
                "2.0 (2025-11-20)",
            )
            assert [hit.moved < 0 for hit in found if hit.entry == wanted.entry].count(True) == 2
        # No release is called so: as if none was.
        found = hits("descale the kettle 7.5", index)
        assert found[0].moved == 0.0
        assert not any(hit.moved > 0 for hit in found)


def test_where_it_is_asked_what_has_changed_notes_come_first(
    indexed: Indexed, tmp_path: Path
) -> None:
    base = read_knowledge_base(pages(tmp_path / "docs", guide=GUIDE, news=NEWS))
    asked = {
        "when was how to descale the kettle changed?": 1,
        "which version changed how to descale the kettle": 1,
        "has descaling the kettle been removed?": 1,
        "Wann wurde „descale the kettle“ geändert?": 1,
        "release notes on how to descale the kettle": 1,
        "when do I descale the kettle?": -1,
        "what is to do when the kettle is removed, descale it?": -1,
    }
    with closing(Index(indexed(base))) as index:
        for text, moved in asked.items():
            notes = [hit for hit in hits(text, index) if index.entries[hit.entry].id == "news"]
            assert {np.sign(hit.moved) for hit in notes if hit.moved} == {moved}, text


def test_what_a_thing_is_now_is_told_by_what_holds(indexed: Indexed, tmp_path: Path) -> None:
    base = read_knowledge_base(pages(tmp_path / "docs", guide=GUIDE, news=NEWS))
    with closing(Index(indexed(base))) as index:
        held = [
            min(hit.moved for hit in hits(text, index))
            for text in (
                "what is to descale the kettle?",
                "what does `--descale` of the kettle do?",
                "descale the kettle",
            )
        ]
    assert held == pytest.approx([-OF_A_THING, -OF_A_THING, -RELEASE])


SERIES = {
    "moves": ("Move to v1.0.0", "Move to v2.x", "Move to v3"),
    "notes": ("Kettle 2026.1 notes", "Kettle 2026.2 notes", "Kettle 2026.10 notes"),
    "tea": ("Tea 1.9.0 - 1st May", "Tea 1.10.0 – 2nd May", "Tea 2026.10: 3rd May"),
    "few": ("Move to v4.0.0", "Move to v5.x"),
    "meetings": ("Meeting of 1.3.2026", "Meeting of 2.3.2026", "Meeting of 3.3.2026"),
    "parts": ("1.1 Kettles", "1.2 Lids", "1.3 Spouts"),
}
"""Pages by their folders, of which the first three are notes."""


def test_pages_that_are_called_alike_but_for_a_version_are_notes(
    indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "kettle.md").write_text(GUIDE)
    for folder, names in SERIES.items():
        (tmp_path / "docs" / folder).mkdir()
        for number, called in enumerate(names):
            text = f"# {called}\n\nHow you descale the kettle was changed {number} times.\n"
            (tmp_path / "docs" / folder / f"{number}.md").write_text(text)
    with closing(Index(indexed(read_knowledge_base(tmp_path / "docs")))) as index:

        def moved(text: str, by: int) -> Counter[str]:
            ids = (index.entries[hit.entry].id for hit in hits(text, index) if hit.moved * by > 0)
            return Counter(one.partition("/")[0] for one in ids)

        held = moved("how do I descale the kettle", -1)
        assert held == {"moves": 3, "notes": 3, "tea": 3}
        assert moved("how do I descale the kettle in v3 or 2026.2", 1) == {"moves": 1, "notes": 1}
