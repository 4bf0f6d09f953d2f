from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from growth import grows_linearly
from indexes import Indexed
from stages import found, understood

from entrywise.data.documents.sections import read_page
from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.index.passages.pieces import pieces
from entrywise.rag.find.candidates import SectionHit
from entrywise.rag.judge.asked_words import QuestionWords
from entrywise.rag.judge.confidence import calibrated, decide
from entrywise.rag.judge.excerpt_signs import excerpt_signs
from entrywise.rag.judge.excerpts import _BAR, MOST, _chosen, excerpts
from entrywise.rag.judge.runs import best_run, standing_out, without_ends, without_torn
from entrywise.rag.judge.section_pieces import SectionPieces


def run_of(told: Sequence[tuple[float, float]], sizes: Sequence[int], budget: int) -> range:
    bar = max(worth for worth, _ in told) - _BAR
    return best_run(told, sizes, budget, held=None, bar=bar)


def quoted(text: str, index: Index) -> str:
    """The best excerpt for a question, a line a piece."""
    return "\n".join(sentence.text for sentence in found(text, index).excerpts[0].sentences)


def cut(markdown: str) -> SectionPieces:
    (section,) = read_page(markdown).sections
    return SectionPieces(section, [(piece.start, piece.end) for piece in pieces(section, "en")])


def complete(markdown: str, first: int) -> list[int]:
    return sorted(cut(markdown).complete(range(first, first + 1)))


def test_steps_come_whole_and_in_order_with_what_is_below_them(harbour_index: Index) -> None:
    text = quoted("how do I book a berth", harbour_index)
    places = [text.index(part) for part in ("To book", "1. Send", "2. Wait", "$ berth", "3. Pay")]
    assert places == sorted(places)


EXAMPLES = """# List

## Examples

1. List all boats.

   ```
   list
   ```

2. List boats that are late:

   ```
   list --late
   ```

   They are red.

3. {third}
"""


