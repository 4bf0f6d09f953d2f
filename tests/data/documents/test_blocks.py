from __future__ import annotations

import pytest

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Block


def blocks(text: str) -> tuple[Block, ...]:
    (section,) = read_page(text).sections
    return section.blocks


def told(text: str) -> list[tuple[str, str, int]]:
    """Kind, source and lead of the blocks of a text."""
    (section,) = read_page(text).sections
    return [(kind, section.text[start:end], lead) for kind, start, end, _, lead in section.blocks]


def test_a_list_has_its_announcement_and_items_below_items_have_theirs() -> None:
    text = "Choose one:\n\n- a laptop\n    - with a bag\n- a desk\n\n  It is large."
    assert told(text) == [
        ("paragraph", "Choose one:", -1),
        ("item", "- a laptop", 0),
        ("item", "- with a bag", 1),
        ("item", "- a desk", 0),
        ("paragraph", "It is large.", 3),
    ]


def test_numbered_items_are_steps() -> None:
    assert told("1. Mix.\n2. Bake:\n   ```\n   oven\n   ```") == [
        ("step", "1. Mix.", -1),
        ("step", "2. Bake:", -1),
        ("code", "   ```\n   oven\n   ```", 1),
    ]


def test_steps_go_on_behind_what_is_not_within_their_list() -> None:
    text = (
        "Do this:\n\n1. Mix.\n\n![a bowl](bowl.png)\n\n```\noven\n```\n\n2. Bake.\n3. Wait.\n\n"
        "It rises.\n\n4. Eat."
    )
    assert [(kind, lead) for kind, _, lead in told(text)] == [
        ("paragraph", -1),
        ("step", 0),
        ("image", 1),
        ("code", 1),
        ("step", 0),
        ("step", 0),
        ("paragraph", 5),
        ("step", 0),
    ]
    assert blocks(text)[-1].lead == 0


@pytest.mark.parametrize(
    "between",
    [
        # Another number, a title, many words, and another list.
        "3. Bake.",
        "**Baking**\n\n2. Bake.",
        f"{'Stir it well. ' * 21}\n\n2. Bake.",
        "It rises.\n\n1. Bake.",
        "It rises.\n\n- Bake.",
    ],
)
def test_another_list_goes_on_with_none(between: str) -> None:
    *_, (_, _, lead) = told(f"Mix:\n\n1. Mix.\n\nSoft.\n\n{between}")
    assert lead != 0


def test_what_code_is_called_is_none_of_its_text() -> None:
    (one,) = blocks('```yaml tab="File"\na: 1\n```')
    assert (one.kind, one.plain, one.start) == ("code", "a: 1", 0)


def test_a_row_is_told_with_the_names_of_its_columns() -> None:
    text = "| Country | **Days** |\n|---|---|\n| Poland | 26 |\n| | 24 |\n| | |"
    found = blocks(text)
    assert [(block.kind, block.plain, block.lead) for block in found] == [
        ("header", "Country, Days", -1),
        ("row", "Country: Poland; Days: 26", 0),
        ("row", "Days: 24", 0),
    ]
    assert text[: found[0].end] == "| Country | **Days** |\n|---|---|"


def test_html_has_the_blocks_that_its_elements_are() -> None:
    text = (
        "<table><thead><tr><th>Way</th><th>Fee</th></tr></thead><tbody><tr><td>Card</td>"
        "<td>1 %</td></tr></tbody></table>\n\nBring:\n<ul><li>a pen</li><li>paper</li></ul>\n"
        "<p>One.</p><p>Two.</p>\n| A |\n|---|\n| <ul><li>x</li><li>y</li></ul> |"
    )
    assert told(text) == [
        ("header", "<tr><th>Way</th><th>Fee</th></tr>", -1),
        ("row", "<tr><td>Card</td><td>1 %</td></tr>", 0),
        ("paragraph", "Bring:", -1),
        ("item", "<li>a pen</li>", 2),
        ("item", "<li>paper</li>", 2),
        ("paragraph", "<p>One.</p>", -1),
        ("paragraph", "<p>Two.</p>", -1),
        ("header", "| A |\n|---|", -1),
        ("row", "| <ul><li>x</li><li>y</li></ul> |", 7),
    ]
    assert [block.plain for block in blocks(text)] == [
        "Way, Fee",
        "Way: Card; Fee: 1 %",
        *("Bring:", "a pen", "paper", "One.", "Two."),
        *("A", "A: • x • y"),
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("    pip install it", "code"),
        ("```\nx\n```", "code"),
        ("`pip install {{it}}`", "paragraph"),
    ],
)
def test_code_belongs_to_what_announces_it(code: str, kind: str) -> None:
    assert told(f"Run this:\n\n{code}\n\nDone.\n\n{code}\n\n`it` is short:\n\nSee `it`.") == [
        ("paragraph", "Run this:", -1),
        (kind, code, 0),
        ("paragraph", "Done.", -1),
        (kind, code, -1),
        ("paragraph", "`it` is short:", -1),
        ("paragraph", "See `it`.", -1),
    ]


