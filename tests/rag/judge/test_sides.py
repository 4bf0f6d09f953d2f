from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from indexes import Indexed
from stages import understood

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.find.candidates import SectionHit
from entrywise.rag.judge.asked_words import QuestionWords
from entrywise.rag.judge.sides import both_sides

PAGE = """# Harbour

## Quiet hours

Be quiet from ten on.

## Guests

Guests moor at the long pier.

## Guests in winter

They moor at the short pier.

## Charging

A plug is on each pier.

## Guests and charging

Guests pay for charging.

## Fees of crews and workshops

### In summer

Crews pay by the day, workshops by the week.

### Crews

Crews pay more.

### Workshops in the dock

Workshops pay less.

### Passing different weights

Crews pass weights to workshops.

### Comparing crew_fees

A crew_table and a workshop_table say which crews pay more than workshops.

## Rest

Mooring is the process of tying a boat to a ring. Docking is the process of lifting it out.
"""

Chosen = Callable[..., list[str]]
_NUMBERS = "0123456789a"


@pytest.fixture
def chosen(indexed: Indexed, tmp_path: Path) -> Iterator[Chosen]:
    (tmp_path / "a.md").write_text(PAGE)
    index = Index(indexed(read_knowledge_base(tmp_path)))
    names = [section.name for section in index.entries[0].sections]
    all_hits = [SectionHit(0, place, 0.6 - place / 100, 0.6, 0.5) for place in range(len(names))]

    def of(text: str, near: str, hits: str = "0123") -> list[str]:
        question = understood(text, index)
        found = both_sides(
            [all_hits[_NUMBERS.index(place)] for place in near],
            [all_hits[_NUMBERS.index(place)] for place in hits],
            QuestionWords(question, index),
            question,
            index,
        )
        return [names[hit.section] for hit in found]

    yield of
    index.close()


def test_the_section_of_each_side_comes_first(chosen: Chosen) -> None:
    for text in ("difference between guests and charging", "charging vs guests"):
        assert set(chosen(text, "0")[:2]) == {"guests", "charging"}
        assert chosen(text, "0")[2:] == ["quiet-hours"]
    assert chosen("difference between guests and charging", "3") == ["guests", "charging"]


def test_its_headings_say_few_other_words(chosen: Chosen) -> None:
    assert chosen("difference between guests and charging", "2", "23")[0] == "guests-in-winter"
    assert chosen("difference between guests and charging", "2", "213")[0] == "guests"


def test_a_section_that_tells_of_both_sides_comes_before_them(chosen: Chosen) -> None:
    text = "difference between guests and charging"
    assert chosen(text, "40") == ["guests-and-charging", "guests", "charging", "quiet-hours"]


def test_a_heading_of_its_own_comes_before_one_above_that_names_several_things(
    chosen: Chosen,
) -> None:
    text = "difference between crews and workshops"
    assert chosen(text, "0", "567")[:2] == ["crews", "workshops-in-the-dock"]


def test_a_section_that_says_what_each_side_is_comes_first(chosen: Chosen) -> None:
    for text in ("boat mooring vs boat docking", "difference between boat dock and boat moor"):
        assert chosen(text, "01", "0123a") == ["rest", "quiet-hours", "guests"]


def test_without_a_section_for_each_side_what_says_the_most_else_is_second(
    chosen: Chosen,
) -> None:
    text = "difference between quiet hours and plugs"
    assert chosen(text, "013") == ["quiet-hours", "charging", "guests"]
    assert chosen(text, "0") == ["quiet-hours"]
    assert chosen(text, "") == []


def test_what_compares_nothing_stays_as_it_is(chosen: Chosen) -> None:
    assert chosen("guests and charging", "013") == ["quiet-hours", "guests", "charging"]
