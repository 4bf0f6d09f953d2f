from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from indexes import Indexed
from stages import candidates, understood

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.index.similarity import similarities
from entrywise.rag.find import sections
from entrywise.rag.find.candidates import SectionHit
from entrywise.rag.find.retrieval import hits as shown
from entrywise.rag.find.sections import PAGE, WORDS, find_sections
from entrywise.rag.find.signposts import SIGNPOST


def hits(text: str, index: Index) -> list[SectionHit]:
    question = understood(text, index)
    vector = question.encoded.vector
    return find_sections(question, similarities(vector, index).chunks, index)


def name(of: SectionHit, index: Index) -> str:
    entry = index.entries[of.entry]
    return f"{entry.id}#{entry.sections[of.section].name}"


def test_the_section_that_answers_is_first(harbour_index: Index) -> None:
    for text, wanted in {
        "how much is a night for a boat of 10 metres": "berths#fees-vat",
        "I lost the key": "ships/store#keys",
        "how do I get a berth": "berths#booking-a-berth",
        "whom do I call in an emergency": "lifeboats#introduction",
    }.items():
        assert name(hits(text, harbour_index)[0], harbour_index) == wanted


def test_a_page_that_is_called_as_the_question_asks_is_looked_at(
    indexed: Indexed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "_READ", 2)
    others = "\n\n".join(
        f"## Berth {n}\n\nTo book a berth of kind {n}, book it early: a booked berth is a berth."
        for n in range(8)
    )
    (tmp_path / "kinds.md").write_text(f"# Berths to book early\n\n{others}")
    (tmp_path / "book.md").write_text(
        "# Book a berth\n\nFor a berth book by telephone, or write to us."
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        found = {name(one, index): one.added for one in hits("how do I book a berth", index)}
        title = {name(one, index): one.added for one in hits("Book a berth", index)}
    assert found["book#introduction"] > 0
    assert [one for one, added in found.items() if added] == ["book#introduction"]
    assert title["book#introduction"] == max(title.values())
    assert title["book#introduction"] >= sections.NAMED * 0.9


def test_every_section_is_ranked_by_a_score_that_can_be_redone(harbour_index: Index) -> None:
    found = hits("lost key", harbour_index)
    assert len(found) == len(harbour_index.units)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    own = {one: max(one.cosine, 0.0) + WORDS * one.words for one in found}
    for one in found:
        best = sorted((own[other] for other in found if other.entry == one.entry), reverse=True)[:3]
        expected = (own[one] + PAGE * sum(best) / len(best)) / (1 + WORDS + PAGE)
        assert abs(one.score - min(expected, 1.0)) < 0.02


def test_words_that_only_ask_are_none_of_those_that_a_section_says(harbour_index: Index) -> None:
    plain = {name(one, harbour_index): one.words for one in hits("replace lost key", harbour_index)}
    for question in ("how would I replace a lost key?", "which do you replace, a lost key?"):
        asked = {name(one, harbour_index): one.words for one in hits(question, harbour_index)}
        assert asked == plain
    # Where there are no others, they are looked for.
    assert any(one.words for one in hits("when do you?", harbour_index))


def test_pages_are_candidates_with_their_sections(harbour_index: Index) -> None:
    best, *_ = found = candidates("what does a lost key cost", harbour_index)
    assert shown([best], harbour_index)[0].to_dict()["entry"] == "ships/store"
    assert shown([best], harbour_index)[0].section == "keys"
    assert len(found) == 3
    assert {section.entry for section in best.sections} == {best.entry}


HANDBOOK = Path(__file__).parents[2] / "documents" / "handbook" / "docs"


def test_a_section_is_called_by_its_heading_and_its_page(indexed: Indexed) -> None:
    with closing(Index(indexed(read_knowledge_base(HANDBOOK)))) as index:
        best = hits("how do I book a holiday?", index)[0]
        assert name(best, index) == "time-away/holiday#booking"
        # It asks for more than the name says.
        best = hits("how do I book a holiday that I buy in November?", index)[0]
        assert name(best, index) == "time-away/holiday#buying-and-selling-days"
        assert hits("holiday " * 2_000 + "booking", index)


SETTINGS = """
# Settings

## CRATES

How many crates there are, beside CRATES_PER_CART. Default: `12`.

## CRATES_PER_CART

How many crates fit on one. Default: `4`.

## cratesFirst

Whether they go before sacks.

## The default

What is the default is written in the book of the harbour, and what is not has none.

## Oars

Two for each boat, of ash.

## Ropes

Thirty metres for each berth, of hemp.
"""


def test_a_section_is_called_by_the_identifier_that_heads_it(
    indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "settings.md").write_text(SETTINGS, "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        for asked, wanted in {
            "how many crates are the default of CRATES_PER_CART": "settings#crates-per-cart",
            "crates_per_cart default?": "settings#crates-per-cart",
            "why is cratesFirst a default": "settings#cratesfirst",
            "what is the default": "settings#the-default",
        }.items():
            assert name(hits(asked, index)[0], index) == wanted


def test_a_heading_below_others_is_a_name_in_the_plural(indexed: Indexed, tmp_path: Path) -> None:
    (tmp_path / "moorings.md").write_text(
        "# Settings of moorings\n\n## Berths\n\n### Winter fees\n\n"
        "Paid before the ice comes, in two parts.\n\n"
        "## Presets\n\nThe first preset has these values:\n\n- Winter fees: 20, 40\n"
        "- Order: by length\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        (best, *_) = hits("how are the winter fees of a berth?", index)
        assert name(best, index) == "moorings#winter-fees"
        assert best.added > 0
        # No heading says all of it.
        fees = {name(hit, index): hit for hit in hits("how are the winter fees of a shed?", index)}
        assert fees["moorings#winter-fees"].added == 0


def test_what_is_headed_by_the_thing_comes_before_what_repeats_it(
    indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "dock.md").write_text(
        "# The dock\n\n## Help with choosing\n\nFor launching a boat look up in the table what the "
        "spring tide does at each pier, and choose a berth by it.\n\n"
        "## Spring tide\n\nIt comes every two weeks.\n\nA spring tide does lift all boats.\n\n"
        "## Ropes\n\nThirty metres for each berth, of hemp.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        found = {name(hit, index): hit for hit in hits("what does a spring tide do", index)}
    assert found["dock#spring-tide"].added > 0.05 > found["dock#ropes"].added
    assert next(iter(found)) == "dock#spring-tide"


def test_what_all_are_about_may_be_a_part_of_a_heading(indexed: Indexed, tmp_path: Path) -> None:
    for number in range(12):
        text = f"# Page {number}\n\nThe Oarlock {number} is here.\n\n## Boats\n\nIt is for boats.\n"
        (tmp_path / f"{number}.md").write_text(text, "utf-8")
    (tmp_path / "moorings.md").write_text(
        "# Moorings\n\n## Oarlock moorings\n\nA rope to each.\n\n## Old moorings\n\nA chain.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        assert index.manifest.subject == "oarlock"
        for asked in ("how do I use moorings", "what are moorings?"):
            found = {name(hit, index): hit.added for hit in hits(asked, index)}
            assert found["moorings#oarlock-moorings"] > found["moorings#old-moorings"] + 0.01, asked


def test_a_word_that_many_titles_have_may_be_a_part_of_each(
    indexed: Indexed, tmp_path: Path
) -> None:
    for name_of in ("Anchor", "Keel", "Mast", "Oar", "Rudder", "Spar"):
        text = f"# {name_of} component\n\nIt is made of wood or of steel.\n"
        (tmp_path / f"{name_of.lower()}.md").write_text(text, "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        assert index.manifest.title_words == ("component",)
        for asked in ("how do I use a rudder", "rudder", "rudder component"):
            added = {name(hit, index): hit.added for hit in hits(asked, index)}
            assert added["rudder#introduction"] > 0.04, asked
            assert added["mast#introduction"] < 0.04, asked


def test_what_a_page_begins_with_is_called_as_the_page_is(indexed: Indexed, tmp_path: Path) -> None:
    (tmp_path / "ropes.md").write_text(
        "# Splicing ropes\n\n## Before you begin\n\nUnlay the strands.\n\n"
        "## Tools\n\nA fid, which parts the strands.\n",
        "utf-8",
    )
    (tmp_path / "sails.md").write_text("# Sails\n\n## Before you begin\n\nDry it.\n", "utf-8")
    # What has no sentence tells nothing of it.
    (tmp_path / "whip.md").write_text(
        "# Whipping ropes\n\nBeginners\n\n## What it takes\n\nTwine.\n", "utf-8"
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        added = {name(hit, index): hit.added for hit in hits("how do I splice ropes", index)}
        of_whipping = {name(hit, index): hit.added for hit in hits("how do I whip ropes", index)}
    assert of_whipping["whip#what-it-takes"] > 0.04
    assert of_whipping["whip#introduction"] == 0
    assert added["ropes#before-you-begin"] > 0.04
    assert added["ropes#tools"] == added["sails#before-you-begin"] == 0


def test_a_heading_may_name_what_is_done(indexed: Indexed, tmp_path: Path) -> None:
    (tmp_path / "crane.md").write_text(
        "# The crane\n\n## Straps configuration\n\nCross them.\n\n## Straps\n\nOf nylon.\n\n"
        "## Comparing straps\n\nBy eye.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        added = {name(hit, index): hit.added for hit in hits("how do I configure straps", index)}
        compared = {name(hit, index): hit.added for hit in hits("how do I compare straps", index)}
    assert added["crane#straps-configuration"] > 0.04
    assert added["crane#straps"] == 0
    assert compared["crane#comparing-straps"] > 0.04


def test_usual_words_of_a_heading_need_not_be_told(indexed: Indexed, tmp_path: Path) -> None:
    others = "".join(f"## Berth {n}\n\nAll of it.\n\n" for n in range(30))
    (tmp_path / "harbour.md").write_text(
        f"# The harbour\n\n{others}## Mooring all yachts\n\nBy the bow.\n\n"
        "## Mooring Dutch yachts\n\nBy both ends.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        added = {name(hit, index): hit.added for hit in hits("how do I moor yachts", index)}
    assert added["harbour#mooring-all-yachts"] > 0.04
    assert added["harbour#mooring-dutch-yachts"] == 0


def test_a_list_that_has_both_comes_before_what_tells_of_one(
    indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "boats.md").write_text(
        "# Boats\n\n## Ropes\n\nOn board there are:\n\n"
        "- **Halyard**: raises what is wound on a spar.\n"
        "- **Painter**: ties to the pier.\n- **Warp**: tows.\n\n"
        "## Halyard and painter\n\nThe difference between a new halyard and a new painter is the "
        "price: a halyard is longer than a painter.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        both = {name(one, index): one.added for one in hits("halyard vs painter", index)}
        one = {name(one, index): one.added for one in hits("halyard vs buoy", index)}
    least = sections.SIDE_BY_SIDE / (1 + WORDS + PAGE)
    assert both["boats#ropes"] >= least * 0.99
    assert one["boats#ropes"] < least / 2


def test_what_is_headed_by_more_than_the_thing_is_not_called_so(
    indexed: Indexed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copying.md").write_text("# Copying a logbook\n\nCopies suit other harbours.\n")
    (tmp_path / "papers.md").write_text("# Papers\n\n## The logbook\n\nIt is kept each day.\n")
    monkeypatch.setattr(sections, "CALLED", 1.0)
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        added = {name(hit, index): hit.added for hit in hits("what is a logbook", index)}
    assert added["papers#the-logbook"] > 0.5
    assert added["copying#introduction"] < 0.2


@pytest.mark.parametrize("mark", ["", "?"])
def test_a_heading_that_asks_for_a_definition_is_a_name_on_any_page(
    mark: str, indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "harbours.md").write_text(
        f"# Advice for crews\n\n## What is a tide table{mark}\n\nIt lists when to sail.\n"
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        (best, *_) = hits("what is a tide table?", index)
    assert (best.added > sections.NAMED / (1 + sections.WORDS + sections.PAGE)) is bool(mark)


def test_a_list_of_links_comes_behind_what_it_leads_to(indexed: Indexed, tmp_path: Path) -> None:
    (tmp_path / "settings.md").write_text(
        "# Settings\n\n## Settings of moorings\n\n"
        "- [maximum mooring hours](moor.md)\n- [minimum mooring hours](moor.md)\n",
        "utf-8",
    )
    (tmp_path / "moor.md").write_text(
        "# Limits\n\n## Maximum\n\nThe maximum of mooring hours is set to 48, and no boat stays "
        "for more without asking the harbour master.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        found = {name(hit, index): hit for hit in hits("maximum mooring hours", index)}
    assert found["settings#settings-of-moorings"].moved == pytest.approx(-SIGNPOST)
    assert found["moor#maximum"].moved == 0
    assert next(iter(found)) == "moor#maximum"


def test_what_only_leads_on_and_is_called_by_what_is_asked_is_not_held_back(
    indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "faq.md").write_text(
        "# Questions\n\n## How do I remove a mooring?\n\nRun the "
        "[script that removes moorings from the harbour](https://boats.example/remove).\n\n"
        "## Buoys\n\n[Buoys that are moored for the winter](https://boats.example/buoys)\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        asked = {name(hit, index): hit for hit in hits("how do I remove a mooring", index)}
        other = {name(hit, index): hit for hit in hits("which boats need no mooring", index)}
    assert asked["faq#how-do-i-remove-a-mooring"].moved == 0
    assert asked["faq#buoys"].moved == pytest.approx(-SIGNPOST)
    assert other["faq#how-do-i-remove-a-mooring"].moved == pytest.approx(-SIGNPOST)


def test_what_a_link_is_called_is_worth_less_than_what_is_told(
    indexed: Indexed, tmp_path: Path
) -> None:
    led = "- [Baling out a boat](https://boats.example/<VERSION>/bale)"
    text = f"# Boats\n\n## More\n\nBoats are made of oak.\n\n{led}\n\n## Links\n\n{led}\n"
    (tmp_path / "boats.md").write_text(text, "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        said = {name(hit, index): hit for hit in hits("baling out a boat", index)}
    beside, alone = said["boats#more"], said["boats#links"]
    assert beside.cosine < alone.cosine - 0.3
    assert beside.added == 0


def test_an_identifier_is_looked_for_without_the_words_that_ask(
    indexed: Indexed, tmp_path: Path
) -> None:
    (tmp_path / "carts.md").write_text(
        "# Carts\n\n## Loading\n\nTo load without weighing use `--unweighed`.\n\n"
        "## What a cart does\n\nWhat a cart does is what it does with crates: what it does do is "
        "told by what it does not do.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        said = {name(hit, index): hit.words for hit in hits("what does --unweighed do", index)}
    assert said["carts#loading"] == 1
    assert said["carts#what-a-cart-does"] == 0


def test_a_heading_that_asks_in_german_is_a_name(indexed: Indexed, tmp_path: Path) -> None:
    (tmp_path / "krank.md").write_text(
        "# Krankheit\n\n## Wie melde ich mich?\n\nAm ersten Tag, vor neun Uhr.\n\n"
        "## Attest\n\nEs wird ab dem vierten Tag der Krankheit verlangt.\n",
        "utf-8",
    )
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        assert index.language == "de"
        (best, *_) = hits("Wie melde ich mich bei Krankheit?", index)
        assert name(best, index) == "krank#wie-melde-ich-mich"
        # It is called so, and worth more for it.
        assert best.added > 0


def test_terms_have_no_sections(small_index: Index) -> None:
    (best, *_) = candidates("what is GQA?", small_index)
    assert best.sections == ()
    assert shown([best], small_index)[0].section is None
