from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from indexes import Indexed
from stages import domain_of

from entrywise.data.source import read_knowledge_base
from entrywise.index.index import Index
from entrywise.index.similarity import similarities
from entrywise.rag.understand.decoded_name import (
    DecodedName,
    asked,
    distinguishing,
    without_subject,
)
from entrywise.rag.understand.decoded_name import decode as decode_with


def decode(text: str, index: Index) -> tuple[DecodedName, ...]:
    return decode_with(text, index, domain_of(index))


def texts(decoded: tuple[DecodedName, ...]) -> list[list[str]]:
    return [[item.part.text for item in name.parts] for name in decoded]


def test_a_name_is_where_the_text_has_it(small_index: Index) -> None:
    text = "is Foobar-7B-Instruct good?"
    (name,) = decode(text, small_index)

    assert text[name.start : name.end] == "Foobar-7B-Instruct"
    owners = {item.part.text: item.entry for item in name.parts}
    assert owners == {"Foobar": None, "7B": None, "Instruct": small_index.ordinals["instruct"]}


def test_a_name_of_which_nothing_is_explained_is_not_taken_apart(small_index: Index) -> None:
    assert texts(decode("Foobar-7B and Foobar-7B-it", small_index)) == [["Foobar", "7B", "it"]]
    assert decode('what does "Foobarizer" mean?', small_index) == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what does instruct mean in Foobar-7B-Instruct", ["Instruct"]),
        ("instructions of Foobar-7B-Instruct", []),
        ("Foobar-7B-Instruct: 7b, foobar?", ["Foobar", "7B"]),
    ],
)
def test_the_part_that_is_asked_for_is_known(
    small_index: Index, text: str, asked: list[str]
) -> None:
    (name,) = decode(text, small_index)
    assert [item.part.text for item in name.parts if item.asked] == asked


def test_a_kind_of_part_has_its_owner(glossary_index: Index) -> None:
    ((item,),) = (name.parts for name in decode("what does Q4_K_M mean", glossary_index))
    assert item.entry == glossary_index.ordinals["k-quants"]


@pytest.mark.parametrize(
    ("name", "missing"),
    [("Foobar-7B-v0.2-it", ["Foobar (family)"]), ("it-7B-Q8_0-xyzzy", ["Q8_0 (legacy-quant)"])],
)
def test_without_its_family_or_quantization_a_name_is_explained_in_part(
    small_index: Index, name: str, missing: list[str]
) -> None:
    (decoded,) = decode(name, small_index)
    assert [item.label for item in decoded.parts if item.is_missing] == missing


def test_a_part_is_labelled_with_what_it_is(small_index: Index) -> None:
    (decoded,) = decode("Foobar-7B-it-xyzzy", small_index)
    labels = [item.label for item in decoded.parts]
    assert labels == ["Foobar (family)", "7B (size)", "it (tuning-instruct)", "xyzzy"]


def test_a_name_that_is_asked_for_is_told_from_a_subject(small_index: Index) -> None:
    (asked,) = decode("what does Foobar-7B-Instruct mean", small_index)
    (beside,) = decode("does Foobar-7B-Instruct use GQA", small_index)
    (single,) = decode("does Instruct-7B or what is `it` in the name use GQA", small_index)

    assert (asked.is_asked, asked.is_beside) == (True, False)
    assert (beside.is_asked, beside.is_beside) == (False, True)
    assert single.is_compound


def test_what_is_written_behind_a_name_is_a_part_of_it(glossary_index: Index) -> None:
    together = decode("is Foo-7B-it Q4_K_M good?", glossary_index)
    assert texts(together) == [["Foo", "7B", "it", "Q4_K_M"]]

    apart = decode("Foo-7B-it, Q4_K_M or Foo-7B-it Bar-8B-it", glossary_index)
    assert [len(name.parts) for name in apart] == [3, 1, 3, 3]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("how does the router of Foo-7B-it choose experts", "Foo-7B-it"),
        # Without the name nothing is asked, or nothing that is near.
        ("what does Foo-7B-it mean?", None),
        ("gemma-3n-E4B: raw count minus effective count?", None),
        # What is asked is about the names.
        ("is Foo-7B-it-awq or Foo-7B-it-gptq faster", None),
    ],
)
def test_what_is_asked_of_a_name_is_looked_up_without_it(
    glossary_index: Index, text: str, name: str | None
) -> None:
    encoded = glossary_index.encoder.encode_query(text)
    found = asked(text, encoded, glossary_index, domain_of(glossary_index))

    assert found.text == (text.replace(name, "a model") if name else text)
    assert (found.encoded is encoded) == (name is None)