@pytest.mark.parametrize(
    ("third", "asked", "whole"),
    [
        ("List gaffers. " + "They have a mast each. " * 30, "which are late", False),
        ("List late boats. " + "They have a mast each. " * 30, "which are late", True),
        ("List gaffers. " + "They have a mast each. " * 30, "how do I list boats", True),
        ("List gaffers.", "which are late", True),
    ],
    ids=["one says it", "two say it", "its heading says it", "short"],
)
def test_of_a_long_list_the_example_that_alone_says_what_is_asked_is_quoted(
    third: str, asked: str, whole: bool, indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "list.md").write_text(EXAMPLES.format(third=third), "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        text = quoted(asked, index)
    assert "They are red" in text
    assert ("List all boats" in text) == whole


def test_what_goes_on_behind_code_comes_with_it() -> None:
    text = "So:\n\n```\nmoor(boat)\n```\n\nmeans that it is moored.\n\nIt holds."
    assert complete(text, 2) == [0, 1, 2]
    assert complete(text.replace("means that", "Now"), 2) == [2]


def test_a_row_comes_with_its_header(harbour_index: Index) -> None:
    text = quoted("price of a winter night for 12 m", harbour_index)
    assert text.index("| Length") < text.index("| up to 12 m")


def test_what_refers_back_comes_with_what_it_refers_to(harbour_index: Index) -> None:
    text = quoted("when is the berth free for others after I leave", harbour_index)
    assert "a day before you leave" in text
    assert "After that the berth is free" in text


@pytest.mark.parametrize(
    ("sentence", "goes_on"),
    [
        ("If these conventions do not apply, name it.", True),
        ("In other words, it waits.", True),
        ("Specifically, it waits for a tide.", True),
        ("To use this approach, call first.", True),
        ("One way to do this is to call.", True),
        ("You may want to call before this ends.", False),
        ("Name the berth that is free.", False),
        ("Danach ist der Platz frei.", True),
        ("Für diesen Fall gibt es einen Steg.", True),
        ("Es gibt einen Steg.", False),
        ("Das Boot liegt am Steg.", False),
    ],
)
def test_a_sentence_that_points_at_what_stands_before_it_comes_with_that(
    sentence: str, goes_on: bool
) -> None:
    # More than comes with whatever stands behind it.
    list_of_all = "list of all that the office has ever " + "let or lent or " * 6 + "given away"
    text = f"A berth is found by its number in the {list_of_all}. {sentence} " + "Word " * 40
    assert complete(text, 1) == ([0, 1] if goes_on else [1])


def test_what_refers_back_over_several_paragraphs_comes_with_all_of_them() -> None:
    gate = "The gate is let down by hand at low water, and by the engine at any other time."
    rest = "In other words, it keeps boats out, " + "and ropes and nets and crates " * 6 + "too."
    assert complete(f"{gate}\n\n{rest}\n\nThat holds in winter.", 2) == [0, 1, 2]
    # What is too far away is left.
    far = rest.replace("too.", "and more " * 60 + "too.")
    assert complete(f"{gate}\n\n{far}\n\nThat holds in winter.", 2) == [2]


def test_what_a_sentence_is_about_comes_with_it() -> None:
    text = "**Aim.** To learn whether bees read. **Result.** They do not. " + "They hum. " * 30
    assert complete(text, 0) == [0, 1]
    assert 3 in complete(text, 2)
    assert complete(f"{text}**And they hum.**", 34)[-1] == 34


def test_a_question_comes_with_its_answer() -> None:
    text = "Bees sleep.\n\n**Can I get a refund?**\nNot for bees. " + "They keep it all. " * 30
    assert complete(text, 1) == [1, 2]
    assert complete("Bees sleep.\n\nWhy do they?", 1) == [1]


def test_a_block_that_announces_comes_with_what_it_announces() -> None:
    assert complete("Take:\n\n- a\n- b\n\nEnd.", 0) == [0, 1, 2]
    assert complete("Run this:\n\n```\na\n```\n\nEnd.", 0) == [0, 1]
    assert complete("First:\n\nThen.\n\nEnd.", 0) == [0, 1]


def test_what_announces_nothing_in_its_section_is_not_quoted_with_others() -> None:
    assert complete("Start.\n\nThese are it.\n\nThese follow:", 2) == [0, 1]
    assert complete("These follow:", 0) == [0]


def test_an_item_comes_with_what_announces_it_and_what_little_is_between() -> None:
    assert complete("Take:\n\n- a\n- b\n\nEnd.", 2) == [0, 1, 2]


def test_a_clause_comes_with_what_announces_it() -> None:
    """Items of contracts are paragraphs: no list of Markdown has "(a)"."""
    clauses = (
        "1.1 He pays.\n\n1.2 If he does not pay, we may:\n\n(a) charge interest;\n\n"
        "(b) stop; or\n\n(iii) leave.\n\n1.3 Fees rise.\n\n(a) is above."
    )
    for place in (1, 2, 3, 4):
        assert complete(clauses, place) == [1, 2, 3, 4]
    assert complete(clauses, 5) == [5]
    # What stands between ends the list, and a word in brackets begins no item.
    assert complete(clauses, 6) == [6]
    assert complete("We may:\n\n(sometimes) leave.\n\nOr go.", 1) == [1]


def test_an_item_below_another_comes_with_it() -> None:
    many = "".join(f"- item {number} of a long list of them\n" for number in range(20))
    assert complete(f"{many}    - c", 20) == [19, 20]


def test_items_of_a_short_list_come_together() -> None:
    assert complete("Text.\n\n- a\n- b\n    - c\n\nMore.", 2) == [1, 2, 3]
    assert complete("- " + "word " * 50 + "\n- " + "word " * 50 + "\n", 1) == [1]


def test_a_step_of_a_few_sentences_comes_whole() -> None:
    step = "Boil the water for a long while in a large pot. " * 6
    steps = "".join(f"{number}. {step}\n" for number in range(1, 9))
    in_step = len(cut(f"1. {step}").texts)
    assert in_step > 1
    assert complete(steps, in_step + 1) == list(range(in_step, 2 * in_step))


def test_what_a_paragraph_leads_up_to_comes_with_it() -> None:
    assert complete("These are kept.\n\n- a\n- b\n\nMore.", 0) == [0, 1, 2]
    assert complete("These are kept.\n\n**A**\n\nOne.\n\n**B**\n\nTwo.", 0) == [0, 1, 2, 3, 4]
    assert complete("These are kept.\n\n| a |\n|---|\n| b |\n\nMore.", 0) == [0, 1, 2]
    many = "".join(f"- item {number} of a long list of them\n" for number in range(20))
    assert complete(f"These are kept.\n\n{many}", 0) == [0]
    steps = "".join(f"1. step {number} of a long list of them\n" for number in range(20))
    assert complete(f"Go so.\n\n{steps}", 0) == [*range(21)]
    assert complete(f"Go so.\n\n{steps * 5}", 0) == [0]


def test_steps_come_whole_where_code_of_the_first_is_near() -> None:
    step = "1. Moor it:\n\n    ```\n    moor\n    ```\n\n"
    assert complete(f"Boats float.\n\n{step * 3}", 0) == [*range(7)]


def test_of_a_large_table_only_the_rows_that_are_wanted_come() -> None:
    rows = "\n".join(f"| row {number} | some words of it |" for number in range(100))
    assert complete(f"| a | b |\n|---|---|\n{rows}", 50) == [0, 50]


def test_a_header_does_not_stand_alone() -> None:
    rows = "\n".join(f"| row {number} | some words of it |" for number in range(100))
    table = f"| a | b |\n|---|---|\n{rows}"
    # Eight words a row with their signs, a hundred of them.
    assert complete(table, 0) == list(range(13))
    assert complete(f"Choose one of these:\n\n{table}", 0) == list(range(14))
    assert complete(f"Choose one of these:\n\n{table}", 50) == [0, 1, 50]


def test_a_title_does_not_stand_alone() -> None:
    below = "You lose what you have. " * 20
    markdown = f"**Late payment**\n\n{below}\n\nEnd."
    last = len(cut(markdown).texts) - 1
    for place in (0, 1):
        assert complete(markdown, place)[:2] == [0, 1]
        assert last not in complete(markdown, place)


def test_what_stands_further_below_a_title_comes_with_it() -> None:
    assert complete("**Late payment**\n\nYou lose it.\n\nNot at once.\n\nEnd.", 2) == [0, 1, 2, 3]
    long = "A few words of it. " * 7
    assert complete(f"**Late payment**\n\n{long}\n\nNot at once, but soon after that.", 0) == [0, 1]


@pytest.mark.parametrize(
    ("beginning", "worth", "comes"),
    [
        ("The command lists all boats.", 0.5, True),
        ("![boats](boats.png)\n\nThe command lists all boats.", 0.5, True),
        ("The command lists all boats.", 0.3, False),
        ("- The command lists all boats.", 0.5, False),
        ("```\nboats\n```", 0.5, False),
        ("The command lists:", 0.5, False),
        ("Dear boats,", 0.5, False),
    ],
    ids=["near", "below a picture", "not near", "item", "code", "announces", "greets"],
)
def test_what_a_section_says_first_comes_where_it_is_worth_reading(
    beginning: str, worth: float, comes: bool
) -> None:
    own = cut(f"{beginning}\n\n{'It is of no use. ' * 20}\n\nThe length is in feet.")
    first, last = beginning.count("\n\n"), len(own.texts) - 1
    worths = [worth] * (last + 1)
    chosen = own.with_beginning({last}, worths, bar=0.4)
    assert chosen == ({first, last} if comes else {last})
    assert own.with_beginning({0, last}, worths, bar=0.4) == {0, last}


def test_what_only_begins_a_section_tells_nothing_of_confidence(
    harbour_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "when is the berth free for others after I leave"
    for bound in ("_WHOLE", "_BAR"):
        monkeypatch.setattr(f"entrywise.rag.judge.excerpts.{bound}", 0)
    without = found(asked, harbour_index).excerpts[0]
    monkeypatch.setattr(
        SectionPieces, "with_beginning", lambda own, *_, **__: set(range(len(own.texts)))
    )
    whole = found(asked, harbour_index).excerpts[0]
    assert len(whole.sentences) > len(without.sentences)
    assert whole.coverage == without.coverage


@pytest.mark.parametrize(("words", "chosen"), [(20, [0, 1]), (40, [1])])
def test_what_little_a_paragraph_begins_with_comes_with_the_rest_of_it(
    words: int, chosen: list[int]
) -> None:
    beginning = f"Keep to the {'long ' * (words - 4)}quay."
    rest = f"A dry pier is safe in any tide, {'whatever the season may bring, ' * 6}says Ada."
    assert complete(f"{beginning} {rest}", first=1) == chosen


def test_a_long_list_of_steps_is_not_quoted_whole() -> None:
    steps = "\n".join(f"1. step {number} takes a few words to tell" for number in range(200))
    assert complete(steps, 100) == [100]


def test_the_run_is_what_exceeds_the_bar_by_most() -> None:
    worths = [0.1, 0.8, 0.75, 0.1, 0.7]
    assert run_of([(worth, 0.0) for worth in worths], [10] * 5, 100) == range(1, 3)
    assert run_of([(worth, 0.0) for worth in worths], [10] * 5, 10) == range(1, 2)
    # What is too long by itself is still quoted.
    assert run_of([(0.5, 0.0)], [500], 100) == range(1)


def test_in_a_long_section_the_run_holds_the_best_piece() -> None:
    worths = [0.79] * 200 + [0.8] + [0.1] * 10
    assert run_of([(worth, 0.0) for worth in worths[180:]], [5] * 31, 50) == range(11, 21)
    few = [(0.79, 0.0)] * 100 + [(0.5, 0.0)] * 100 + [(0.8, 0.0)] + [(0.1, 0.0)] * 10
    assert 200 in run_of(few, [5] * len(few), 50)


def test_of_paragraphs_with_titles_of_their_own_the_best_is_quoted(
    tmp_path: Path, indexed: Indexed
) -> None:
    minutes = Path(__file__).parents[2] / "documents" / "minutes" / "docs"
    with closing(Index(indexed(read_knowledge_base(minutes)))) as index:
        size, job = (
            found(text, index).excerpts
            for text in ("how big may my shed be now", "who got the fence job")
        )
    assert [sentence.text.replace("\\", "")[:28] for sentence in size[0].sentences] == [
        "5. Motion of the board: shed"
    ]
    assert any("Kranz" in sentence.text for one in job for sentence in one.sentences)


def test_coming_into_a_table_that_nothing_announces_costs() -> None:
    assert run_of([(0.8, 0.0), (0.8, 0.3)], [10, 10], 100) == range(1)
    assert cut("Text.\n\n| a |\n|---|\n| b |").crossings[1] > 0
    assert cut("Text:\n\n| a |\n|---|\n| b |").crossings == [0, 0, 0]


def test_words_count_by_their_rarity_in_any_form(harbour_index: Index) -> None:
    words = QuestionWords(understood("ringing for the lifeboats", harbour_index), harbour_index)
    assert words.coverage("nothing") == 0
    assert words.coverage("whoever rings") > 0
    assert words.coverage("ring for lifeboat") == pytest.approx(1.0)


def test_a_version_is_said_by_those_that_it_begins(harbour_index: Index) -> None:
    words = QuestionWords(understood("what changed in 2.13", harbour_index), harbour_index)
    version = words.coverage("Version 2.13")
    assert version > 0
    assert words.coverage("Version 2.13.4 of May") == version
    assert words.coverage("Version 2.14.0, 12.13, 2.130") == 0


def test_an_option_counts_where_it_is_written_so(harbour_index: Index) -> None:
    words = QuestionWords(understood("what does --berth do", harbour_index), harbour_index)

    assert words.coverage("boat --berth=4") > 0.5
    # Its word says nothing of it, nor does what is written otherwise.
    assert words.coverage("a berth") == words.coverage("--berths") == words.coverage("") == 0
    assert words.coverage("boat --berth=4", beside="--berth") == 0


def test_only_sections_that_are_near_are_quoted_best_first(harbour_index: Index) -> None:
    findings = found("what does a lost key cost", harbour_index)
    assert 1 <= len(findings.excerpts) <= MOST
    scores = [excerpt.hit.score for excerpt in findings.excerpts]
    assert scores == sorted(scores, reverse=True)


def test_both_sides_of_a_comparison_are_shown_first(tmp_path: Path, indexed: Indexed) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.md").write_text(
        "# Boats\n\n## Gaffer fees\n\nA gaffer pays a fee of 9 EUR.\n\n"
        "## Gaffer fees in winter\n\nA gaffer pays a winter fee of 5 EUR.\n\n"
        "## Tender fees\n\nA tender pays a fee of 3 EUR.\n"
    )
    index = Index(indexed(read_knowledge_base(tmp_path / "pages")))
    text = "difference between the fees of a gaffer and a tender"
    question = understood(text, index)
    hits = [SectionHit(0, number, 0.6 - number / 100, 0.6, 0.5) for number in range(3)]
    chosen = _chosen(hits, QuestionWords(question, index), question, index)
    plain = understood("fees of a gaffer, and a tender", index)
    others = _chosen(hits, QuestionWords(plain, index), plain, index)
    index.close()
    # The second section says nothing of tenders.
    assert [hit.section for hit in chosen] == [0, 2, 1]
    assert [hit.section for hit in others] == [0, 1, 2]


def test_of_a_table_that_compares_all_rows_are_quoted(indexed: Indexed, tmp_path: Path) -> None:
    rows = "".join(f"| Thing {n} | holds for deck {n} | is none of deck {n} |\n" for n in range(12))
    (tmp_path / "boats.md").write_text(
        f"# Boats\n\n## Kinds\n\n| | Ferry | Tender |\n|---|---|---|\n{rows}\n"
        "## Ferry\n\nA ferry has a ramp.\n\n## Tender\n\nThe tender has oars.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        both, one = quoted("ferry vs tender", index), quoted("what is thing 7", index)
    assert both.startswith("| | Ferry")
    assert all(f"Thing {number} " in both for number in range(12))
    assert "Thing 7" in one
    assert "Thing 1 " not in one


def test_the_best_piece_is_quoted_whatever_stands_between(indexed: Indexed, tmp_path: Path) -> None:
    """Three sentences that are a little good are worth more in sum than the one that answers."""
    fees = "The fees of a berth are told to whoever asks for a berth and its fees. "
    (tmp_path / "berths.md").write_text(
        "# Harbour\n\n## Berths\n\n"
        f"{fees * 3}\n\n{'The mole was built by masons of the town in stone. ' * 9}\n\n"
        "The deposit of a berth is returned in October, with its fees.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        told = quoted("when is the deposit of a berth returned, with the fees of the berth?", index)
    assert "returned in October" in told


def test_of_a_list_that_has_both_sides_each_is_quoted(indexed: Indexed, tmp_path: Path) -> None:
    others = "".join(f"--deck-{n} NAME\n: Opens the doors of deck {n}.\n\n" for n in range(24))
    (tmp_path / "boats.md").write_text(
        "# Boats\n\n## Options\n\n"
        "-k NAME\n: Keeps the boats that are called so. Examples:\n\n      ferry -k tender\n\n"
        f"{others}-m, --mark NAME\n: Marks the boats that are given.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        both, one = quoted("-k vs --mark", index), quoted("what does --deck-3 do", index)
    assert "called so" in both
    assert "ferry -k tender" in both
    assert "Marks the boats" in both
    assert "deck 5" not in both
    assert "Marks the boats" not in one


def test_what_is_held_back_is_quoted_where_all_is(harbour_index: Index) -> None:
    question = understood("what does a lost key cost", harbour_index)
    words = QuestionWords(question, harbour_index)
    hits = [SectionHit(0, number, 0.4, 0.6, 0.5, moved=-0.2) for number in range(2)]
    assert _chosen(hits, words, question, harbour_index)[:1] == hits[:1]


def test_a_section_that_many_pages_have_is_quoted_once(tmp_path: Path, indexed: Indexed) -> None:
    for page in ("mooring", "anchoring", "towing"):
        text = f"# {page.title()}\n\n## Fees\n\nThe harbour master takes the fees in cash.\n"
        (tmp_path / f"{page}.md").write_text(text, encoding="utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        excerpts = found("who takes the fees?", index).excerpts
    assert [[sentence.text for sentence in one.sentences] for one in excerpts] == [
        ["The harbour master takes the fees in cash."]
    ]


@pytest.mark.parametrize(
    "leading_on",
    [
        "- [Lifting a boat by crane](a.md)\n- [Lifting a boat on Mondays](b.md)",
        "The crane:\n\n- [[Lifting a boat by crane]]\n- [[b|Lifting a boat on Mondays]]",
        "Lifting a boat by the crane takes this:\n\n### Straps\n\nOf nylon.",
        "What about lifting a boat by the crane?\n\n### Straps\n\nOf nylon.",
        "For lifting a boat by the crane, see [the price list](prices.md).",
        "For lifting a boat by the crane, see [the price list](prices.md).\n\n"
        "Or read on how to [store it on land](storing.md).",
    ],
)
def test_a_section_that_only_leads_on_is_not_quoted_beside_one_that_answers(
    leading_on: str, tmp_path: Path, indexed: Indexed
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "cranes.md").write_text(
        "# Cranes\n\n## Lifting a boat\n\nThe crane lifts a boat on Mondays.\n\n"
        f"## See also\n\n{leading_on}\n"
    )
    index = Index(indexed(read_knowledge_base(tmp_path / "pages")))
    quotes = found("lifting a boat by the crane", index).excerpts
    index.close()
    assert [excerpt.sentences[0].text for excerpt in quotes] == [
        "The crane lifts a boat on Mondays."
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "For lifting a boat by the crane, write to [the office](mailto:a@b.example).",
        "For lifting a boat by the crane, see [the price list](https://a.example).",
        "Lifting a boat by the crane takes an hour.",
        "For lifting a boat by the crane, pay a deposit.\n\nSee [the price list](prices.md).",
        "For lifting a boat by the crane they want money. See [the price list](prices.md).",
        "Lifting a boat by the crane is dear.\n\n- [How it is lifted by the crane](#how)\n"
        "- [Lifting a boat](#lifting-a-boat)\n",
        "Lifting a boat by the crane takes an hour, and whoever lifts one has to be there half an "
        "hour before, with [straps](straps.md) and with a friend of a few words.",
    ],
)
def test_a_short_section_with_a_link_may_answer(
    answer: str, tmp_path: Path, indexed: Indexed
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "cranes.md").write_text(
        "# Cranes\n\n## Lifting a boat\n\nThe crane lifts a boat on Mondays.\n\n"
        f"## How\n\n{answer}\n"
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path / "pages")))) as index:
        quotes = found("lifting a boat by the crane", index).excerpts
    said = answer.partition("\n")[0]
    assert said in [one.text for excerpt in quotes for one in excerpt.sentences]


def test_links_at_the_end_of_a_section_are_not_quoted_beside_what_answers(
    tmp_path: Path, indexed: Indexed
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "cranes.md").write_text(
        "# Cranes\n\n## Lifting a boat\n\nThe crane lifts a boat on Mondays.\n\n## Flags\n\n"
        "On Sundays the wind turns all flags to the north, and people come to look at them.\n\n"
        "They have hats on their heads and cameras in their hands until the ferry leaves.\n\n"
        "- [Lifting a boat by the crane](a.md)\n- [How the crane lifts a boat](b.md)\n"
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path / "pages")))) as index:
        quotes = found("lifting a boat by the crane", index).excerpts
    assert [excerpt.sentences[0].text for excerpt in quotes] == [
        "The crane lifts a boat on Mondays."
    ]


