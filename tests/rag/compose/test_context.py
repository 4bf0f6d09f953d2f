from __future__ import annotations

import pytest
from stages import entry_evidence

from entrywise.index.index import Index
from entrywise.index.passages.sentences import sentence_spans
from entrywise.rag.compose.context import completed, in_context, in_one_list


def test_what_stands_alone_between_two_quoted_sentences_is_told(small_index: Index) -> None:
    found = entry_evidence("gqa", "what is GQA?", small_index)
    one, two, three, four = found.sentences
    assert two.section == three.section == four.section != one.section

    assert completed(found, {two, four}) == {two, three, four}
    assert completed(found, {two, three, four}) == {two, three, four}
    # Another section begins between them.
    assert completed(found, {one, three}) == {one, three}


def test_both_refers_to_the_sentence_before(glossary_index: Index) -> None:
    found = entry_evidence(
        "tag-scout-maverick", "how many experts does Scout have?", glossary_index
    )
    both = next(sentence for sentence in found.sentences if sentence.text.startswith("Both "))

    assert [one.row for one in in_context(found, both)] == [both.row - 1, both.row]


def test_a_step_is_told_with_the_others(glossary_index: Index) -> None:
    found = entry_evidence("gguf", "what is GGUF?", glossary_index)
    steps = [
        one for one in found.sentences if one.text.startswith(("File structure: 1)", "2)", "6)"))
    ]
    whole = [one.row for one in in_context(found, steps[0])]
    assert whole == [*range(steps[0].row, steps[-1].row + 1)]
    for step in steps:
        assert [one.row for one in in_context(found, step)] == whole


def test_what_has_labels_that_are_alike_is_told_together(glossary_index: Index) -> None:
    found = entry_evidence("k-quants", "Q4_K_M vs Q4_K_S", glossary_index)
    tiers = [one for one in found.sentences if " tier: " in one.text]
    assert [one.text[0] for one in tiers] == ["S", "M", "L"]
    assert [in_context(found, one) for one in tiers] == [tiers] * 3

    found = entry_evidence("lora", "how big is LoRA?", glossary_index)
    (memory,) = (one for one in found.sentences if one.text.startswith("Memory: "))
    assert in_context(found, memory) == [memory]


def test_notes_are_quoted_from_their_beginning(glossary_index: Index) -> None:
    found = entry_evidence("ia3", "what is IA3?", glossary_index)
    notes = [one for one in found.sentences if one.section == 2]
    assert notes[0].text.startswith("K' = ")

    assert completed(found, {found.lead, notes[2]}) == {found.lead, *notes[:3]}
    assert completed(found, {found.lead}) == {found.lead}


def test_text_and_what_stands_far_behind_the_beginning_are_quoted_alone(
    glossary_index: Index,
) -> None:
    found = entry_evidence("ia3", "what is IA3?", glossary_index)
    second = found.sentences[found.sentences.index(found.lead) + 1]
    assert second.section == found.lead.section
    assert completed(found, {second}) == {second}

    found = entry_evidence("mla", "what is MLA?", glossary_index)
    *before, last = (one for one in found.sentences if one.section == 2)
    assert not any(one.prose for one in before)
    assert sum(len(one.text.split()) for one in before) > 40
    assert completed(found, {last}) == {last}


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("Steps: 1) Read. 2) Pack (see A). 3) Go. It is fast.", [3, 3, 3, 1]),
        ("TIES: 1) Trim. 2) Vote. DARE: 1) Drop. 2) Rescale.", [2, 2, 2, 2]),
        ("It takes (a) one. (1) Read it. (2) Pack it.", [1, 2, 2]),
        ("First 1) this. 3) That is another.", [1, 1]),
        ("Read it. Pack it.", [1, 1]),
    ],
)
def test_the_steps_of_a_list_belong_together(text: str, lists: list[int]) -> None:
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    assert [len(in_one_list(sentences, place)) for place in range(len(sentences))] == lists
