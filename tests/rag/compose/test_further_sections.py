from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.render.answer import Answer


@pytest.fixture
def asked(indexed: Indexed, tmp_path: Path) -> Callable[..., Answer]:
    """Asks pages, {name of a file: text}."""

    def ask(pages: dict[str, str], question: str) -> Answer:
        folder = tmp_path / "pages"
        folder.mkdir()
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
        with closing(Index(indexed(read_knowledge_base(folder)))) as index:
            answer = Assistant(index, threshold=0).ask(question)
        assert answer.citations
        return answer

    return ask


YARD = """# The yard

A yard lends masts and lays up boats.

## Lifting out

A crane lifts boats out in October.

### Keels

Keels are washed before they dry.

### Masts

Masts are carried to the loft.

## Painting

Antifouling is painted in March, in the shade.
"""
CARE = {
    "Stays": "grease",
    "Shrouds": "new pins",
    "Halyards": "fresh water",
    "Sheets": "a loft that is dry",
    "Blocks": "a drop of oil",
    "Cleats": "two screws",
    "Winches": "a winter without salt",
    "Booms": "a crutch",
}


def test_what_stands_below_is_offered_and_no_neighbour(asked: Callable[..., Answer]) -> None:
    answer = asked({"yard.md": YARD}, "when does the crane lift boats out?")
    assert answer.citations[0].heading == "Lifting out"
    assert answer.suggestions == ("The yard: Keels", "The yard: Masts")
    assert not [one for one in answer.suggestions if "Painting" in one]


def test_who_asks_for_the_page_is_offered_all_of_it(asked: Callable[..., Answer]) -> None:
    ropes = "".join(f"## {one}\n\n{one} need {two}.\n\n" for one, two in CARE.items())
    page = f"# Rigging\n\nRigging holds the mast and is looked after every year.\n\n{ropes}"
    answer = asked({"rigging.md": page, "yard.md": YARD}, "what is rigging?")
    assert {*answer.suggestions} <= {f"Rigging: {one}" for one in CARE}
    assert len(answer.suggestions) == 3


def test_a_neighbour_that_says_what_is_asked_is_offered(asked: Callable[..., Answer]) -> None:
    page = YARD + "\n## Prices\n\nPaint and antifouling cost 20 euros a boat.\n"
    answer = asked({"yard.md": page}, "in which month is antifouling painted?")
    assert [one.heading for one in answer.citations] == ["Painting"]
    assert answer.suggestions == ("The yard: Prices",)


def test_a_neighbour_is_not_offered_where_no_section_says_what_is_asked(
    asked: Callable[..., Answer],
) -> None:
    answer = asked({"yard.md": YARD}, "springtime coating")
    assert [one.heading for one in answer.citations][:1] == ["Painting"]
    assert not answer.suggestions


@pytest.mark.parametrize(
    ("link", "offered"),
    [
        ("[store](store.md)", "Explain The store"),
        ("[store](store.md#keys)", "The store: Keys"),
        ("[store][where]", "Explain The store"),
        ("[[store]]", "Explain The store"),
        ("[store](https://store.example)", None),
        ("[store](gone.md)", None),
        ("[fees](#fees)", "Leaving: Fees"),
    ],
)
def test_what_a_quote_links_to_is_offered(
    asked: Callable[..., Answer], link: str, offered: str | None
) -> None:
    page = (
        f"# Leaving\n\n## Pontoon\n\nWhat stays on the pontoon is kept by the crew, see {link}.\n\n"
        "## Fees\n\nA night costs 12 euros.\n\n[where]: store.md\n"
    )
    store = "# The store\n\nIt is open at noon.\n\n## Keys\n\nThe key hangs in the office.\n"
    answer = asked({"leaving.md": page, "store.md": store}, "who keeps what stays on the pontoon?")
    assert answer.citations[0].heading == "Pontoon"
    assert answer.suggestions == ((offered,) if offered else ())


def test_sections_of_the_same_heading_are_offered_once(asked: Callable[..., Answer]) -> None:
    told = {"Ferries": "berths", "Yachts": "buoys", "Barges": "ropes"}
    text = "".join(
        f"### {name}\n\n{name} moor at dawn.\n\n#### Fees\n\n{name} pay for {for_what}.\n\n"
        for name, for_what in told.items()
    )
    page = f"# Harbour\n\n## Signals\n\nWho comes in hoists a yellow flag.\n\n{text}"
    answer = asked({"harbour.md": page, "yard.md": YARD}, "who hoists a yellow flag?")
    assert answer.suggestions == ("Harbour: Ferries", "Harbour: Fees", "Harbour: Yachts")


def test_what_is_quoted_is_not_offered_by_a_heading_that_it_shares(
    asked: Callable[..., Answer],
) -> None:
    page = (
        "# Harbour\n\n## Yachts\n\nYachts come at noon.\n\n### Fees\n\nYachts pay for buoys.\n\n"
        "## Barges\n\nBarges come at dawn.\n\n### Fees\n\nBarges pay for buoys, too.\n"
    )
    answer = asked({"harbour.md": page}, "what do yachts pay for buoys?")
    assert str(answer.citations[0].heading).endswith("> Fees")
    assert "Harbour: Fees" not in answer.suggestions


def test_a_section_that_only_leads_on_is_not_offered(asked: Callable[..., Answer]) -> None:
    page = (
        "# Harbour\n\n## Signals\n\nWho comes in hoists a yellow flag.\n\n"
        "### Next steps\n\nSee the [yard](yard.md).\n\n"
        "### Water\n\nThe tap at the quay costs 2 euros.\n"
    )
    answer = asked({"harbour.md": page, "yard.md": YARD}, "who hoists a yellow flag?")
    assert answer.suggestions == ("Harbour: Water",)


def test_what_is_offered_is_answered_from_where_it_leads(harbour_index: Index) -> None:
    harbour = Assistant(harbour_index)
    offered = 0
    for question in ("what stays on the pontoon?", "the store behind the crane", "berths"):
        answer = harbour.ask(question)
        quoted = {(citation.title, citation.section) for citation in answer.citations}
        for suggestion in answer.suggestions:
            told = harbour.ask(suggestion)
            assert told.answered, suggestion
            first = (told.citations[0].title, told.citations[0].section)
            assert first not in quoted, suggestion
            offered += 1
    assert offered >= 2
    assert harbour.ask("who is Zyxwvut of Peru?").suggestions == ()


@pytest.mark.parametrize(("pages", "is_offered"), [(3, True), (4, False)])
def test_a_heading_that_many_pages_have_is_not_offered(
    asked: Callable[..., Answer], pages: int, is_offered: bool
) -> None:
    yard = YARD.replace("### Keels", "### At first")
    others = {
        f"{name.lower()}.md": f"# {name}\n\n{name} are new.\n\n## At first\n\nUse {care}.\n"
        for name, care in [*CARE.items()][:pages]
    }
    answer = asked({"yard.md": yard, **others}, "when does the crane lift boats out?")
    assert answer.citations[0].heading == "Lifting out"
    assert ("The yard: At first" in answer.suggestions) == is_offered
    assert "The yard: Masts" in answer.suggestions
