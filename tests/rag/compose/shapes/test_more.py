from __future__ import annotations

from contextlib import closing
from pathlib import Path

from indexes import Indexed
from stages import evidence, found

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.rag.compose.composition import compose
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.more import further


def rows(draft: Draft) -> set[int]:
    return {sentence.row for _, sentence in draft.evidence}


def more(text: str, index: Index, shown: set[int]) -> Draft:
    findings = found(text, index)
    return further(findings, evidence(findings.question, index), index, shown)


def first(text: str, index: Index) -> set[int]:
    findings = found(text, index)
    return rows(compose(findings, evidence(findings.question, index)))


def test_the_next_sentences_come_in_reading_order(glossary_index: Index) -> None:
    shown = first("what is LoRA?", glossary_index)
    next_ones = more("what is LoRA?", glossary_index, shown)

    assert next_ones.citations
    assert rows(next_ones).isdisjoint(shown)
    places = [sentence.row for _, sentence in next_ones.evidence]
    assert places == sorted(places)


def test_of_a_comparison_each_side_goes_on(glossary_index: Index) -> None:
    text = "difference between GQA and MLA"
    draft = more(text, glossary_index, first(text, glossary_index))
    assert [part.heading for part in draft.parts] == ["GQA", "MLA"]


def test_where_an_entry_has_no_more_others_that_name_it_go_on(glossary_index: Index) -> None:
    lora = glossary_index.ordinals["lora"]
    own = set(glossary_index.sentence_rows(lora))
    draft = more("what is LoRA", glossary_index, own)

    assert 0 < len(draft.evidence) <= 3
    for _, sentence in draft.evidence:
        assert sentence.entry != lora
        assert lora in {one.entry for one in sentence.named}


def test_where_all_was_shown_it_is_said(small_index: Index) -> None:
    draft = more("what is LoRA?", small_index, set(range(len(small_index.sentences))))

    assert draft.citations == []
    assert not draft.complete
    assert draft.parts[0].text == "That is all that the knowledge base has on LoRA."


def test_of_documents_sections_go_on_that_were_not_shown(harbour_index: Index) -> None:
    text = "how do I book a berth?"
    shown = first(text, harbour_index)
    draft = more(text, harbour_index, shown)

    headings = [part.heading for part in draft.parts]
    assert headings[0] == "Berths"
    assert "Berths > Leaving" in headings
    assert "Berths > Booking a berth" not in headings
    after = more(text, harbour_index, shown | rows(draft))
    assert after.parts[0].text == "There is nothing more on this."


def test_the_rest_of_a_section_goes_on_when_all_others_were_shown(
    tmp_path: Path, indexed: Indexed
) -> None:
    rules = (
        "The pontoon is closed at night, and nobody may walk on it without a lamp and a vest.",
        "Dogs are welcome on the pontoon as long as they are on a lead that is no longer than two "
        "metres, and what they leave behind goes into the bins at the crane.",
        "Whoever wants to paint a hull books the slipway a week before, brings a sheet that "
        "catches what drips, and takes old paint to the depot in the town.",
    )
    (tmp_path / "rules.md").write_text("# Rules\n\n" + "\n\n".join(rules * 3) + "\n")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        text = "may dogs walk on the pontoon?"
        shown = first(text, index)
        draft = more(text, index, shown)

        assert len(index.sentences) > len(shown)
        assert rows(draft)
        assert rows(draft).isdisjoint(shown)
