from __future__ import annotations

from pathlib import Path

import pytest

from entrywise.data.documents.conversion.asciidoc.blocks import Blocks


def markdown(text: str) -> str:
    return Blocks(Path("a.adoc")).written(text.strip("\n").split("\n"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("= Title\nDana Kim <d@k.example>\nv1.0, 2026-01-01\n\nText.", "# Title\n\nText."),
        ("== What's new?\n\nThis.", "## What's new? {#_whats_new}\n\nThis."),
        ("[[own]]\n== Tides\n\n=== Springs", "## Tides {#own}\n\n### Springs {#_springs}"),
        ("[#own.role]\n== Tides", "## Tides {#own}"),
        ('[id="own"]\n== Tides\n\n<<own>>', "## Tides {#own}\n\n[Tides](#own)"),
        ('[id="own"]\n.Towns\n* Rome\n\n<<own>>', "**Towns**\n\n- Rome\n\n[Towns](#own)"),
        ("Tides\n-----\nTwice.", "## Tides {#_tides}\n\nTwice."),
        ("[discrete]\n=== Aside", "**Aside**"),
        ("one\n- two\n\nthree", "one - two\n\nthree"),
        ("[source,sh]\n----\nls *\n----", "```sh\nls *\n```"),
        ('[source,sh,subs="+quotes"]\n----\nls _dir_\n----', "```sh\nls dir\n```"),
        ("....\na  b\n....", "```\na  b\n```"),
        ("```ruby\nx\n```", "```ruby\nx\n```"),
        (" $ make\n $ run", "```\n$ make\n$ run\n```"),
        ("----\nnever closed", "```\nnever closed\n```"),
        ("++++\n<b>x</b>\n++++\n\nText.", "Text."),
        ("[stem]\n++++\nx^2\n++++", "$$\nx^2\n$$"),
        (".Towns\n* Rome", "**Towns**\n\n- Rome"),
        ("image::a.png[A boat,200]", "![A boat](a.png)"),
        ("toc::[]\n\n'''\n\nText.", "Text."),
        ("____\nSaid.\n____", "> Said."),
        ("[quote, Dana Kim, The harbour]\nSaid.", "> Said.\n>\n> — Dana Kim, The harbour"),
        ("--\nInside.\n--", "Inside."),
    ],
)
def test_blocks_are_those_of_markdown(text: str, written: str) -> None:
    assert markdown(text) == written


@pytest.mark.parametrize(
    "text",
    ["NOTE: Mind\nthe gap.", "[NOTE]\nMind\nthe gap.", "[NOTE]\n====\nMind\nthe gap.\n===="],
)
def test_admonitions_are_read_however_they_are_written(text: str) -> None:
    assert markdown(text) == "!!! note\n\n    Mind the gap."


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("* a\n** b\n* c", "- a\n  - b\n- c"),
        ("* a\n\n* c", "- a\n- c"),
        (". a\n. b\n.. c", "1. a\n2. b\n   1. c"),
        ('[start="4"]\n. d\n. e', "4. d\n5. e"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("- [x] done\n- [ ] open", "- [x] done\n- [ ] open"),
        ("* a\nmore\n+\nbehind\n* b", "- a more\n\n  behind\n\n- b"),
        ("* a\n+\n----\n* no item\n----\n* b", "- a\n\n  ```\n  * no item\n  ```\n\n- b"),
        ("* a\n\nText.", "- a\n\nText."),
        ("* a\n== Tides", "- a\n\n## Tides {#_tides}"),
        ("<1> First.\n<2> Second.", "1. First.\n2. Second."),
        (
            "Oar:: What rows.\nBoat::\n  What is rowed.",
            "Oar\n:   What rows.\n\nBoat\n:   What is rowed.",
        ),
        ("`size`:: How large.\n+\nAlways.", "`size`\n:   How large.\n\n    Always."),
        ("a::\nb:::: c", "a\n:   b: c"),
        ("Oar::", "**Oar**"),
    ],
)
def test_lists_are_those_of_markdown(text: str, written: str) -> None:
    assert markdown(text) == written


def test_a_table_has_a_header_where_it_says_so_or_its_first_row_is_apart() -> None:
    table = "| Town | Days |\n|---|---|\n| Rome | three |"
    assert markdown("|===\n|Town |Days\n\n|Rome\n|three\n|===") == table
    assert markdown('[options="header"]\n|===\n|Town |Days\n|Rome |three\n|===') == table
    assert markdown('[%header,format=csv]\n|===\nTown,Days\nRome,"three"\n|===') == table


def test_cells_hold_blocks_where_they_say_so() -> None:
    text = '[cols="1,1a"]\n|===\n|Rome\n|NOTE: Hot.\n\n* three\n* days\n|===\n'
    assert markdown(text) == "|  |  |\n|---|---|\n| Rome | Note: Hot. • three • days |"


def test_lines_of_a_cell_end_where_they_are_to() -> None:
    assert markdown("|===\n|a |one +\n +\ntwo\n|===") == "|  |  |\n|---|---|\n| a | one two |"


def test_blocks_within_each_other_end() -> None:
    deep = "\n".join("=" * (4 + depth) for depth in range(60))
    assert markdown(f"{deep}\nText.").endswith("Text.")
