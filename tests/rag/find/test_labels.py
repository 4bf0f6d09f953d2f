from __future__ import annotations

from pathlib import Path

import pytest
from growth import grows_linearly
from indexes import Indexed
from stages import understood

from entrywise.data.documents.sections import read_page
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.assistant import Assistant
from entrywise.rag.find.definitions import compared
from entrywise.rag.find.labels import LABELLED, Labels, blocks_of_each, headers_of_each, label_of

# Two pages of a ferry's manual: each piece of the first one is about a light.
_PIECES = """# Lights of the bridge

**`--dim-all`**

Turns the lamps of the deck down for the night.

**`--lit`**

Turns the lamps on.

**`-b, --berth NAME`**

Turns the lamps of one berth on.

**`-B`**

Turns all berths off.

**F**

The lamps are those of a ferry.

`--berth` of a ferry has lamps for both of the decks that it has
and is seldom used.

| Code | Lamp |
| --- | --- |
| 40117 | starboard lamp is broken |
| Mast lamp | has to be lit at dusk |
| deck.lampCount | lamps that are lit together |

- Canteen: lamps go out at ten.
- Cargo hold – lamps stay lit.
- Lamps of the saloon are lit by hand.
"""
_OTHER = """# Duties

At night the mate turns `--dim-all` on and notes 40117 in the log, the canteen is closed, and the
cargo hold is looked at. The mast lamp, when it is lit, is looked at too.

- `deck.lampCount`
"""


@pytest.fixture(scope="module")
def manual(indexed: Indexed, tmp_path_factory: pytest.TempPathFactory) -> Index:
    source: Path = tmp_path_factory.mktemp("manual")
    (source / "lights.md").write_text(_PIECES, "utf-8")
    (source / "duties.md").write_text(_OTHER, "utf-8")
    return Index(indexed(read_knowledge_base(source)))


def labelled(question: str, index: Index) -> list[str]:
    """The pieces that are worth something by their labels, the best first."""
    labels = Labels(understood(question, index), index)
    found: list[tuple[float, str]] = []
    for number, page in enumerate(index.entries):
        for section, own in enumerate(page.sections):
            rows = index.section_rows(number, section)
            spans = index.sentences[rows.start : rows.stop, 2:].tolist()
            worths = labels.worths(number, section, index).tolist()
            assert len(worths) == len(spans)
            for worth, (start, end) in zip(worths, spans, strict=True):
                assert 0 <= worth <= 2 * LABELLED + 1e-6
                found += [(worth, own.text[start:end])] if worth else []
    return [text for _, text in sorted(found, key=lambda one: -one[0])]


@pytest.mark.parametrize(
    ("question", "piece"),
    [
        ("what does --dim-all do", "**`--dim-all`**"),
        ("what does --berth do", "**`-b, --berth NAME`**"),
        ("what does -b do", "**`-b, --berth NAME`**"),
        ("what does -B do", "**`-B`**"),
        ("what does code 40117 mean", "| 40117 | starboard lamp is broken |"),
        ("what does deck.lampCount do", "| deck.lampCount | lamps that are lit together |"),
        ("is the mast lamp lit", "| Mast lamp | has to be lit at dusk |"),
        ("when do lamps go out in the canteen", "- Canteen: lamps go out at ten."),
        ("how are lamps lit in the cargo hold", "- Cargo hold – lamps stay lit."),
    ],
)
def test_the_piece_that_is_labelled_with_what_is_asked_about_comes_first(
    manual: Index, question: str, piece: str
) -> None:
    assert labelled(question, manual)[0].strip() == piece
    answer = Assistant(manual, threshold=0).ask(question)
    assert answer.citations[0].entry == "lights"
    assert piece in "\n".join(one.quote for one in answer.citations if one.entry == "lights")


@pytest.mark.parametrize(
    "question",
    [
        "which code has a lamp",  # "Code" names a column
        "what is the cargo hold?",  # what is labelled with it is no definition of it
        "how long is the mast",  # "Mast lamp" is more than what is asked about
        "what are lamps of the saloon like",  # a sentence that begins with it has no label
        "is there a --dim-all-lamps",
        "what is 40117's lamp",
        "???",
    ],
)
def test_other_pieces_have_no_label_that_is_asked_about(manual: Index, question: str) -> None:
    assert labelled(question, manual) == []