CODE = """# Gates

## Gate code

A gate code may be set for a gate.

Members type these numbers at the entrance, which opens for a minute.

On Sundays the wind turns the flags of all boats to the north, and people come to look at them from
the pier with hats on their heads and cameras in their hands, until the ferry leaves at noon.
"""


def gates(markdown: str, folder: Path, indexed: Indexed) -> closing[Index]:
    """An index of one page: a text, and nine short sections below it."""
    berths = "".join(f"## Berth {n}\n\nBerth {n} is {n} metres wide.\n\n" for n in range(9))
    return index_of(folder, indexed, {"gates.md": f"{markdown}\n\n{berths}"})


def best_of(question: str, markdown: str, folder: Path, indexed: Indexed) -> str:
    """What the first excerpt says."""
    with gates(markdown, folder, indexed) as index:
        (best, *_) = found(question, index).excerpts
    return " ".join(sentence.text for sentence in best.sentences)


def test_a_short_section_with_a_heading_is_quoted_whole(tmp_path: Path, indexed: Indexed) -> None:
    said = best_of("how may I set a gate code for a gate?", CODE, tmp_path, indexed)
    assert said.startswith("A gate code")
    assert said.endswith("at noon.")


SLOW = f"""# Boats

## Why is my boat slow?

There is much that you can do:

- Scrape the hull, which takes a morning.
- Fold the screw.

{"The ferry comes at noon and leaves when all are on it. " * 9}

If your boat is slow, ask why it is slow: a slow boat tells why it is slow.

{"People look at the pier from there. " * 9}
"""


