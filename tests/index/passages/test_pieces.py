from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.sections import read_page
from entrywise.data.documents.stretches import commonmark
from entrywise.data.entries import Section
from entrywise.data.source import read_knowledge_base
from entrywise.index.passages.pieces import pieces
from entrywise.rag.render.documents.plain_text import plain

DOCUMENTS = Path(__file__).parents[2] / "documents"
LONG = (
    "The [harbour office](https://example.org/a.b. C) gives out every **berth** in the order of "
    "the list. Whoever pays *late* loses it, and the `next` on the list is asked. There is no "
    "other way to come by a berth in this harbour. Letters are not answered."
)


def section(markdown: str) -> Section:
    (only,) = read_page(markdown).sections
    return only


def texts(of: Section) -> list[str]:
    return [of.text[piece.start : piece.end] for piece in pieces(of, "en")]


def test_a_term_is_cut_into_sentences() -> None:
    assert texts(Section("s", "One. Two.")) == ["One.", "Two."]


def test_blocks_are_pieces() -> None:
    of = section("Short. Text.\n\n- an item\n\n```\na\n\nb\n```\n\n| a |\n|---|\n| b |")
    assert texts(of) == [
        "Short. Text.",
        "- an item",
        "```\na\n\nb\n```",
        "| a |\n|---|",
        "| b |",
    ]


def test_a_long_paragraph_without_blanks_is_cut_at_its_full_stops() -> None:
    sentences = [
        "残業は事前に**上司の許可**が必要です。",
        "VPNには[申請書](apply.md)を出してください！",
        "「事後の申請は認めません。」と就業規則に書いてあります。",
        "*深夜*の割増賃金は五割、休日は三割五分です。",
        "上限は月45時間、年360時間までと決まっています。",
    ]
    of = section("".join(sentences))
    assert texts(of) == sentences
    assert [piece.plain for piece in pieces(of, "ja")][1] == "VPNには申請書を出してください！"
    assert len(texts(section("".join(sentences[:2])))) == 1


def test_a_long_paragraph_is_cut_into_sentences_with_their_markup() -> None:
    of = section(LONG)
    cut = texts(of)
    assert [text[:14] for text in cut] == [
        "The [harbour o",
        "Whoever pays *",
        "There is no ot",
        "Letters are no",
    ]
    assert [piece.plain for piece in pieces(of, "en")][1] == (
        "Whoever pays late loses it, and the next on the list is asked."
    )
    assert " ".join(cut) == LONG


def test_the_mark_that_ends_code_ends_no_sentence() -> None:
    words = "The crew writes down who comes and who goes, hour by hour, in the book at the pier"
    of = section(
        f"{words}. Whoever calls `berth!` or\n`leave?` is\nheard. {words} `now!`. {words}."
    )
    assert [text[:12] for text in texts(of)] == [
        "The crew wri",
        "Whoever call",
        *["The crew wri"] * 2,
    ]


def test_no_sentence_ends_in_code() -> None:
    words = "The crew writes down who comes and who goes, hour by hour, in the book at the pier"
    of = section(f"{words}. Ask `is it free? Then come` and wait. {words}.")
    assert [text[-8:] for text in texts(of)] == ["he pier.", "nd wait.", "he pier."]


def test_no_sentence_ends_in_a_tag() -> None:
    words = "The crew writes down who comes and who goes, hour by hour, in the book at the pier"
    of = section(f'{words}. Is it so? <b class="x">No</b> it is not, whatever {words}.')
    assert [text[-14:] for text in texts(of)][:1] == ["k at the pier."]
    assert not any(text.endswith("<b") for text in texts(of))


def test_where_a_sentence_begins_is_not_guessed() -> None:
    """The same words stand in an address: where "A b." begins cannot be told for sure."""
    words = " ".join(f"word{number}" for number in range(50))
    of = section(f"[{words}](http://x/A+b.) Then. A b. A b.")
    assert "".join(texts(of)).count("A b.") == 2


@given(st.text(alphabet="ab .!*_`[]()\n|-#>1:", max_size=300))
def test_pieces_lie_in_their_blocks_in_order(markdown: str) -> None:
    for of in read_page(markdown).sections:
        end = 0
        for piece in pieces(of, "en"):
            block = of.blocks[piece.block]
            assert block.start <= piece.start < piece.end <= block.end
            assert end <= piece.start
            assert piece.plain.strip()
            end = piece.end


@pytest.mark.parametrize(
    "collection", sorted(path.parent.name for path in DOCUMENTS.glob("*/docs"))
)
def test_a_piece_reads_by_itself_as_it_does_on_its_page(collection: str) -> None:
    compared = 0
    for entry in read_knowledge_base(DOCUMENTS / collection / "docs").entries:
        for of in entry.sections:
            for piece in pieces(of, "en") if of.is_markdown else ():
                if of.blocks[piece.block].kind in ("paragraph", "item", "title") and (
                    "$" not in piece.plain
                ):
                    alone = plain(commonmark(of, piece.start, piece.end))
                    assert letters(alone) == letters(piece.plain)
                    compared += 1
    assert compared or collection == "minutes"


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_no_sentence_ends_with_the_break_behind_it() -> None:
    of = section(
        "Letters that come by post are never answered by anybody there, whatever they say.\\\n"
        "The list hangs out at noon each Monday for all those who asked and came in time, in blue "
        "ink and with the name of each boat."
    )
    assert [text[-9:] for text in texts(of)] == ["they say.", "ach boat."]
