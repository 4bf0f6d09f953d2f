from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from indexes import Indexed
from stages import evidence

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.index import Index
from entrywise.rag.answer import Part
from entrywise.rag.compose.draft import Draft
from entrywise.rag.compose.shapes.comparison import comparison, sides
from entrywise.rag.judge.selection import Findings


@pytest.fixture
def compared(
    find: Callable[[str, Index], Findings], glossary_index: Index
) -> Callable[[str], Draft]:
    """The comparison that a question gets from the glossary."""

    def draft(text: str) -> Draft:
        made = Draft(glossary_index.entries)
        comparison(find(text, glossary_index), evidence(text, glossary_index), made)
        return made

    return draft


def headings(draft: Draft) -> list[str | None]:
    return [part.heading for part in draft.parts if part.kind == "quote"]


def table(draft: Draft) -> Part:
    (part,) = [part for part in draft.parts if part.kind == "table"]
    return part


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("difference between GQA and MLA", ("GQA", "MLA")),
        ("LoRA vs full fine-tuning for a 7B on one GPU", ("LoRA", "Full Fine-Tuning")),
        ("compare GQA, MLA and MQA", ("GQA", "MLA", "MQA")),
        ("GQA vs MLA vs MQA vs MHA", ("GQA", "MLA", "MQA", "MHA")),
        ("difference between MHA GQA and MLA", ("MHA", "GQA", "MLA")),
        ("how does Mistral GQA differ from MLA", ("GQA", "MLA")),
    ],
)
def test_a_column_for_each_side_and_rows_that_two_have(
    compared: Callable[[str], Draft], text: str, titles: tuple[str, ...]
) -> None:
    part = table(compared(text))

    assert part.columns == titles
    assert part.heading == " vs ".join(titles)
    assert part.rows[0].aspect == "What it is"
    assert None not in part.rows[0].cells
    for row in part.rows:
        assert len(row.cells) == len(titles)
        assert sum(cell is not None for cell in row.cells) >= 2


def test_what_one_side_says_of_the_other_comes_first(compared: Callable[[str], Draft]) -> None:
    first, *_ = compared("difference between GQA and MLA").parts

    assert (first.kind, first.subject, first.aspect) == ("quote", "mla", "difference")
    assert "instead of reducing head count like GQA" in first.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Which does Llama 3 use, MHA or GQA?", [("GQA", "modern LLMs including Llama 2 70B")]),
        ("Which supports AWQ, vLLM or TGI?", [("vLLM", "Supports TP, GPTQ/AWQ/FP8")]),
        (
            "Which overflows, fp16 or bf16?",
            [("fp16", "maximum value of 65,504"), ("bf16", "gradients almost never overflow")],
        ),
    ],
)
def test_what_one_chooses_by_is_said_first(
    compared: Callable[[str], Draft], text: str, said: list[tuple[str, str]]
) -> None:
    draft = compared(text)

    for part, (heading, words) in zip(draft.parts, said, strict=False):
        assert part.heading == heading
        assert words in part.text
    assert draft.has_column(said[0][0])
    assert len(next(part for part in draft.parts if part.kind == "table").columns) == 2


def test_what_a_comparison_is_for_speaks_of_its_sides_last(
    compared: Callable[[str], Draft],
) -> None:
    text = "fp16 or bf16 as the compute type in mixed precision"
    *_, last = compared(text).parts

    assert (last.kind, last.heading) == ("quote", "Mixed-Precision Training")
    assert last.text.startswith("With bf16 on modern hardware it works out of the box; with fp16,")
    assert compared("fp16 or bf16").parts[-1].kind == "table"
    # What it is for does not speak of them.
    assert compared("GQA or MLA for ollama").parts[-1].kind == "table"


def test_each_side_is_quoted_from_its_own_entry_and_no_sentence_twice(
    compared: Callable[[str], Draft],
) -> None:
    draft = compared("difference between GQA and MLA")

    for row in table(draft).rows:
        for cell, entry in zip(row.cells, ("gqa", "mla"), strict=True):
            assert cell is not None
            assert {draft.citations[number - 1].entry for number in cell.citations} == {entry}
    places = [(c.entry, c.section, c.start) for c in draft.citations]
    assert len(set(places)) == len(places)