@pytest.mark.parametrize(
    ("question", "is_beginning"),
    [
        ("why is my boat slow?", True),
        ("what do I do if it is slow, my boat?", True),
        ("ask a slow boat why it is slow", False),
    ],
)
def test_a_section_that_is_headed_by_what_is_asked_is_quoted_from_its_beginning(
    question: str, is_beginning: bool, tmp_path: Path, indexed: Indexed
) -> None:
    said = best_of(question, SLOW, tmp_path, indexed)
    assert said.startswith("There is much") is is_beginning
    assert ("Fold the screw." in said) is is_beginning


CODES = "\n".join(
    (
        "# Signals",
        "## Lights of the harbour",
        "| Code | Meaning |",
        "|---|---|",
        *(f"| {n} | The harbour light of that code is lit by night |" for n in range(30, 49)),
        f"| 50 | {'Wait for the pilot, who comes by boat at high tide. ' * 9} |",
    )
)


def test_a_row_that_is_labelled_with_what_is_asked_is_quoted(
    tmp_path: Path, indexed: Indexed
) -> None:
    assert "| 50 | Wait" in best_of(
        "what does the harbour light code 50 mean?", CODES, tmp_path, indexed
    )


TIDES = f"""# Tides

## Mooring at the quay

{"A boat at the quay is tied up by its crew, who stay with the boat at the quay. " * 9}

Boats at the quay are tied up for 15 minutes.

{"A boat at the quay is tied up by its crew, who wait for the boat at the quay. " * 9}
"""


