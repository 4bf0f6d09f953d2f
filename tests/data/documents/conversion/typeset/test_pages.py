from __future__ import annotations

from entrywise.data.documents.conversion.typeset.lines import Line
from entrywise.data.documents.conversion.typeset.pages import as_markdown


def line(text: str, size: float = 10, *, bold: bool = False, box: int = 0, at: float = 0.5) -> Line:
    return Line(text, size, bold, box, at)


def test_sizes_are_levels() -> None:
    page = [
        line("Title", 20, box=0),
        line("Part", 14, box=1),
        line("Text that is the most of all there is.", box=2),
        line("Detail", bold=True, box=3),
        line("More text.", box=4),
    ]
    assert as_markdown([page]) == (
        "# Title {#page=1}\n\n## Part {#page=1}\n\nText that is the most of all there is.\n\n"
        "### Detail {#page=1}\n\nMore text."
    )


def test_titles_in_bold_of_two_lines_are_headings_and_sentences_are_none() -> None:
    page = [
        line("How the boats of all", bold=True),
        line("the harbours are lifted", bold=True),
        line("By a crane that is older than the harbour itself.", box=1),
        line("Nobody lifts boats alone.", bold=True, box=2),
        line("It takes two who have learned how to do it.", box=3),
    ]
    assert as_markdown([page]) == (
        "## How the boats of all the harbours are lifted {#page=1}\n\n"
        "By a crane that is older than the harbour itself.\n\nNobody lifts boats alone.\n\n"
        "It takes two who have learned how to do it."
    )


def test_a_text_is_as_large_as_its_full_lines_however_much_smaller_is_said() -> None:
    page = [
        line("Lifting", bold=True),
        line("The crane lifts what is moored below it.", box=1)._replace(is_full=True),
        *(line(f"boat {n}, 4 t, lifted", 8, box=n) for n in range(2, 9)),
    ]
    assert as_markdown([page]).startswith("## Lifting {#page=1}\n\nThe crane")
    # A few full lines tell nothing.
    page[1] = page[1]._replace(text="The crane lifts.")
    page += [line(f"boat {n}, 4 t, which is lifted by hand", 8, box=n) for n in range(9, 14)]
    assert "# The crane lifts. {#page=1}" in as_markdown([page])


def test_what_is_larger_and_a_sentence_is_no_heading() -> None:
    page = [
        line("Boats", 12),
        line("Whoever moors a boat here", 12, box=1),
        line("pays for it.", 12, box=1),
        line("No boat is lifted by its owner alone.", 12, box=2),
        line("Who may lift a boat, and by which of the cranes", 12, box=3),
        line("of the harbours that have one on their side of the river and no other", 12, box=3),
        line("which is to be asked for a day before.", 12, box=3),
        line("Fees.", 12, box=4),
        line("A text that is as large as most of what is said here. " * 5, box=5),
    ]
    text = as_markdown([page])
    assert [one for one in text.split("\n\n") if one.startswith("#")] == [
        "## Boats {#page=1}",
        "## Fees. {#page=1}",
    ]


def test_of_two_headings_in_a_row_that_are_set_differently_the_first_is_higher() -> None:
    def slanted(text: str, box: int) -> Line:
        return line(text, box=box)._replace(is_title=True)

    page = [
        line("Part One", bold=True),
        slanted("Moorings", 1),
        line("A boat is moored at a buoy or at a quay.", box=2),
        slanted("Buoys", 3),
        line("They float, and are yellow or white.", box=4),
        line("Part Two", bold=True, box=5),
        slanted("Cranes", 6),
        line("They lift what is too heavy for a man.", box=7),
    ]
    assert [one for one in as_markdown([page]).split("\n\n") if one.startswith("#")] == [
        "## Part One {#page=1}",
        "### Moorings {#page=1}",
        "### Buoys {#page=1}",
        "## Part Two {#page=1}",
        "### Cranes {#page=1}",
    ]


def test_the_title_of_a_smaller_text_stands_before_it() -> None:
    page = [
        line("A text that is as large as most of what is said here."),
        line("keel", 8, box=1)._replace(is_title=True),
        line("What keeps a boat upright.", 8, box=2),
        line("oar", 8, box=3)._replace(is_title=True),
        line("• long", 8, box=4),
    ]
    assert as_markdown([page]).split("\n\n")[1:] == [
        "**keel** What keeps a boat upright.",
        "**oar**",
        "- long",
    ]


def test_no_title_is_lost() -> None:
    page = [
        line("A text that is as large as most of what is said here."),
        line("Fees", bold=True, box=1),
        line("Card", bold=True, box=2),
        line("One percent.", box=3),
        line("Bank", bold=True, box=4),
    ]
    assert as_markdown([page]).split("\n\n")[1:] == [
        "**Fees**",
        "## Card {#page=1}",
        "One percent.",
        "**Bank**",
    ]
    slides = [[line("Boats", 20), line("• Oars", 16, box=1), line("• Sails", 16, box=2)]]
    slides.append([line("They are all that is needed here.")])
    assert as_markdown(slides).split("\n\n")[1:3] == ["- Oars", "## • Sails {#page=1}"]
    # Where most is bold, nothing is marked by it.
    assert as_markdown([page[1:3]]) == "Fees\n\nCard"