def test_bold_words_and_headings_within_quotes_are_titles() -> None:
    assert told("**Note**\n\nMind it.\n\n> # Quoted\n> Said.") == [
        ("title", "**Note**", -1),
        ("paragraph", "Mind it.", 0),
        ("title", "> # Quoted", -1),
        ("paragraph", "> Said.", 2),
    ]


@pytest.mark.parametrize(
    "option", ["**--file** *path*", '**--arch**="ARM"', "**-a**, **--all**", "**--tag**=*a | b*[]"]
)
def test_an_option_in_bold_heads_what_it_does(option: str) -> None:
    assert told(f"{option}\n\nRead it.") == [("title", option, -1), ("paragraph", "Read it.", 0)]


@pytest.mark.parametrize(
    "text", ["**--file** reads a path", "**--file** *path*\nRead it", "**Chair** *Ann*"]
)
def test_a_paragraph_that_begins_in_bold_heads_nothing(text: str) -> None:
    assert [kind for kind, *_ in told(f"{text}\n\nIt rains.")] == ["paragraph"] * 2


def test_paragraphs_not_far_below_a_title_belong_to_it() -> None:
    text = "**Cells**\n\nOne.\n\nTwo.\n\n- three\n\nFour.\n\n**Racks**\n\n" + "word " * 61
    assert [(kind, lead) for kind, _, lead in told(f"{text}\n\nFar.")] == [
        ("title", -1),
        ("paragraph", 0),
        ("paragraph", 0),
        ("item", -1),
        ("paragraph", 0),
        ("title", -1),
        ("paragraph", 5),
        ("paragraph", -1),
    ]


def test_what_a_title_heads_ends_with_code() -> None:
    text = "**Linux**\n\nRun it:\n\n```\nboat\n```\n\nIt floats."
    assert [(one.kind, one.lead) for one in blocks(text)] == [
        ("title", -1),
        ("paragraph", 0),
        ("code", 1),
        ("paragraph", -1),
    ]


@pytest.mark.parametrize("title", ["### First {: .tip}", "[!NOTE]\n> **First**"])
def test_a_title_in_a_quotation_heads_nothing_behind_it(title: str) -> None:
    quoted = f"> {title}\n>\n> Tie the boat.\n\nA tide is a wave."
    assert [one.lead for one in blocks(quoted)] == [-1, 0, -1]


def test_the_label_of_a_tab_that_holds_the_next_headings_is_no_block() -> None:
    page = read_page(
        '<Tabs>\n<Tab title="v3">\n\n## V3\n\nFlash it.\n\n</Tab>\n<Tab title="v4">\n\n'
        "## V4\n\nNo.\n\n<p><b>Wait.</b></p>\n",
        is_mdx=True,
    )
    assert [(s.name, [block.plain for block in s.blocks]) for s in page.sections] == [
        ("v3", ["Flash it."]),
        ("v4", ["No.", "Wait."]),
    ]


def test_a_row_that_heads_others_is_told_with_each_of_them() -> None:
    rows = "| **Skill** | | |\n| Code | some | much |\n| **Work** | | |\n| Plans | none | all |\n"
    found = blocks(f"| | Junior | Senior |\n|---|---|---|\n{rows}")
    assert [one.plain for one in found] == [
        "Junior, Senior",
        "Skill: Code; Junior: some; Senior: much",
        "Work: Plans; Junior: none; Senior: all",
    ]
    # What heads nothing is a row like others.
    found = blocks("| a | b |\n|---|---|\n| one | |\n| two | |\n")
    assert [one.plain for one in found] == ["a, b", "a: one", "a: two"]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Freeze them.\n![Done](a.png)", "Freeze them."),
        ("![Done](a.png)\nFreeze them.", "Freeze them."),
        ("Press ![Save](a.png) to keep it.", "Press Save to keep it."),
        ("![One](a.png)\n![Two](b.png)", "One Two"),
    ],
)
def test_what_stands_for_a_picture_is_said_within_a_line(text: str, plain: str) -> None:
    assert blocks(text)[0].plain == plain


def test_a_picture_is_a_block_with_what_stands_for_it() -> None:
    (block,) = blocks("![A map of the office](map.png)")
    assert (block.kind, block.plain) == ("image", "A map of the office")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Salt &amp;\n<b>pepper</b></p>", "Salt & pepper"),
        ("- [x] done\n- [ ] open", "[x] done"),
        ("[^1]: A note.", "¹ A note."),
    ],
)
def test_what_is_less_common_is_text_too(text: str, plain: str) -> None:
    assert blocks(text)[0].plain == plain


def test_what_says_nothing_is_no_block() -> None:
    assert read_page("<br>\n\n***\n\n[a]: https://a.b\n\n![](x.png)\n").sections == ()


def test_lists_in_lists_are_read_to_a_depth() -> None:
    text = "\n".join(f"{'  ' * depth}- level {depth}" for depth in range(15))
    assert [block.lead for block in blocks(text)] == list(range(-1, 14))