@pytest.mark.parametrize("number", [0.0, 0.1])
def test_where_a_number_is_asked_for_what_has_one_is_worth_more(
    number: float, tmp_path: Path, indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entrywise.rag.judge.excerpts._NUMBER", 5 * number)
    said = best_of("how long may a boat stay tied up?", TIDES, tmp_path, indexed)
    assert (said == "Boats at the quay are tied up for 15 minutes.") is (number > 0)


def test_of_what_was_shown_nothing_is_quoted_again_as_its_beginning(
    tmp_path: Path, indexed: Indexed
) -> None:
    with gates(SLOW, tmp_path, indexed) as index:
        findings = found("why is my boat slow?", index)
        shown = {sentence.row for sentence in findings.excerpts[0].sentences}
        again, *_ = excerpts(findings.question, findings.candidates, index, shown)
    assert shown.isdisjoint(sentence.row for sentence in again.sentences)


@pytest.mark.parametrize("bar", [0.0, 2.0])
@pytest.mark.parametrize(
    ("question", "is_named"),
    [("gate code", True), ("how may I set a code for a gate?", False)],
)
def test_what_is_only_named_has_a_bar_of_its_own(
    question: str,
    is_named: bool,
    bar: float,
    tmp_path: Path,
    indexed: Indexed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("_WHOLE", 0), ("_BAR", 2.0 - bar), ("_BAR_OF_A_NAME", bar)):
        monkeypatch.setattr(f"entrywise.rag.judge.excerpts.{name}", value)
    said = best_of(question, CODE, tmp_path, indexed)
    assert said.startswith("A gate code")
    assert ("Members type" in said) is ((bar > 0) is is_named)


def index_of(folder: Path, indexed: Indexed, texts: Mapping[str, str]) -> closing[Index]:
    """An index of pages, {name: Markdown}."""
    pages = folder / "pages"
    pages.mkdir()
    for name, text in texts.items():
        (pages / name).write_text(text)
    return closing(Index(indexed(read_knowledge_base(pages))))


def test_where_all_that_is_near_only_leads_on_what_comes_next_is_quoted(
    tmp_path: Path, indexed: Indexed
) -> None:
    texts = {
        "index.md": "# Lifting a boat by the crane\n\n- [Lifting](a.md)\n- [Boats](b.md)\n",
        "fees.md": "# Fees\n\nMembers pay nothing for it on Mondays.\n",
    }
    with index_of(tmp_path, indexed, texts) as index:
        findings = found("lifting a boat by the crane", index)
        best = max(
            (hit for one in findings.candidates for hit in one.sections), key=lambda hit: hit.score
        )
        quotes = [one.text for excerpt in findings.excerpts for one in excerpt.sentences]
        assert index.entries[best.entry].id == "index"
    assert quotes == ["Members pay nothing for it on Mondays."]


def test_what_is_headed_by_the_question_comes_first_though_it_only_leads_on(
    tmp_path: Path, indexed: Indexed
) -> None:
    faq = (
        "# Questions\n\n## How do I sell my berth?\n\n"
        "To sell it, fill in the [form for the sale of a berth](https://a.example).\n\n"
        "## What does a berth cost?\n\nA berth of ten metres costs 400 a year.\n\n"
        "## What may I sell?\n\nThe following:\n\n### Fish\n\nOn Fridays.\n"
    )
    with index_of(tmp_path, indexed, {"faq.md": faq}) as index:
        first = [
            found(text, index).excerpts[0].sentences[0].text[:13]
            for text in ("how do I sell my berth", "sell berth", "what may I sell")
        ]
    assert first[:2] == ["To sell it, f"] * 2
    assert "The following" not in first


def test_a_page_that_is_asked_for_by_its_title_says_more_than_its_opening(
    tmp_path: Path, indexed: Indexed
) -> None:
    winter = (
        "# Storing a boat on land\n\nThis page tells how a boat is stored on land.\n\n"
        "## Cradles\n\nA cradle is lent for the season.\n\n## Fees\n\nThree crowns a day.\n"
    )
    texts = {"winter.md": winter, "fuel.md": "# Fuel\n\nDiesel is sold at the pump.\n"}
    with index_of(tmp_path, indexed, texts) as index:
        quotes = [one.sentences[0].text for one in found("storing boat on land", index).excerpts]
    assert quotes[0].startswith("This page")
    assert sorted(quotes[1:]) == ["A cradle is lent for the season.", "Three crowns a day."]


def test_behind_a_message_that_is_asked_about_stands_what_explains_it(
    tmp_path: Path, indexed: Indexed
) -> None:
    filler = "\n\n".join(f"Bread number {n} is baked with rye." for n in range(40))
    cause, remedy = "The pump has lost its oil.", "Fill it up to the mark."
    message = "`gate 4 cannot be opened now, code <n>`"
    told = f"{message}\n\n**Cause**\n\n{cause}\n\n**What to do**\n\n{remedy}"
    (tmp_path / "locks.md").write_text(f"# Locks\n\n## Gates\n\n{filler}\n\n{told}\n\n{filler}")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        text = quoted("why is there: gate 4 cannot be opened now", index)
        assert text.index(message) < text.index(cause) < text.index(remedy)
        assert len(text.split()) < 260


def test_confidence_is_told_by_the_passages_and_alone_decides(harbour_index: Index) -> None:
    known = calibrated(found("what does a lost key cost", harbour_index), harbour_index)
    strange = calibrated(found("what is the capital of Peru", harbour_index), harbour_index)
    assert known.probability > strange.probability
    assert all(0 <= value <= 1 for value in known.signs)
    findings = found("Who is Zyxwvut?", harbour_index)
    told = round(calibrated(findings, harbour_index).probability, 4)
    assert not decide(findings, harbour_index, told).withheld
    assert decide(findings, harbour_index, told + 1e-4).withheld


def test_without_documents_nothing_is_told(small_index: Index) -> None:
    assert excerpt_signs(found("what is GQA?", small_index)) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("| a | b |\n|---|---|\n", "| c | d |\n"),
        ("", "1. step\n"),
        ("", "- item\n"),
        ("", "text:\n\n"),
    ],
    ids=["rows", "steps", "items", "announced"],
)
def test_time_grows_linearly_with_a_section(head: str, unit: str) -> None:
    def choose(count: int) -> None:
        found_in = sections[count]
        pieces = len(found_in.texts)
        run = run_of([(0.5, 0.0)] * pieces, found_in.sizes, 150)
        found_in.with_beginning(found_in.complete(run), [0.5] * pieces, 0.4)

    sections = {count: cut(head + unit * count) for count in (100, 1_600)}
    assert grows_linearly(choose, 1_600)