def test_a_question_for_more_than_the_difference_has_a_row_of_its_own(
    compared: Callable[[str], Draft],
) -> None:
    text = "Plain DDP versus ZeRO: what exactly is stored on each GPU in the two cases?"
    row = table(compared(text)).rows[1]

    assert row.aspect == "Nearest to the question"
    assert "full model" in str(row.cells[0])
    bare = table(compared("difference between GQA and MLA"))
    assert row.aspect not in [row.aspect for row in bare.rows]


@pytest.mark.parametrize("joint", ["vs", "v/s", "v.", "versus"])
def test_half_names_are_compared_however_versus_is_spelt(
    compared: Callable[[str], Draft], joint: str
) -> None:
    assert table(compared(f"dense {joint} sparse models")).columns == ("Dense Models", "MoE")


@pytest.mark.parametrize("text", ["contrast GQA with MLA", "GQA v. MLA"])
def test_two_names_are_compared_however_it_is_worded(
    compared: Callable[[str], Draft], text: str
) -> None:
    assert table(compared(text)).columns == ("GQA", "MLA")


def test_prose_goes_before_notes(compared: Callable[[str], Draft]) -> None:
    rows = {row.aspect: row.cells for row in table(compared("GQA vs MLA")).rows}
    assert "over 90 percent KV cache" in str(rows["Memory and cost"][1])


def test_formulas_that_are_asked_for_stand_behind_what_each_side_is(
    compared: Callable[[str], Draft],
) -> None:
    told, formula, *_ = table(compared("RMSNorm vs LayerNorm formula")).rows

    assert told.aspect == "What it is"
    assert formula.aspect == "Formula"
    assert [cell.text.partition("(x)")[0] for cell in formula.cells if cell] == [
        "$\\text{RMSNorm}",
        "$\\text{LayerNorm}",
    ]


def test_rows_hold_what_the_knowledge_base_says_to_tell_of_them(
    compared: Callable[[str], Draft],
) -> None:
    rows = {row.aspect: row.cells for row in table(compared("GGUF vs GPTQ")).rows}

    gguf, gptq = (cell and cell.text for cell in rows["How it works"])
    assert str(gguf).startswith("Everything needed to load and run a model")
    assert str(gptq).startswith("When one weight is rounded")


def test_what_two_sides_say_of_when_they_are_used_is_a_row(
    compared: Callable[[str], Draft],
) -> None:
    rows = {row.aspect: row.cells for row in table(compared("GPTQ vs AWQ")).rows}
    gptq, awq = (cell and cell.text for cell in rows["When to use it"])
    assert str(gptq).startswith("GPTQ suits")
    assert str(awq).startswith("AWQ suits")

    # Worded like an occasion is not said to be one.
    assert "When to use it" not in [row.aspect for row in table(compared("GQA vs MLA")).rows]


def test_an_aspect_that_is_no_row_takes_no_sentence_from_one(
    compared: Callable[[str], Draft],
) -> None:
    # What data parallelism says of its limits has no counterpart on the other side.
    rows = {row.aspect: row.cells for row in table(compared("data parallelism vs ZeRO")).rows}

    assert "Limits" not in rows
    cost, _ = rows["Memory and cost"]
    assert cost is not None
    assert cost.text.startswith("The main limitation is memory")


def test_an_unknown_side_has_empty_cells_beside_two_others(
    compared: Callable[[str], Draft],
) -> None:
    three = table(compared("difference between GQA, Foobarizer and MLA"))

    assert three.columns == ("GQA", "Foobarizer", "MLA")
    assert {row.cells[1] for row in three.rows} == {None}
    assert len(three.rows) > 1


def test_a_fifth_side_is_left_out_by_name(compared: Callable[[str], Draft]) -> None:
    draft = compared("GQA vs MLA vs MQA vs MHA vs LoRA")

    assert table(draft).columns == ("GQA", "MLA", "MQA", "MHA")
    assert draft.parts[-1].text == "At most 4 are compared at once; this leaves out LoRA."


def test_what_one_entry_explains_is_told_in_prose(compared: Callable[[str], Draft]) -> None:
    draft = compared("TTFT vs TPOT")

    assert {citation.entry for citation in draft.citations} == {"inference-metrics"}
    quoted = " ".join(part.text for part in draft.parts)
    assert "Time to First Token (TTFT) measures" in quoted
    assert not any(part.kind == "table" for part in draft.parts)


