from __future__ import annotations

import numpy as np
import pytest
from stages import entry_evidence, understood

from entrywise.data.words import exactly
from entrywise.index.index import Index
from entrywise.rag.judge.asked_words import AskedWords
from entrywise.rag.judge.aspects import COST, NUMBERS, USE, is_prose


def test_sentences_are_those_of_the_entry_in_reading_order(small_index: Index) -> None:
    found = entry_evidence("gqa", "what is GQA?", small_index)

    assert [sentence.text for sentence in found.sentences] == [
        "Several query heads share one key head and one value head.",
        "GQA lies between multi-head attention and MQA.",
        "With $g = 8$ groups, e.g. in Llama 3 70B, the KV cache is 8$\\times$ smaller.",
        "Quality stays close to that of full multi-head attention.",
    ]
    for one in found.sentences:
        assert found.entry.sections[one.section].text[one.start : one.end] == one.text


def test_a_sentence_scores_by_cosine_and_what_is_asked_for(small_index: Index) -> None:
    question = understood("how many groups does GQA have", small_index)
    found = entry_evidence("gqa", question.text, small_index)

    extra = []
    for sentence in found.sentences:
        cosine = float(small_index.sentence_vectors[sentence.row] @ question.encoded.vector)
        extra.append(sentence.score - cosine)
    # For each of 11, 7, 16 and 9 words of 30 0.004, for prose 0.05; a number is in the third only.
    prose = [0.05, 0.05, 0.0, 0.05]
    number = [0.0, 0.0, 0.12, 0.0]
    lengths = [0.004 * words for words in (11, 7, 16, 9)]
    # Of the words beside the name the third says "groups", and none "many".
    many, groups = small_index.words.rarities(["many", "groups"])
    asked = [0.0, 0.0, 0.1 * groups / (many + groups), 0.0]
    # And it says how many there are of them.
    counted = [0.0, 0.0, 0.1, 0.0]
    expected = np.sum([prose, number, lengths, asked, counted], axis=0).tolist()
    assert extra == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("question", "text", "counts"),
    [
        ("how many questions are in GPQA", "448 extremely difficult science questions", True),
        ("how many exponent bits does bf16 have", "It keeps the same 8-bit exponent.", True),
        ("how many questions are in GPQA", "Its questions have 4 choices.", False),
        ("how many questions are in GPQA", "It has 448 tasks.", False),
        ("what are the questions in GPQA", "It has 448 questions.", False),
        ("how much memory does it take per token", "It has 8 heads: 4 KB/token/layer.", True),
        ("how much sugar per serving", "It has 12 g of sugar per serving.", True),
        ("how much sugar per serving", "It has 12 g for 4 servings.", False),
        ("what is quantization per group", "It has 16 bits per group.", False),
    ],
)
def test_what_is_counted_stands_behind_its_number(
    question: str, text: str, counts: bool, small_index: Index
) -> None:
    counted = AskedWords(understood(question, small_index), small_index).counted
    assert bool(counted and counted.search(text)) is counts


def test_a_quantity_is_a_word_that_is_asked(small_index: Index) -> None:
    words = AskedWords(understood("how much does a 70B model need", small_index), small_index)
    one, other = words.shares_in(["A 70B model", "A 7B model"])
    assert one > other


def test_a_sentence_with_the_part_to_the_letter_scores_more(small_index: Index) -> None:
    question = understood("Foobar-7B-Instruct", small_index)
    found = entry_evidence("instruct", question.text, small_index)

    cosines = [
        float(small_index.sentence_vectors[one.row] @ question.encoded.vector)
        for one in found.sentences
    ]
    extra = [one.score - cosine for one, cosine in zip(found.sentences, cosines, strict=True)]
    # "follow instructions" does not hold the word, "an instruct model" does.
    lengths = [0.004 * len(one.text.split()) for one in found.sentences]
    prose = [0.05 * is_prose(one.text) for one in found.sentences]
    assert np.subtract(extra, lengths) - prose == pytest.approx([0.0, 0.08], abs=1e-5)


def test_the_lead_names_the_entry_and_says_is(small_index: Index, glossary_index: Index) -> None:
    # The tag line does not name GQA, the explanation opens with it.
    assert entry_evidence("gqa", "x", small_index).lead.text.startswith("GQA lies between")
    # One sentence of LoRA says "are", the other names it: the longer one.
    assert entry_evidence("lora", "x", small_index).lead.text.startswith("Small low-rank")
    lead = entry_evidence("gqa", "x", glossary_index).lead.text
    assert lead.startswith("Grouped Query Attention is")


def test_the_best_sentences_do_not_repeat_one_another(glossary_index: Index) -> None:
    found = entry_evidence("gqa", "how does GQA save memory?", glossary_index)
    best = found.best(4, beside=[found.lead])

    assert len(best) == 4
    assert found.lead not in best
    assert [one.row for one in best] == sorted(one.row for one in best)
    vectors = np.array([glossary_index.sentence_vectors[one.row] for one in [found.lead, *best]])
    between = vectors @ vectors.T - np.eye(5)
    assert between.max() < 0.97


def test_there_are_no_more_sentences_than_the_entry_has(small_index: Index) -> None:
    found = entry_evidence("gqa", "GQA", small_index)
    # The openings say what the lead says, so at most the two others are left.
    best = found.best(9, beside=[found.lead])
    assert best
    assert set(best) <= set(found.sentences[2:])


def test_a_sentence_that_holds_the_part_to_the_letter_comes_first(glossary_index: Index) -> None:
    found = entry_evidence("k-quants", "what does Q4_K_M mean", glossary_index)
    saying = found.saying(exactly(["Q4_K_M"]))

    assert len(saying) > 1
    assert all("Q4_K_M" in sentence.text for sentence in saying)
    assert saying[0].text.startswith("Q4_K_M is the most popular default")
    assert found.saying(exactly(["Q4_K"])) == []


def test_sentences_with_an_aspect(small_index: Index) -> None:
    found = entry_evidence("gqa", "GQA", small_index)

    assert [one.row for one in found.with_aspect(NUMBERS)] == [found.sentences[2].row]
    assert found.with_aspect(USE) == []


def test_each_different_word_of_an_aspect_makes_a_sentence_fit_it_better(
    small_index: Index,
) -> None:
    first, *_, third, _ = entry_evidence("gqa", "GQA", small_index).sentences
    # "cache" and "smaller".
    assert third.fits[COST.id] == pytest.approx(third.score + 0.026 * 2)
    assert COST.id not in first.fits


def test_sentences_that_name_other_entries(small_index: Index) -> None:
    mla, gqa = (small_index.ordinals[entry] for entry in ("mla", "gqa"))
    found = entry_evidence("gqa", "GQA", small_index)

    assert found.naming([gqa]) == []
    assert found.naming([mla]) == []


def test_one_side_speaks_of_another(glossary_index: Index) -> None:
    found = entry_evidence("mla", "GQA vs MLA", glossary_index)
    naming = found.naming([glossary_index.ordinals["gqa"], found.ordinal])

    assert naming
    assert all("GQA" in sentence.text and count == 1 for sentence, count in naming)