CHOICES = """Before.

You may go by boat:

- from the pier
- from the mole

The fare is due on board, in coins. Children go free.

1. Wait.
2. Go aboard.

| Day | Boats |
|---|---|
| Sunday | two |
"""


@pytest.mark.parametrize(
    ("best", "expected"),
    [
        ("Before.", ["Before."]),
        ("You may", ["You may go by boat:", "- from the pier", "- from the mole"]),
        ("- from the mole", ["- from the mole"]),
        ("2. Go", []),
        ("| Day", []),
        ("| Sunday", ["| Sunday | two |"]),
    ],
    ids=["paragraph", "announces", "item", "step", "header", "row"],
)
def test_a_piece_that_answers_by_itself_stands_out(best: str, expected: list[str]) -> None:
    own = cut(CHOICES)
    worths = [0.3 + 0.11 * text.startswith(best) for text in own.texts]
    found = standing_out(own, range(len(own.texts)), worths)
    assert [own.texts[place].strip() for place in sorted(found)] == expected


def test_a_header_that_repeats_what_is_asked_hides_no_row() -> None:
    own = cut(CHOICES)
    row, header = (
        next(place for place, text in enumerate(own.texts) if text.startswith(begins))
        for begins in ("| Sunday", "| Day")
    )
    worths = [0.5 if place == row else 0.3 for place in range(len(own.texts))]
    worths[header] = 0.45
    assert standing_out(own, range(len(own.texts)), worths) == {row}
    worths[row - 2], worths[header] = 0.45, 0.3
    assert standing_out(own, range(len(own.texts)), worths) == set()