def test_a_single_side_is_told_in_prose_with_what_has_no_entry(
    compared: Callable[[str], Draft],
) -> None:
    assert compared("how does GQA differ").citations[0].entry == "gqa"
    draft = compared("DPO vs PPO")
    assert draft.citations[0].entry == "dpo"
    assert draft.parts[-1].text == "“PPO” is mentioned, but has no entry of its own."


def test_a_side_that_has_said_everything_has_nothing_left(
    find: Callable[[str, Index], Findings], small_index: Index
) -> None:
    found = find("GQA vs LoRA", small_index)
    draft = Draft(small_index.entries)
    both = evidence(found.question, small_index)
    draft.quote(both.of(small_index.ordinals["gqa"]).sentences)
    comparison(found, both, draft)

    (row,) = table(draft).rows
    assert row.cells[0] is None
    assert row.cells[1] is not None


@pytest.fixture(scope="module")
def terse_index(indexed: Indexed) -> Iterator[Index]:
    """Two entries of one sentence each, of which one names the other."""
    entries = (
        Entry(
            "foo", "FooNorm", "norms", (Section("text", "FooNorm is BarNorm without its mean."),)
        ),
        Entry("bar", "BarNorm", "norms", (Section("text", "It scales each layer to unit size."),)),
    )
    terse = KnowledgeBase(entries, (Category("norms", "Norms", 0),))
    with closing(Index(indexed(terse))) as index:
        yield index


def test_the_only_sentence_of_a_side_says_what_it_is(
    find: Callable[[str, Index], Findings], terse_index: Index
) -> None:
    draft = Draft(terse_index.entries)
    text = "FooNorm vs BarNorm"
    comparison(find(text, terse_index), evidence(text, terse_index), draft)

    (part,) = draft.parts
    assert [cell and cell.text for cell in part.rows[0].cells] == [
        "FooNorm is BarNorm without its mean.",
        "It scales each layer to unit size.",
    ]
    assert draft.complete


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("difference between MHA, MQA, and GQA", "mha mqa gqa"),
        ("compare GQA with MLA", "gqa mla"),
        ("contrast GQA with MLA", "gqa mla"),
        ("GQA v. MLA in one sentence", "gqa mla"),
        ("top-k and top-p vs temperature", "top-k top-p temperature"),
        ("is a jailbreak just another word for prompt injection?", "jailbreak prompt-injection"),
        ("how is PagedAttention different from FlashAttention", "paged-attention flash-attention"),
        ("from SFT to DPO: what changes", "sft dpo"),
        # A name after a preposition is context.
        ("LoRA vs full fine-tuning for a 7B on GPU memory", "lora full-ft"),
        ("LoRA on GPU memory vs QLoRA", "lora qlora"),
        ("compare LoRA and QLoRA with bitsandbytes", "lora qlora"),
        ("for RAG, langchain or llamaindex?", "tool-langchain tool-llamaindex"),
        ("for domain RAG, langchain or llamaindex?", "tool-langchain tool-llamaindex"),
        ("LoRA vs QLoRA, and for issue reports RAG", "lora qlora"),
        ("which needs less memory, AWQ or GPTQ in vLLM?", "awq gptq"),
        ("we run vLLM. How does W4A16 compare with W8A8?", "w4a16 w8a8"),
        # Unless it is compared with the next, of its own kind.
        ("what data do I need for KTO as opposed to DPO?", "kto dpo"),
        ("KV cache with GQA vs MQA", "gqa mqa"),
        # Nor is what one chooses by.
        ("compare GQA and MLA, which uses less KV cache", "gqa mla"),
        ("difference between fp16 and bf16 and which should I train in", "fp16 bf16"),
        ("LoRA, which is older, and QLoRA: compare them", "lora qlora"),
        ("GQA vs MLA and when should I use MHA", "gqa mla mha"),
        # Names that no word chains are compared where nothing else is said.
        ("difference GQA MLA", "gqa mla"),
        ("does MLA make quantizing the KV cache pointless, or are these orthogonal?", "mla"),
        ("GQA vs Q4_K_M", "gqa k-quants"),
        ("greedy vs beam search", "greedy-decoding beam-search"),
        ("what is GQA", "gqa"),
    ],
)
def test_the_sides_of_a_question(
    find: Callable[[str, Index], Findings], glossary_index: Index, text: str, compared: str
) -> None:
    ids = glossary_index.catalog.ids
    found = find(text, glossary_index)
    owners = [found.owner(side) for side in sides(found, evidence(found.question, glossary_index))]
    assert [owner and ids[owner] for owner in owners] == compared.split()