def test_an_item_that_is_a_name_alone_tells_nothing_of_it(manual: Index) -> None:
    (one,) = labelled("what does deck.lampCount do", manual)
    assert one.startswith("| deck.lampCount")


def test_one_letter_is_as_it_is_written(manual: Index) -> None:
    assert "**F**" in map(str.strip, labelled("who turns the lamps of F on", manual))
    assert "**F**" not in map(str.strip, labelled("who turns the lamps of f on", manual))


def test_an_identifier_is_all_that_is_asked_about(manual: Index) -> None:
    labels = Labels(understood("how do I have --lit with lamps of the deck", manual), manual)
    worths = [labels.worths(1, 0, manual).max(), labels.worths(0, 0, manual).max()]
    assert max(worths) == pytest.approx(2 * LABELLED)


def test_an_identifier_is_worth_as_much_as_it_is_of_what_is_asked(
    indexed: Indexed, tmp_path: Path
) -> None:
    text = "# Pay\n\n## Plans\n\nB12:\n\n- Our B12 plan is run by the harbour's bank.\n\n"
    text += "## Q. Does the yard match my B12?\n\n- Not before spring.\n"
    (tmp_path / "pay.md").write_text(text, "utf-8")
    index = Index(indexed(read_knowledge_base(tmp_path)))
    alone, beside = (
        max(Labels(understood(question, index), index).worths(0, n, index).max() for n in range(2))
        for question in ("B12", "does the yard match B12")
    )
    assert alone == pytest.approx(LABELLED)
    assert 0 < beside < LABELLED
    first, *_ = Assistant(index, threshold=0).ask("does the yard match B12").citations
    assert first.quote == "- Not before spring."


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("- [Pier 4](piers.md#4) - closed", "Pier 4"),
        ("3) *Spring tide* — twice a month", "Spring tide"),
        ("> **Note**: at noon", "Note"),
        ("`ferry(line)`: the next one", "ferry"),
        ("Ferries to the islands", "Ferries to the islands"),
        ("Ferries to the islands leave at noon, and at six in the evening on all days.", None),
        ("At noon: " * 20, "At noon"),
        ("word " * 20 + ": far", None),
        ("12 ferries\nleave at noon", "12 ferries"),
        ("", None),
    ],
)
def test_a_label_is_set_off_from_what_is_told(text: str, label: str | None) -> None:
    assert label_of(text) == label


@pytest.mark.parametrize("unit", ["- ", "*`_", "lamp ", "| ", "("])
def test_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    assert grows_linearly(lambda count: label_of(unit * count), 32_000)


@pytest.mark.parametrize(
    ("header", "is_of_both"),
    [
        ("| | Ferry | Tender |", True),
        ("| What | **Tender** | `Ferry`\\_\\* |", True),
        ("| What | Acme Ferry | Acme Tender |", True),
        ("| What | Ferry fee | Tender |", False),
        ("| What | Ferry \\| Tender |", False),
    ],
)
def test_a_table_with_a_column_for_each_is_known(
    header: str, is_of_both: bool, harbour_index: Index
) -> None:
    columns = header.count("|") - header.count("\\|") - 1
    table = f"{header}\n{'|---' * columns}|\n{'| x ' * columns}|\n"
    (section,) = read_page(f"Fees.\n\n{table}").sections
    question = understood("difference between a ferry and a tender", harbour_index)
    assert headers_of_each(section, compared(question, "acme")) == [1] * is_of_both
    assert headers_of_each(section, ()) == []


@pytest.mark.parametrize(
    ("text", "asked", "numbers"),
    [
        ("- **Ferry**: big.\n- **Raft**: flat.\n- **Tender**: small.", "ferry vs tender", [0, 2]),
        ("- **Ferry**: big.\n- **Raft**: flat, no tender.", "ferry vs tender", []),
        ("- `-k NAME`: keeps.\n- `-n, --drop NAME`: leaves out.", "-k vs --drop", [0, 1]),
        ("- `-k NAME`: keeps.\n- `-n, --drop NAME`: leaves out.", "-k vs -z", []),
        ("- `-k NAME`: keeps.\n- `-n, --drop NAME`: leaves out.", "what is -k", []),
    ],
)
def test_the_blocks_of_each_are_known_by_their_labels(
    text: str, asked: str, numbers: list[int], harbour_index: Index
) -> None:
    (section,) = read_page(text).sections
    question = understood(asked, harbour_index)
    assert blocks_of_each(section, compared(question)) == numbers