@pytest.mark.parametrize(
    "contents",
    [
        "- [Use](#use)\n- [Undo](#undo)",
        "* [Use](#use)\n    * ✨ [Undo `rm`](#undo)\n",
        "1. [Use](#use)\n2. [Undo](#undo)",
        "On this page:\n\n- [Use](#use)\n- [Undo](#undo)",
        "**Menu:**\n- [Use](#use)\n- [Undo](#undo)",
    ],
)
def test_a_table_of_contents_says_nothing_that_its_headings_do_not(contents: str) -> None:
    page = read_page(f"# Deploy\n\n{contents}\n\n## Use\n\nNow.\n\n## Undo\n\nLater.")
    assert [section.name for section in page.sections] == ["use", "undo"]


def test_an_item_above_contents_stays_above_what_else_is_below_it() -> None:
    text = "- Menu:\n    - [Use](#use)\n    - [Undo](#undo)\n\n  More."
    assert [(block.plain, block.lead) for block in blocks(text)] == [
        ("Menu:", -1),
        ("Use", 0),
        ("Undo", 0),
        ("More.", 0),
    ]


@pytest.mark.parametrize(
    "listed",
    [
        "- [Use](#use): at once\n- [Undo](#undo)",
        "- [Use](#use)\n- [Others](others.md)",
        "- [Use](#use)\n\n  ```\n  use\n  ```",
        "- [Use](#use)\n\n  > at once",
        "- ![Use](#use)",
        "There are two ways:\n\n- [Use](#use)\n- [Undo](#undo)",
        "- Use\n- Undo",
    ],
)
def test_other_lists_are_read(listed: str) -> None:
    page = read_page(f"# Deploy\n\n{listed}\n\n## Use\n\nNow.")
    assert [section.name for section in page.sections] == ["introduction", "use"]


def rows(*written: str) -> list[str]:
    text = "\n".join(("| Name | Default |", "|---|---|", *written))
    return [one.plain for one in blocks(text) if one.kind == "row"]


def test_a_row_that_looks_like_others_heads_none() -> None:
    assert rows("| `a` | 1 |", "| `b` | |", "| `c` | 3 |") == [
        "Name: a; Default: 1",
        "Name: b",
        "Name: c; Default: 3",
    ]
    assert rows("| <a id='b'>[b](#b)</a> | |", "| <a id='c'>[c](#c)</a> | 3 |") == [
        "Name: b",
        "Name: c; Default: 3",
    ]
    # Two rows of which nothing is said.
    assert rows("| a | |", "| b | |", "| c | 3 |", "| d | |", "| e | 5 |") == [
        "Name: a",
        "Name: b",
        "Name: c; Default: 3",
        "Name: d",
        "Name: e; Default: 5",
    ]


def test_a_row_that_looks_unlike_others_or_stands_between_them_heads_those_below() -> None:
    assert rows("| **A** | |", "| b | 2 |", "| [**C**](#c) | |", "| [d](#d) | 4 |") == [
        "A: Name: b; Default: 2",
        "C: Name: d; Default: 4",
    ]
    assert rows("| A | |", "| b | 2 |", "| c | 3 |") == [
        "A: Name: b; Default: 2",
        "A: Name: c; Default: 3",
    ]


def test_labelled_paragraphs_that_are_announced_belong_to_what_announces_them() -> None:
    lines = (
        "It may cause these effects:",
        "Tiredness – You may feel tired.",
        "**Dry skin** It may be dry.",
        "Pain: now and then.",
        "Talk to your doctor.",
        "Swelling – It may swell.",
    )
    found = blocks("\n\n".join(lines))
    assert [(block.kind, block.lead) for block in found] == [
        ("paragraph", -1),
        *[("paragraph", 0)] * 3,
        *[("paragraph", -1)] * 2,
    ]


def test_what_one_of_several_is_called_comes_with_what_announces_them() -> None:
    code = "```\na\n```"
    text = f"Add it:\n\n**pip**\n\n{code}\n\n**uv**\n\n{code}\n\n{code}\n\n**More**\n\nText."
    assert [lead for *_, lead in told(text)] == [-1, 0, 1, 0, 3, -1, -1, 6]
    assert [lead for *_, lead in told("- Add it:\n\n  **pip**\n\n  ```\n  a\n  ```")] == [-1, 0, 1]


def test_a_question_in_bold_is_below_no_title_before_it() -> None:
    text = (
        "**Fees:**\n\n- keys\n\n**Q: Who *takes* them?**\nA: We do.\n\n"
        "**Dues:**\n\n**They** are paid."
    )
    (section,) = read_page(text).sections
    assert [(block.plain, block.lead) for block in section.blocks] == [
        ("Fees:", -1),
        ("keys", 0),
        ("Q: Who takes them? A: We do.", -1),
        ("Dues:", -1),
        ("They are paid.", 3),
    ]
