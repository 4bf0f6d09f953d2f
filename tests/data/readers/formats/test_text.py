from __future__ import annotations

import re
from pathlib import Path

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.readers.formats.text import outlined
from entrywise.data.source import read_knowledge_base
from entrywise.rag.assistant import Assistant
from entrywise.rag.build import build_index

LONG = (
    "Boats are lifted by the crane of the harbour, which two people serve who have learned it. " * 2
)

LINES = st.sampled_from(
    (
        *("1. Oars", "2. Sails", "2.1 Jib", "3. Masts", "Article 1", "Article 2 Crew", "§ 1 Fees"),
        *("FEES", "WINTER AND ICE", "Oars", "----", "=====", LONG, "Row well.", "7", "a,", "*" * 5),
    )
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(("\n", "\n\n"))), max_size=20).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)


def paths(text: str) -> list[tuple[str, ...]]:
    return [section.path for section in outlined(text.strip()).sections]


def joined(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def test_a_scale_above_a_drawing_is_no_heading() -> None:
    bits = " ".join(str(bit % 10) for bit in range(16))
    ruled = "+-+-+-+-------+---------------+"
    drawing = f"0                   1\n{bits}\n{ruled}\n|A|B|C|  len  |     more      |\n{ruled}"
    text = joined("1. Oars", LONG, "2. Sails", drawing, LONG, "2.1 Jib", LONG)
    assert paths(text) == [("1. Oars",), ("2. Sails",), ("2. Sails", "2.1 Jib")]
    assert outlined(text, 60).sections[1].text.startswith(f"```\n{drawing}\n```")


def test_numbered_lines_with_text_below_are_headings() -> None:
    text = joined(
        "0. Terms.", LONG, "1. Fees:", "1.1   Boats", LONG, "1.2 Cars", LONG, "2. End", LONG
    )
    boats, cars = ("1. Fees", "1.1 Boats"), ("1. Fees", "1.2 Cars")
    assert paths(text) == [("0. Terms",), boats, cars, ("2. End",)]


def test_a_heading_may_stand_right_above_its_text() -> None:
    text = joined(
        "MIETVERTRAG",
        f"§ 1 Mietgegenstand\n{LONG}",
        f"§ 2 Mietzeit\n{LONG}",
        f"§ 3 Miete\n8.200 EUR im Monat, {LONG}",
    )
    assert outlined(text).title == "MIETVERTRAG"
    assert paths(text) == [("§ 1 Mietgegenstand",), ("§ 2 Mietzeit",), ("§ 3 Miete",)]
    capitals = joined("Terms", *(f"{title}\n{LONG}" for title in ("FEES", "WINTER")), *[LONG] * 6)
    assert paths(capitals) == [("FEES",), ("WINTER",)]


@pytest.mark.parametrize(
    ("first", "below"),
    [
        ("1. We rent the boats that are in the harbour to", "Members, and to nobody else at all."),
        ('1. "Boat"', f"means what floats. {LONG}"),
        ("1. Boats", f"2. Cars\n3. Carts\n{LONG}"),
        ("1. Boats are cheap.", LONG),
    ],
    ids=["a line of a sentence", "its sentence goes on", "a table of contents", "a sentence"],
)
def test_a_line_above_others_is_a_heading_where_it_is_no_part_of_them(
    first: str, below: str
) -> None:
    text = joined(f"{first}\n{below}", LONG, f"{first.replace('1', '2')}\n{below}", LONG)
    assert paths(text) == [()]


def test_numbered_paragraphs_are_no_headings_where_one_is_short() -> None:
    text = joined(
        "LEASE AGREEMENT",
        "between the harbour and its members",
        *("1. Boats", LONG, "2. End"),
        "2.1 It ends by no notice of either of the two.",
        f"2.2 The harbour may end it at once where {LONG}",
    )
    page = outlined(text)
    assert page.title == "LEASE AGREEMENT"
    assert paths(text) == [(), ("1. Boats",), ("2. End",)]
    assert page.sections[-1].text.startswith("2.1 It ends by no notice of either of the two.")


@pytest.mark.parametrize("word", ["Article", "Artikel", "§", "Chapter"])
def test_a_word_may_stand_before_the_number(word: str) -> None:
    text = joined(f"{word} 1", LONG, f"{word} 2 Crew", LONG)
    assert paths(text) == [(f"{word} 1",), (f"{word} 2 Crew",)]


@pytest.mark.parametrize(
    "text",
    [
        joined("Soup", "1. Chop the onions.", "2. Fry them.", "3. Wait.", LONG),
        joined("1. Chop the onions.", "Small.", "2. Fry them.", "Slowly.", "3. Wait.", LONG),
        joined("1. Alone", LONG),
        joined("4. Four", LONG, "9. Nine", LONG),
        joined("1. Oars,", LONG, "2. sails;", LONG),
        joined(f"1. {LONG}", f"2. {LONG}"),
        "Fees\n1. Boats\n2. Cars",
        joined("RUN AWAY!", LONG, "DO NOT WAIT.", *[LONG] * 8),
        joined("FEES", "TEN", "WINTER", "TWELVE"),
        "Name  Price\n----  -----\nOars  10",
        "Name     Price\n--------------\nOars     10",
        joined("OARS    TEN", LONG, "SAILS\tTWENTY", *[LONG] * 8),
        joined("FEES", "Ten.", "ICE AND SNOW", "Two.", "CREW", "Six."),
        joined("FEES", "ICE AND SNOW", "CREW", *[LONG] * 12),
        joined("A B", *[LONG] * 4, "C D", *[LONG] * 4),
        joined(f"1. {'oar ' * 12}", LONG, f"2. {'oar ' * 12}", LONG),
        joined(f"1. {'oar' * 33}", LONG, f"2. {'oar' * 33}", LONG),
    ],
)
def test_steps_lists_and_sentences_are_none(text: str) -> None:
    assert paths(text) == [()]


def test_a_table_of_contents_is_text() -> None:
    text = joined("1. Fees", "2. End", "1. Fees", LONG, "2. End", LONG)
    assert paths(text) == [(), ("1. Fees",), ("2. End",)]
    assert outlined(text).sections[0].text == "1. Fees\n\n2. End"


def test_underlined_lines_are_headings_of_levels_in_the_order_of_their_marks() -> None:
    text = "Boats\n=====\n\nOars\n----\nTwo.\n\nJib\n~~~\nOne.\n\nCrew\n=====\nThree."
    assert outlined(text).title == ""
    assert paths(text) == [("Boats", "Oars"), ("Boats", "Oars", "Jib"), ("Crew",)]


def test_lines_in_capitals_are_headings_where_most_is_not() -> None:
    text = joined("FEES", LONG, LONG, LONG, "ICE AND SNOW", LONG, LONG, LONG)
    assert paths(text) == [("FEES",), ("ICE AND SNOW",)]


@pytest.mark.parametrize(
    ("above", "title", "introduction"),
    [
        ("Boats\n=====", "Boats", []),
        ("Rules of the harbour", "Rules of the harbour", []),
        (LONG.strip(), "", [LONG.strip()]),
        ("Boats\n=====\n\nBy the sea", "Boats", ["By the sea"]),
    ],
)
def test_what_stands_alone_above_all_is_the_title(
    above: str, title: str, introduction: list[str]
) -> None:
    page = outlined(joined(above, "1. Fees", LONG, "2. End", LONG))
    assert page.title == title
    assert [one.text for one in page.sections if not one.path] == introduction
    assert len(page.sections) == 2 + len(introduction)


@given(TEXTS)
def test_nothing_is_lost(text: str) -> None:
    text = text.strip()
    page = outlined(text)
    sections = page.sections
    told = " ".join([page.title, *(" ".join((*one.path, one.text)) for one in sections)])
    assert set(re.findall(r"\w+", told)) == set(re.findall(r"\w+", text))
    assert all(one.text[block.start : block.end] for one in sections for block in one.blocks)
    assert len({one.name for one in sections}) == len(sections)


@pytest.mark.parametrize(
    "unit",
    [
        "1. A\n\n",
        "A\n---\n\nb\n\n",
        "ABCD\n\nx\n\n",
        "ABCD\n  x\n\n",
        f"{'1.1 ' * 20}\n\n",
        "-" * 60,
    ],
)
def test_time_grows_linearly(unit: str) -> None:
    assert grows_linearly(lambda count: outlined((unit * count).strip()), 4_000)


def test_a_contract_is_quoted_with_the_paragraph_that_says_it(tmp_path: Path) -> None:
    fees = "Whoever lifts a boat by the crane pays 40 EUR at the office before it is lifted."
    contract = joined("Rules of the harbour", "§ 1 Winter", LONG, "§ 2 Fees", f"{fees} {LONG}")
    (tmp_path / "rules.txt").write_text(contract, encoding="utf-8")
    build_index(read_knowledge_base(tmp_path / "rules.txt"), tmp_path / "index")
    with Assistant.open(tmp_path / "index") as assistant:
        answer = assistant.ask("what does the crane cost?")
    first = answer.citations[0]
    assert first.title == "Rules of the harbour"
    assert (first.heading, first.section) == ("§ 2 Fees", "2-fees")
    assert fees in first.quote
    assert contract.count(first.quote) == 1


def test_aligned_lines_are_rows_with_their_header(tmp_path: Path) -> None:
    rooms = "Room     Floor   Phone\nOrion    2       4410\nLyra     3       4411\n"
    (tmp_path / "rooms.txt").write_text(f"ROOMS\n\nAsk *first*.\n\n{rooms}")
    (entry,) = read_knowledge_base(tmp_path / "rooms.txt").entries
    (section,) = entry.sections
    assert section.is_markdown
    assert [(block.kind, block.plain) for block in section.blocks] == [
        ("paragraph", "ROOMS"),
        ("paragraph", "Ask *first*."),
        ("header", "Room, Floor, Phone"),
        ("row", "Room: Orion; Floor: 2; Phone: 4410"),
        ("row", "Room: Lyra; Floor: 3; Phone: 4411"),
    ]


def test_what_stands_beside_aligned_lines_stays_text(tmp_path: Path) -> None:
    beside = "# Not a heading\n- one\n1. two\n\n    indented *x*\n> said\n```\n"
    rows = "\na_b      1       x\ncd       2       y\nef       3       z\n"
    (tmp_path / "a.txt").write_text(beside + rows)
    (entry,) = read_knowledge_base(tmp_path / "a.txt").entries
    (section,) = entry.sections
    assert [(block.kind, block.plain) for block in section.blocks][:2] == [
        ("paragraph", "# Not a heading - one 1. two"),
        ("paragraph", "indented *x* > said ```"),
    ]
    assert [block.plain for block in section.blocks if block.kind == "row"] == [
        "a_b; 1; x",
        "cd; 2; y",
        "ef; 3; z",
    ]


def test_numbered_questions_are_headings_also_in_several_lines() -> None:
    asked = "1.2. Which boats may be lifted by the crane\nof the harbour, and by whom?"
    text = joined("1. Boats", LONG, "1.1. What is a boat?", LONG, asked, LONG, "2. Cars", LONG)
    assert paths(text) == [
        ("1. Boats",),
        ("1. Boats", "1.1. What is a boat?"),
        ("1. Boats", " ".join(asked.split())),
        ("2. Cars",),
    ]


def test_what_is_indented_below_headings_holds_none() -> None:
    text = joined(
        "NAME\n    row - move a boat",
        "OPTIONS\n    -a  Fast.",
        "    WIND\n        Which way it blows.",
        f"    1. a boat that\n       {LONG}",
        f"    2. a raft that\n       {LONG}",
        "SEE ALSO\n    sail(1)",
    )
    assert paths(text) == [("NAME",), ("OPTIONS",), ("SEE ALSO",)]


def test_the_head_of_a_manual_page_is_no_title() -> None:
    text = joined("ROW(1)      Boats      ROW(1)", "NAME\n    row", "OPTIONS\n    none at all")
    assert outlined(text).title == ""


def test_words_that_are_parted_at_the_end_of_a_line_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It is dynami\u2010\n  cally made, and re\u2010\ndone\nby hand.", "utf-8")
    (entry,) = read_knowledge_base(path).entries
    (section,) = entry.sections
    assert section.blocks[0].plain == "It is dynamically made, and redone by hand."


def test_an_item_does_not_end_the_numbers_of_a_chapter() -> None:
    text = joined("3.1. Oars", LONG, "1. Row", "3.2. Sails", LONG, "3.3. Keel", LONG)
    assert [path[-1] for path in paths(text)][-2:] == ["3.2. Sails", "3.3. Keel"]


def test_long_questions_are_no_clauses() -> None:
    asked = "May a boat be lifted that is as long as the quay is wide, and then as\nhigh?"
    text = joined(
        "1. Boats", *(f"{part}\n\n{LONG}" for n in (1, 2, 3) for part in [f"1.{n}. {asked}"])
    )
    assert [len(path) for path in paths(f"{text}\n\n2. Cars\n\n{LONG}")] == [2, 2, 2, 1]


RULES = """Boat club                June 2001

             Rules for
       boats on the big lake

Status

   These are the rules that all
   who row on the lake agreed on.

Contents

   1. Oars ........ 1
   2.0 Sails ...... 2
   3. Boats of others, and what is
      owed for them  2

1. Oars

   A boat has two of them, which
   are as long as it is.
   It holds for all of us, for
   guests, and for whoever else
   rows here or swims near it.

              Table 1: Lengths

   They are of wood, and are laid
   into the boat in the evening.

2.0 Sails

   There is one sail, which stays
   on the mast over the summer.
   It holds for all of us, for
   guests, and for whoever else
   rows here or swims near it.

3. Boats of others, and what is
   owed for them

   Who takes a boat says so, and
   brings it back before supper.
   It holds for all of us, for
   guests, and for whoever else
   rows here or swims near it.

Thanks

   To all who wrote these rules,
   and to those who read them."""


def test_what_stands_further_out_than_the_text_is_a_heading() -> None:
    page = outlined(RULES, 35)
    assert page.title == "Rules for boats on the big lake"
    others = "3. Boats of others, and what is owed for them"
    assert [one.path for one in page.sections] == [
        *((), ("Status",), ("1. Oars",), ("2.0 Sails",), (others,), ("Thanks",)),
    ]
    assert "Table 1: Lengths" in page.sections[2].text
    # Where texts are not indented, short lines are no headings.
    assert outlined(RULES.replace("\n   ", "\n")).title == ""


def test_a_heading_may_stand_above_terms_in_capitals() -> None:
    terms = "\n\n".join(f"   {term}\n      Is {LONG}" for term in ("OAR", "SAIL"))
    text = joined("1. Oars", f"   {LONG}", "2. Terms", terms, "3. Sails", f"   {LONG}")
    assert ("2. Terms",) in {path[:1] for path in paths(text)}
    assert paths(text)[-1] == ("3. Sails",)
