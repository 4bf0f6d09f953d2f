from __future__ import annotations

from stages import understood

from entrywise.index.index import Index
from entrywise.rag.understand.spelling import guess, spelt


def test_a_misspelt_name_is_read_and_encoded_as_it_was_meant(glossary_index: Index) -> None:
    text, encoded = spelt("explain speculativ decoding", glossary_index)
    right = glossary_index.encoder.encode_query("explain speculative decoding")

    assert text == "explain speculative decoding"
    assert encoded.vector.tolist() == right.vector.tolist()


def test_a_misspelt_name_names_the_entry(glossary_index: Index) -> None:
    question = understood("what is quantizaton?", glossary_index)
    assert [glossary_index.catalog.ids[e] for e in question.surely_named] == ["quantization"]


def test_what_is_spelt_right_is_left(glossary_index: Index) -> None:
    for text in ("what is DeBERTa?", "flash attention", "how do I kwzyq"):
        assert spelt(text, glossary_index)[0] == text


def test_an_unknown_abbreviation_may_stand_for_a_name(glossary_index: Index) -> None:
    question = understood("what is LPE?", glossary_index)
    assert guess(question, glossary_index) == "what is Learned Position Embeddings?"
    assert guess(understood("what is lpe?", glossary_index), glossary_index) is None
    assert guess(understood("what is GQA?", glossary_index), glossary_index) is None
