from __future__ import annotations

import gc
import weakref

import pytest

from entrywise.data.entries import Entry, Section
from entrywise.index.index import Index
from entrywise.index.names.forms import names_of
from entrywise.index.names.lookup import HeldNames
from entrywise.index.names.names import EXACT, ORDINARY, NameIndex

# Ranks as in BERT's vocabulary: "react" is frequent there, "rag" and "outlines" are not.
VOCABULARY = {"it": 10, "react": 9_000, "clip": 8_000, "rag": 17_000, "outlines": 20_000}


def entry(name: str, expansion: str = "", *aliases: str, text: str = "") -> Entry:
    return Entry(name, name, "c", (Section("s", text),), expansion=expansion, aliases=aliases)


def forms(name: str, expansion: str = "", *aliases: str) -> list[str]:
    return [found.form for found in names_of(entry(name, expansion, *aliases), 0, VOCABULARY)]


def index_of(*entries: Entry) -> NameIndex:
    found = (names_of(one, number, VOCABULARY) for number, one in enumerate(entries))
    return NameIndex(HeldNames([name for some in found for name in some]))


def found(names: NameIndex, text: str) -> list[tuple[str, int, float]]:
    return [(text[m.start : m.end], m.entry, m.strength) for m in names.find(text)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("GQA", ["GQA"]),
        ("fp16 / float16", ["fp16 / float16", "fp16", "float16"]),
        ("-it / -Instruct", ["-it / -Instruct", "-it", "-Instruct"]),
        ("-base/-pt", ["-base/-pt", "-base", "-pt"]),
        ("GQA vs. MQA", ["GQA vs. MQA", "GQA", "MQA"]),
        ("TCP/IP", ["TCP/IP"]),
        ("Vector Store (paged)", ["Vector Store (paged)", "Vector Store"]),
    ],
)
def test_a_name_s_sides_are_names_too(name: str, expected: list[str]) -> None:
    assert forms(name) == expected


@pytest.mark.parametrize(
    ("name", "short", "taken"),
    [
        ("Retrieval-Augmented Generation (RAG)", "RAG", True),
        ("Mixture of Experts (MoE / sparse)", "MoE", True),
        ("Mixture of Experts (MoE / sparse)", "sparse", False),
        ("K-Quants (Q4_K_M)", "Q4_K_M", False),
        ("Value Cache (ache)", "ache", False),
        ("RAG (Retrieval-Augmented Generation)", "Retrieval-Augmented Generation", False),
    ],
)
def test_parentheses_name_the_entry_where_they_abbreviate_it(
    name: str, short: str, taken: bool
) -> None:
    assert (short in forms(name)) is taken


def test_an_expansion_s_title_and_its_sides_of_several_words_are_names() -> None:
    assert forms("CLIP", "CLIP — Contrastive Language-Image Pre-training")[1:] == [
        "CLIP — Contrastive Language-Image Pre-training",
        "Contrastive Language-Image Pre-training",
    ]
    assert forms("x", "Low-Rank Adaptation / low rank updates")[2:] == [
        "Low-Rank Adaptation",
        "low rank updates",
    ]
    assert forms("x", "Loss — what is minimized") == ["x", "Loss — what is minimized"]


def test_aliases_are_names_once_and_marks_are_none() -> None:
    assert forms("GQA", "?!", "grouped", "GQA", "…", "") == ["GQA", "grouped"]


def test_a_name_that_is_an_ordinary_word_counts_in_full_only_as_written() -> None:
    names = index_of(entry("ReAct"), entry("RAG"))
    assert found(names, "how does ReAct react, or a REACT agent") == [
        ("ReAct", 0, EXACT),
        ("react", 0, ORDINARY),
        ("REACT", 0, EXACT),
    ]
    assert found(names, "rag or RAG") == [("rag", 1, EXACT), ("RAG", 1, EXACT)]


def test_a_name_in_lower_case_is_taken_as_it_stands() -> None:
    assert found(index_of(entry("clip")), "Clip and clip") == [("Clip", 0, 1.0), ("clip", 0, 1.0)]


def test_a_proper_noun_is_one_that_its_entry_writes_with_a_capital() -> None:
    library = entry("Outlines", text="With Outlines a model writes JSON, as Outlines says.")
    assert found(index_of(library), "it outlines Outlines") == [
        ("outlines", 0, ORDINARY),
        ("Outlines", 0, EXACT),
    ]
    sketch = entry("Outlines", text="Outlines are sketches, and outlines are short.")
    assert found(index_of(sketch), "it outlines") == [("outlines", 0, EXACT)]