def test_chapters_are_sections_and_none_is_the_title() -> None:
    body = "Text that is longer than its heading."
    pages = [[line("One", 20), line(body, box=1)], [line("Two", 20), line(body, box=1)]]
    text = as_markdown(pages)
    assert text.startswith("## One {#page=1}\n\nText")
    assert "\n\n## Two {#page=2}\n\nText" in text


def test_words_are_joined_across_lines_boxes_and_pages() -> None:
    first = [
        line("A knowl-"),
        line("edge base has a soft\u00ad"),
        line("ware and"),
        line("a GPT-", box=1),
    ]
    second = [line("4 model", box=0), line("goes on.", box=1), line("New.", box=2)]
    text = as_markdown([first, second])
    assert text.startswith("## Page 1 {#page=1}\n\nA knowledge base has a software and a GPT-")
    assert "goes on." in text


def test_bullets_are_items() -> None:
    page = [line("Take:"), line("• a laptop"), line("and a bag"), line("• a desk"), line("1. not")]
    assert as_markdown([page]) == "Take:\n\n- a laptop and a bag\n\n- a desk 1. not"


def test_letters_that_stand_for_nothing_known_begin_items() -> None:
    assert (
        as_markdown([[line("\uf0a7 a"), line("\ufffd b"), line("\ufffd1")]]) == "- a\n\n- b \ufffd1"
    )


def test_numbers_that_follow_each_other_are_items() -> None:
    page = [
        line("Do:"),
        line("1. a"),
        line("and b"),
        line("2. c"),
        line("on 7. May"),
        line("7. May"),
    ]
    assert as_markdown([page]) == "Do:\n\n1. a and b\n\n2. c on 7. May 7. May"
    page = [Line("1 a", 10, False, 0, 0.5, mark="1"), Line("2 b", 10, False, 0, 0.5, mark="2")]
    assert as_markdown([page]) == "1. a\n\n2. b"
    assert as_markdown([[line("2 boats"), line("3 oars")]]) == "2 boats 3 oars"


def test_rows_of_cells_are_a_table() -> None:
    rows = [("Code", "Cause", "Remedy"), ("E*", "Full", "Empty")]
    page = [Line(" ".join(cells), 10, False, 0, 0.5, cells) for cells in rows]
    assert (
        as_markdown([page]) == "| Code | Cause | Remedy |\n|---|---|---|\n| E\\* | Full | Empty |"
    )
    page = [Line("", 10, False, 0, 0.5, cells) for cells in (("Low", "1"), ("High", "2"))]
    assert as_markdown([page]).startswith("|  |  |\n")


def test_heads_feet_and_numbers_of_pages_are_left_out() -> None:
    pages = [
        [line(f"Acme {n}", at=0.95), line(f"Text of {n}.", box=1), line(f"- {n} -", at=0.03, box=2)]
        for n in range(1, 5)
    ]
    text = as_markdown(pages)
    assert "Acme" not in text
    assert [part for part in text.split("\n\n") if not part.startswith("#")] == [
        f"Text of {n}." for n in range(1, 5)
    ]


def test_ligatures_are_letters_and_markup_is_text() -> None:
    assert as_markdown([[line("# ﬁve *stars* [a](b)")]]) == "\\# five \\*stars\\* [a\\](b)"


def test_nothing_is_nothing() -> None:
    assert as_markdown([]) == as_markdown([[], []]) == ""


def test_tables_of_contents_are_left_out() -> None:
    dotted = [line(f"{name} ........ {n}", box=n) for n, name in enumerate(("Oars", "Jib", "Keel"))]
    again = [line(f"{name} {n}", box=n) for n, name in enumerate(("Oars", "Jib", "Keel"))]
    said = [
        line(text, size, box=box)
        for box, (text, size) in enumerate(
            (
                ("Oars", 14),
                ("Two of them.", 10),
                ("Jib", 14),
                ("A sail.", 10),
                ("Keel", 14),
                ("It.", 10),
            )
        )
    ]
    alone = as_markdown([said])
    for listed in (dotted, again):
        assert as_markdown([[line("Contents", 14), *listed], said]).count("Jib") == 1
        assert as_markdown([said, listed]) == alone
    # Two of many lines are none.
    assert "Oars 3" in as_markdown([said, [line("Oars 3"), *(line("It is so.") for _ in range(9))]])


def test_the_head_of_a_chapter_is_left_out_on_few_pages_of_many() -> None:
    pages = [
        [line("Boats" if number < 3 else "Cars", box=0, at=0.93), line("Text.", box=1, at=0.8)]
        for number in range(40)
    ]
    pages.append([line("Bikes", box=0, at=0.93), line("Text.", box=1, at=0.8)])
    text = as_markdown(pages)
    assert "Boats" not in text
    assert "Cars" not in text
    assert "Bikes" in text


def test_roman_numbers_of_pages_are_left_out() -> None:
    assert as_markdown([[line("Text."), line("iv", box=1, at=0.05)]]) == "Text."