@pytest.mark.parametrize(
    ("chosen", "ahead"),
    [(range(7), 0.09), (range(1, 4), 0.11), ([4], 0.11)],
    ids=["not clearly better", "most of it", "alone"],
)
def test_no_piece_stands_out(chosen: Sequence[int], ahead: float) -> None:
    own = cut(CHOICES)
    worths = [0.3 + ahead * (place == chosen[0]) for place in range(len(own.texts))]
    assert standing_out(own, chosen, worths) == set()


@pytest.mark.parametrize(
    ("first", "expected"),
    [(0, [0, 3]), (1, [1]), (2, [2, 4, 5]), (3, [0, 3]), (4, [2, 4, 5])],
)
def test_a_footnote_comes_with_what_refers_to_it_and_with_nothing_else(
    first: int, expected: list[int]
) -> None:
    text = "Six weeks[^1].\n\nOn Fridays.\n\nIn spring[^x].\n\n"
    notes = "[^1]: At most.\n[^x]: Or later:\n\n    May."
    assert complete(text + notes, first) == expected


def test_words_are_counted_where_none_are_written_apart() -> None:
    many = "".join(f"- 第{number}条、この規則は全従業員に適用する。\n" for number in range(20))
    assert complete(f"次の規則がある。\n\n{many}", 5) == [5]