def test_what_is_asked_of_a_name_is_as_near_as_with_it(glossary_index: Index) -> None:
    text = "what license is Qwen2.5-72B-Instruct under"
    encoded = glossary_index.encoder.encode_query(text)
    found = asked(text, encoded, glossary_index, domain_of(glossary_index))

    whole = similarities(encoded.vector, glossary_index)
    alone = similarities(found.encoded.vector, glossary_index)
    assert (found.near.vectors >= whole.vectors).all()
    assert (found.near.vectors >= alone.vectors).all()
    best = {int(one.vectors.argmax()) for one in (whole, alone)}
    assert len(best) == 2


def test_what_tells_names_apart_that_are_alike(glossary_index: Index) -> None:
    alike = decode("Foo-7B-Instruct-AWQ or Foo-7B-Instruct-GPTQ for chess?", glossary_index)
    unlike = decode("Foo-7B-Instruct or Bar-v2-7B-GGUF for chess?", glossary_index)

    assert [part.text for part in distinguishing(alike)] == ["AWQ", "GPTQ"]
    assert distinguishing(unlike) == []
    assert distinguishing(alike[:1]) == []


def test_an_entry_that_speaks_of_several_parts_explains_them_together(
    glossary_index: Index,
) -> None:
    (name,) = decode("Llama-4-Scout-17B-16E-Instruct", glossary_index)
    owner = glossary_index.ordinals["tag-scout-maverick"]
    joint = [item.part.text for item in name.parts if item.joint]

    assert joint == ["Scout", "17B", "16E"]
    assert {item.entry for item in name.parts if item.joint} == {owner}


@pytest.mark.parametrize(
    "text", ["Mixtral-8x22B-Instruct-v0.1", "Llama-3.2-11B-Vision-Instruct", "Mistral-7B-Instruct"]
)
def test_an_entry_that_has_a_name_as_an_example_explains_no_part_of_it(
    text: str, glossary_index: Index
) -> None:
    (name,) = decode(text, glossary_index)
    assert not any(item.joint for item in name.parts)


@pytest.fixture
def manual(indexed: Indexed, tmp_path: Path) -> Iterator[Index]:
    """Twelve pages on Oarlock."""
    for number in range(12):
        text = f"# Quay {number}\n\nRow with Oarlock to quay {number}.\n\n## Rope\n\nTie it.\n"
        (tmp_path / f"{number}.md").write_text(text, "utf-8")
    with closing(Index(indexed(read_knowledge_base(tmp_path)))) as index:
        yield index


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("how do I tie the rope with Oarlock?", "how do I tie the rope with ?"),
        ("oarlock rope", "rope"),
        # It is all that is asked, or a part of what is.
        ("what is Oarlock?", ""),
        ("where is oarlock.toml", ""),
        ("rope", ""),
    ],
)
def test_what_is_asked_of_the_subject_of_all_pages(text: str, rest: str, manual: Index) -> None:
    assert manual.manifest.subject == "oarlock"
    assert without_subject(text, manual) == rest


def test_that_is_looked_up_half_with_it_and_half_without(manual: Index) -> None:
    encode, domain = manual.encoder.encode_query, domain_of(manual)
    found = asked("oarlock rope", encode("oarlock rope"), manual, domain)
    both = encode("oarlock rope").vector + encode("rope").vector
    np.testing.assert_allclose(found.encoded.vector, both / np.linalg.norm(both), atol=1e-6)
    # The words that are looked up are those of the question.
    assert found.text == "oarlock rope"
    whole = asked("what is oarlock", encode("what is oarlock"), manual, domain)
    assert whole.encoded.vector.tolist() == encode("what is oarlock").vector.tolist()
