from __future__ import annotations

from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from indexes import Indexed
from stages import understood

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.index import Index
from entrywise.index.names.names import EXACT, ORDINARY
from entrywise.rag.understand.mention import Mention


def found(text: str, index: Index) -> list[tuple[str, str]]:
    return [(one.name, one.source) for one in understood(text, index).mentions]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("GQA vs mla", {"GQA": "name", "mla": "name"}),
        ("so GQA vs OpenFooX vs FooX", {"GQA": "name", "OpenFooX": "unknown", "FooX": "unknown"}),
        ("LoRA or MQA", {"LoRA": "name", "MQA": "mentioned"}),
        ("GQA in Foobar-7B-Instruct", {"GQA": "name", "Instruct": "part"}),
        ('what does "Foobarizer" mean?', {"Foobarizer": "unknown"}),
        ("what is NVFP4?", {"NVFP4": "unknown"}),
        ("what is React?", {"React": "name unknown"}),
    ],
)
def test_everything_that_is_named_is_found_once(
    small_index: Index, text: str, mentions: dict[str, str]
) -> None:
    expected = [(name, source) for name, sources in mentions.items() for source in sources.split()]
    assert found(text, small_index) == expected


def test_a_half_name_is_the_whole_one(glossary_index: Index) -> None:
    text = "tensor vs pipeline parallelism"
    assert found(text, glossary_index) == [
        ("tensor parallelism", "half"),
        ("pipeline parallelism", "name"),
    ]


def test_a_half_of_what_has_a_name_is_none(glossary_index: Index) -> None:
    sources = dict(found("KV cache vs GQA attention", glossary_index))
    assert "half" not in sources.values()


def test_a_name_inside_a_description_is_a_part_of_it(glossary_index: Index) -> None:
    assert found("QLoRA vs updating every LLM weight", glossary_index) == [
        ("QLoRA", "name"),
        ("updating every LLM weight", "description"),
    ]


def test_a_few_unknown_halves_may_be_descriptions(glossary_index: Index) -> None:
    text = "; ".join(f"zyx{letter} vs self attention" for letter in "abcdefgh")
    halves = [
        one for one in understood(text, glossary_index).mentions if one.name.startswith("zyx")
    ]
    assert len(halves) == 8
    assert {one.source for one in halves[4:]} == {"unknown"}


def test_a_name_of_two_entries_is_one_mention(glossary_index: Index) -> None:
    (mention,) = understood("Reward Model", glossary_index).mentions
    assert len(mention.owners) == 2


words = st.sampled_from(
    "what is the difference between vs or and , / GQA MLA LoRA ReAct React gguf Q4_K_M 7B MQA "
    "Foobarizer OpenFooX tensor pipeline parallelism KV cache Llama-3-8B-Instruct custom agents "
    '"B" mean'.split()
)


@given(st.lists(words, max_size=14).map(" ".join))
def test_mentions_stand_in_order_and_share_no_place_unless_doubtful(
    glossary_index: Index, text: str
) -> None:
    mentions = understood(text, glossary_index).mentions

    assert all(0 <= one.start < one.end <= len(text) for one in mentions)
    assert all(_is_as_written(one, text) for one in mentions)
    certain = [one for one in mentions if not one.is_doubtful]
    assert all(left.end <= right.start for left, right in pairwise(certain))


def _is_as_written(mention: Mention, text: str) -> bool:
    """Half a name is written as the start of it."""
    written = text[mention.start : mention.end]
    return mention.name.startswith(written.split()[0])


def test_a_name_is_rather_that_of_the_entry_that_is_called_so(glossary_index: Index) -> None:
    model, tag = (glossary_index.ordinals[entry] for entry in ("reward-model", "tag-reward"))
    for text in ("what is a reward model", "Reward Models?"):
        [mention] = understood(text, glossary_index).mentions
        assert mention.owners == {model: EXACT, tag: ORDINARY}
    # Nothing is called "RadixAttention", which two entries have as a further name.
    [mention] = understood("what is RadixAttention", glossary_index).mentions
    assert [*mention.owners.values()] == [EXACT, EXACT]


def test_of_two_names_whose_singulars_are_alike_the_one_is_meant_that_is_written(
    indexed: Indexed,
) -> None:
    told = (Section("explanation", "Lachs ist ein Fisch der Flüsse, und Lach ist keiner."),)
    entries = tuple(Entry(name.lower(), name, "fisch", told) for name in ("Lachs", "Lach"))
    root = indexed(KnowledgeBase(entries, (Category("fisch", "Fische", 0),)))
    with closing(Index(root)) as index:
        for text, owners in {
            "Was ist Lachs?": {0: EXACT, 1: ORDINARY},
            "Was ist LACH?": {0: ORDINARY, 1: EXACT},
        }.items():
            [mention] = understood(text, index).mentions
            assert mention.owners == owners