def test_a_tag_is_not_the_word_inside_it() -> None:
    names = index_of(entry("-it / -Instruct"))
    assert found(names, "is the -it model it, or x-it?") == [("-it", 0, EXACT)]


@pytest.mark.parametrize(
    "written",
    [
        "grouped-query attention",
        "Grouped Query Attention",
        "grouped-query-attentions",
        "groupedquery attention",
        "GroupedQueryAttention",
        "grouped query attention's",
        "grouped query attention’s",
    ],
)
def test_hyphens_spaces_and_endings_do_not_matter(written: str) -> None:
    assert found(index_of(entry("GQA", "Grouped-Query Attention")), f"a {written}?") == [
        (written, 0, EXACT)
    ]


def test_a_word_that_ends_like_a_plural_is_left_alone() -> None:
    names = index_of(entry("loss"), entry("corpus"), entry("axis"))
    assert found(names, "los corpu axi") == []
    assert [name for name, *_ in found(names, "losses loss corpus axis")] == [
        "loss",
        "corpus",
        "axis",
    ]


def test_the_longest_name_wins() -> None:
    names = index_of(entry("attention"), entry("flash attention"), entry("attention mask"))
    assert found(names, "flash attention mask, attention") == [
        ("flash attention", 1, EXACT),
        ("attention", 0, EXACT),
    ]
    assert found(names, "attention mask") == [("attention mask", 2, EXACT)]


def test_a_name_as_it_is_written_parts_anywhere() -> None:
    """Its plural is no piece of it: `LL`, `Ms`, `8`."""
    assert found(index_of(entry("LLMs 8")), "what are LLMs 8?") == [("LLMs 8", 0, EXACT)]


def test_a_name_may_have_many_words_and_a_part_of_it_is_none() -> None:
    form = "Neural Tangent Kernel aware Rotary Position Embedding Scaling for Longer Contexts"
    names = index_of(entry(form), entry("Neural"), entry("Rotary Position"))
    assert [match.entry for match in names.find(f"what is {form.lower()}?")] == [0]
    part = "a neural tangent kernel aware rotary position, scaling"
    assert [match.entry for match in names.find(part)] == [1, 2]


def test_one_name_of_two_entries_names_both() -> None:
    names = index_of(entry("MoE", "", "sparse"), entry("SAE", "", "sparse"))
    assert found(names, "sparse") == [("sparse", 0, EXACT), ("sparse", 1, EXACT)]


def test_owners_are_those_of_the_whole_name_only() -> None:
    names = index_of(entry("ReAct"), entry("flash attention"))
    assert names.owners("flash-attention") == {1: EXACT}
    assert names.owners("react") == {0: ORDINARY}
    assert names.owners("flash attention mask") == {}
    assert names.owners("flash") == names.owners("") == names.owners("?") == {}


def test_the_shipped_names_tell_terms_from_english(glossary_index: Index) -> None:
    names, ordinals = glossary_index.names, glossary_index.ordinals
    assert names.owners("GQA") == {ordinals["gqa"]: EXACT}
    assert names.owners("ReAct") == {ordinals["react"]: EXACT}
    assert names.owners("react") == {ordinals["react"]: ORDINARY}
    assert found(names, "is it fast to be on the go") == []


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("RMSNorm", "the RMS norm", True),
        ("FP16", "in fp 16", True),
        ("vectorstore", "a vector store", True),
        ("abcdefgh", "an abcd efgh", True),
        ("abcdefg", "an abcd efg", False),
        ("KTO", "the ratio of K to V", False),
        ("Orca", "Oregon or CA", False),
    ],
)
def test_a_name_is_written_apart_only_where_its_pieces_part(
    name: str, text: str, is_found: bool
) -> None:
    assert bool(found(index_of(entry(name)), text)) is is_found


def test_letters_beyond_ascii_part_a_name_where_they_do() -> None:
    names = index_of(entry("GrünÖl"), entry("ÖlTee"))
    assert found(names, "grün öl") == [("grün öl", 0, EXACT)]
    assert found(names, "öl tee") == [("öl tee", 1, EXACT)]
    assert found(names, "grü nöl") == []


def test_questions_are_not_remembered() -> None:
    names = index_of(entry("Mistral"))
    for number in range(10):
        names.find(f"{number} Mistral")
        names.find("a Mistral sentence", remember=True)
    assert names._written.cache_info().currsize == 1


def test_names_that_nobody_holds_are_freed_at_once() -> None:
    """Without the collector of cycles, which may come late."""
    gc.collect()
    gc.disable()
    try:
        names = index_of(entry("Mistral"))
        names.find("a Mistral sentence", remember=True)
        alive = weakref.ref(names)
        del names
        assert alive() is None
    finally:
        gc.enable()