def test_a_name_that_no_entry_owns_is_a_side(
    find: Callable[[str, Index], Findings], glossary_index: Index
) -> None:
    found = find("Foobarizer vs GQA", glossary_index)
    first, second = sides(found, evidence(found.question, glossary_index))

    assert (first.name, found.owner(first)) == ("Foobarizer", None)
    assert found.owner(second) == glossary_index.ordinals["gqa"]


def test_a_side_is_where_the_question_has_it(
    find: Callable[[str, Index], Findings], glossary_index: Index
) -> None:
    text = "tensor vs pipeline parallelism"
    found = sides(find(text, glossary_index), evidence(text, glossary_index))

    assert [side.name for side in found] == ["tensor parallelism", "pipeline parallelism"]
    assert [text[side.start : side.end] for side in found] == ["tensor", "pipeline parallelism"]


def test_what_a_side_says_of_a_name_without_an_entry_is_quoted(
    composed: Callable[[str, Index], Draft], glossary_index: Index
) -> None:
    draft = composed("static batching vs continuous batching", glossary_index)
    first, *others, notice = draft.parts
    assert first.text.startswith("Continuous batching dynamically adds and removes requests")
    assert any("idle while long ones complete" in part.text for part in (first, *others))
    assert notice.text == "“static batching” is mentioned, but has no entry of its own."


@pytest.mark.parametrize(
    ("question", "name", "told"),
    [
        (
            "how does Mamba differ from transformers?",
            "transformers",
            "matching transformer quality",
        ),
        (
            "difference between Mamba and the transformer architecture",
            "transformer architecture",
            "an alternative to the transformer",
        ),
        ("LoRA vs prefix tuning", "prefix tuning", "prefix tuning"),
        ("PPO vs DPO", "PPO", "separate reward model and PPO training"),
    ],
)
def test_beside_a_side_without_an_entry_the_other_one_is_told_in_prose(
    composed: Callable[[str, Index], Draft],
    glossary_index: Index,
    question: str,
    name: str,
    told: str,
) -> None:
    draft = composed(question, glossary_index)
    assert all(part.kind != "table" for part in draft.parts)
    assert any(told in part.text for part in draft.parts)
    assert draft.parts[-1].text == f"“{name}” is mentioned, but has no entry of its own."
    assert not draft.complete


def test_a_side_that_is_only_described_is_said_to_have_no_entry(
    composed: Callable[[str, Index], Draft], glossary_index: Index
) -> None:
    draft = composed("n8n vs custom agents", glossary_index)
    assert draft.parts[-1].text == "No entry is called “custom agents”; Agentic AI is nearest."


@pytest.mark.parametrize(
    ("text", "titles", "row", "said"),
    [
        (
            "does an MoE use less VRAM than a dense model?",
            "MoE vs Dense Models",
            1,
            "fit in memory",
        ),
        (
            "does LoRA need less VRAM than full fine-tuning?",
            "LoRA vs Full Fine-Tuning",
            1,
            "14.8GB",
        ),
        ("does GQA need less KV cache than MHA?", "GQA vs MHA", 1, "four times smaller"),
        ("is GPTQ cheaper than AWQ", "GPTQ vs AWQ", 1, "GPU-hours"),
    ],
)
def test_what_is_compared_by_comes_first(
    compared: Callable[[str], Draft], text: str, titles: str, row: int, said: str
) -> None:
    part = table(compared(text))
    assert part.heading == titles
    assert part.rows[row].aspect == "Memory and cost"
    first, *_ = part.rows[row].cells
    assert said in "".join(map(str, [first]))


def test_what_is_better_is_asked_of_nothing_in_particular(
    compared: Callable[[str], Draft],
) -> None:
    part = table(compared("is bf16 better than fp16 for training?"))
    assert part.rows[1].aspect == "Nearest to the question"


def test_what_one_side_alone_tells_is_no_row(compared: Callable[[str], Draft]) -> None:
    aspects = [row.aspect for row in table(compared("QLoRA quality compared to LoRA")).rows]
    assert "Quality" not in aspects
    assert "Nearest to the question" in aspects
