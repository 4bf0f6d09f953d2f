from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from entrywise.data.documents.sections import read_page
from entrywise.data.entries import Section
from entrywise.index.passages.pieces import pieces

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