def test_the_text_of_a_row_goes_before_what_else_is_said_of_it(
    tmp_path: Path, indexed: Indexed
) -> None:
    (tmp_path / "faq.csv").write_text(
        "question,answer,keywords\n"
        'Can I moor big boats?,"This depends on the boat: some may fit in.","mooring, big boat"\n'
        'When may boats be lifted?,From six to nine.,"lifting a boat, crane, hours"\n'
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path / "faq.csv")))) as index:
        hits = [one.hit for one in found("can I moor my big red boat", index).excerpts]
        sections = [index.entries[hit.entry].sections[hit.section].name for hit in hits]
    assert sections == ["text", "details"]
    assert hits[1].score > hits[0].score


def test_an_item_that_is_a_title_comes_with_what_is_below_it() -> None:
    text = "1. **Sizes**\n\n   A berth has 12 m.\n\n2. **Fees**\n\n   A night is 20 EUR.\n"
    assert cut(text).headings == {0, 2}
    assert complete(text, 2) == [0, 1, 2, 3]


def test_an_item_that_names_what_is_below_it_is_no_end() -> None:
    long = "\n".join(
        f"  - Oar {n} is kept dry in the shed by day\n    - At night" for n in range(15)
    )
    text = f"- Berths\n  - Along the quay\n    - Slip 1\n    - Slip 2\n{long}\n"
    assert complete(text, 1) == [0, 1, 2, 3]
    # One that tells needs nothing below it, and one that leads to another is no end.
    assert complete(text, 20) == [0, 20]
    assert complete(text, 21) == [0, 20, 21]


def test_one_of_several_ways_comes_with_the_others_and_what_announces_them() -> None:
    ways = [f"**{name}**\n\n```\n{name} add oars\n```" for name in ("npm", "yarn", "pnpm")]
    text = "\n\n".join(("Bees hum.", "Add the oars:", *ways))
    assert complete(text, 5) == [1, 2, 3, 4, 5, 6, 7]
    long = ways[1].replace("oars", "oars " * 200)
    pieces = cut(text.replace(ways[1], long))
    said = "".join(pieces.texts[place] for place in pieces.complete(range(2, 3)))
    assert ("npm" in said, "yarn" in said) == (True, False)


def test_what_tells_nothing_ends_no_excerpt_unless_it_is_the_best() -> None:
    worths = [0.1, 0.3, 0.2, 0.9]
    assert without_ends({0, 1, 2, 3}, worths, {0, 3}, {2}) == {1, 2, 3}
    assert without_ends({0, 1, 2}, worths, {0}, {2}) == {1}


@pytest.mark.parametrize(
    ("markdown", "chosen", "kept"),
    [
        ("- Oar\n\n  Rows.\n\n- Sail\n\n  Pulls.\n", [0, 2, 3], [2, 3]),
        ("- Oar\n\n  Rows.\n\n- Sail\n\n  Pulls.\n", [0, 1, 2, 3], [0, 1, 2, 3]),
        ("- Oars.\n\n  They row.\n\n- Sail\n\n  Pulls.\n", [0, 2, 3], [0, 2, 3]),
        ("```\na\n```\n\n```\nb\n```\n\nSails.\n", [1, 2], [2]),
        ("```\na\n```\n\n```\nb\n```\n\nSails.\n", [0, 1, 2], [0, 1, 2]),
        ("Oars.\n\n```\nb\n```\n\nSails.\n", [1, 2], [1, 2]),
    ],
    ids=["name", "with its text", "sentence", "second code", "both", "after text"],
)
def test_what_says_nothing_without_what_is_left_out_is_left_out_too(
    markdown: str, chosen: Sequence[int], kept: Sequence[int]
) -> None:
    own = cut(markdown)
    last = len(own.texts) - 1
    worths = [float(place == last) for place in range(len(own.texts))]
    assert sorted(without_torn(own, chosen, worths)) == [*kept]
    # But the best.
    worths[chosen[0]] = 2.0
    assert sorted(without_torn(own, chosen, worths)) == sorted({chosen[0], *kept})


def test_a_signature_comes_with_what_it_is() -> None:
    assert complete("```\nmoor(boat)\n```\n\nMoors it.\n\nThen it is tied.\n", 0) == [0, 1]
