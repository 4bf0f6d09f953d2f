from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

import pytest
from indexes import Indexed

from entrywise.data.entries import Category, Entry, KnowledgeBase, Section
from entrywise.index.index import Index
from entrywise.rag.compose.draft import Draft

Composing = Callable[[str, Index], Draft]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who created llama.cpp", "created by Georgi Gerganov"),
        ("who is behind OLMo", "AI2"),
        ("who made FAISS", "from Meta"),
        ("which company released Triton", "from OpenAI"),
        ("who develops Qwen", "Alibaba Cloud's"),
        ("which company is behind Mistral?", "is a Paris-based startup"),
    ],
)
def test_the_maker_is_quoted_first(
    composed: Composing, glossary_index: Index, text: str, said: str
) -> None:
    first, *others = composed(text, glossary_index).parts

    assert first.aspect == "origin"
    assert said in first.text
    assert not [part for part in others if part.kind == "notice"]


def test_where_nobody_is_named_the_papers_are(composed: Composing, glossary_index: Index) -> None:
    draft = composed("who made vLLM", glossary_index)
    papers, quote = draft.parts

    assert "(Kwon et al., SOSP 2023)" in papers.text
    assert quote.text.startswith("vLLM is an open-source inference engine")
    assert draft.complete


def test_where_there_are_no_papers_either_it_says_so(
    composed: Composing, glossary_index: Index
) -> None:
    draft = composed("who made Ollama", glossary_index)

    assert draft.parts[0].text == "The knowledge base does not say who made Ollama."
    assert not draft.complete


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("which paper introduced GQA", "(Ainslie et al., EMNLP 2023)"),
        ("the original paper on DPO", "(Rafailov et al., NeurIPS 2023)"),
        ("who wrote the DPO paper", "(Rafailov et al., NeurIPS 2023)"),
        ("where does GQA come from", "(Ainslie et al., EMNLP 2023)"),
        ("where was LoRA introduced", "LoRA: Low-Rank Adaptation of Large Language Models (Hu"),
    ],
)
def test_papers_are_named_first_and_never_quoted(
    composed: Composing, glossary_index: Index, text: str, paper: str
) -> None:
    draft = composed(text, glossary_index)

    notice, *_ = draft.parts
    assert notice.kind == "notice"
    assert paper in notice.text
    assert all(paper not in citation.quote for citation in draft.citations)


def test_an_entry_without_papers_says_so(composed: Composing, small_index: Index) -> None:
    notice, *_ = composed("which paper introduced LoRA", small_index).parts
    assert notice.text == "The knowledge base names no papers on LoRA."


def test_several_subjects_have_a_heading_each(composed: Composing, small_index: Index) -> None:
    parts = composed("who made LoRA, and GQA", small_index).parts
    assert [part.heading for part in parts if part.kind == "quote"] == ["LoRA", "GQA"]


@pytest.mark.parametrize(
    ("text", "said", "entry"),
    [
        ("which models use MLA?", "used in the DeepSeek model family", "mla"),
        ("who uses RoPE", "RoPE is used by Llama, Mistral, Qwen, Gemma", "rope"),
        ("does Mistral use GQA?", "including Llama 2 70B, Llama 3, and Mistral", "gqa"),
    ],
)
def test_where_it_is_used_is_quoted_first(
    composed: Composing, glossary_index: Index, text: str, said: str, entry: str
) -> None:
    first, *_ = composed(text, glossary_index).parts

    assert (first.aspect, first.subject) == ("use", entry)
    assert said in first.text


def test_what_answers_comes_before_what_it_is_below_its_name(
    composed: Composing, glossary_index: Index
) -> None:
    first, *_ = composed("which models use GQA?", glossary_index).parts
    named, *_ = composed("who uses RoPE", glossary_index).parts

    assert (first.heading, named.heading) == ("GQA", None)
    assert first.text.startswith("It is the dominant attention variant")


def test_who_says_that_it_uses_it_is_quoted_too(composed: Composing, glossary_index: Index) -> None:
    _, second, *_ = composed("which models use MLA?", glossary_index).parts
    assert second.subject == "org-deepseek"
    assert "Latent Attention" in second.text


def test_drawbacks_are_quoted_first(composed: Composing, glossary_index: Index) -> None:
    first, *_ = composed("drawbacks of quantization", glossary_index).parts
    assert first.aspect == "trade-off"
    assert "measurable degradation" in first.text


def test_drawbacks_are_what_the_knowledge_base_says_to_be_some(
    composed: Composing, glossary_index: Index
) -> None:
    told = composed("what are the limitations of MoE", glossary_index).parts[0]
    silent = composed("what are the limitations of safetensors", glossary_index).parts[0]

    assert "The tradeoff is that all parameters must still fit in memory." in told.text
    # Pickle is what is a risk.
    assert silent.text == "The knowledge base names no drawbacks of safetensors."


def test_where_no_drawback_is_told_it_says_so(composed: Composing, glossary_index: Index) -> None:
    draft = composed("what are the limitations of LoRA", glossary_index)
    assert draft.parts[0].text == "The knowledge base names no drawbacks of LoRA."
    assert draft.citations[0].entry == "lora"
    assert not draft.complete


@pytest.mark.parametrize(
    ("text", "entry", "said"),
    [
        ("how do I reduce hallucinations", "rag", "reducing hallucination"),
        ("how do I prevent jailbreaks", "guardrails", "blocking jailbreaks"),
        ("what can I do about prompt injection?", "guardrails", "prompt injections"),
    ],
)
def test_a_remedy_is_what_others_say_of_it(
    composed: Composing, glossary_index: Index, text: str, entry: str, said: str
) -> None:
    parts = [part for part in composed(text, glossary_index).parts if part.subject == entry]
    assert said in parts[0].text


@pytest.mark.parametrize("text", ["how do I reduce hallucinations", "hallucination fix"])
def test_a_remedy_that_an_entry_itself_tells_comes_first(
    composed: Composing, glossary_index: Index, text: str
) -> None:
    first = composed(text, glossary_index).parts[0]
    assert first.text.startswith("RAG, low temperatures, and fact checks")


def test_what_only_one_subject_calls_a_remedy_is_none_elsewhere(
    composed: Composing, indexed: Indexed
) -> None:
    entries = (
        Entry("lumps", "Lumps", "c", (Section("text", "Lumps are knots of flour in a sauce."),)),
        Entry("sieve", "Sieve", "c", (Section("text", "A sieve prevents lumps in a sauce."),)),
        Entry("pepper", "Pepper", "c", (Section("text", "Ground pepper hides lumps in a sauce."),)),
    )
    knowledge_base = KnowledgeBase(entries, (Category("c", "C", 1),))
    with closing(Index(indexed(knowledge_base))) as index:
        draft = composed("how do I prevent lumps", index)
    assert [part.subject for part in draft.parts] == ["sieve", "lumps"]


def test_where_nothing_is_said_of_a_remedy_it_says_so(
    composed: Composing, glossary_index: Index
) -> None:
    draft = composed("how do I get rid of Ollama", glossary_index)
    assert draft.parts[0].text == "The knowledge base does not say what can be done about Ollama."


def test_what_an_entry_is_about_is_explained_where_no_remedy_is_told(
    composed: Composing, glossary_index: Index
) -> None:
    draft = composed("how do I reduce pipeline parallelism", glossary_index)
    assert {part.kind for part in draft.parts} == {"quote"}
    assert "assigns entire layers" in " ".join(part.text for part in draft.parts)


def test_what_another_entry_says_of_a_remedy_comes_first(
    composed: Composing, glossary_index: Index
) -> None:
    draft = composed("how do I reduce time to first token", glossary_index)
    assert [part.subject for part in draft.parts] == ["latency", "inference-metrics"]


def test_what_stands_beside_a_remedy_is_not_what_it_is_for(
    composed: Composing, glossary_index: Index
) -> None:
    draft = composed("how to avoid overfitting with LoRA", glossary_index)
    assert draft.citations[0].entry == "lora"


def test_where_no_sentence_tells_of_drawbacks_alone_what_says_most_of_the_question_is_quoted(
    composed: Composing, glossary_index: Index
) -> None:
    asked = "what's the risk of loading a pickle checkpoint instead of safetensors"
    first, *others = composed(asked, glossary_index).parts
    assert "creating a serious security risk" in first.text
    assert not [part for part in others if part.kind == "notice"]
    notice, quote, *_ = composed("does GQA have downsides for quality", glossary_index).parts
    assert notice.text == "The knowledge base names no drawbacks of GQA."
    assert "quality" in quote.text


def test_advantages_are_told_beside_drawbacks_where_both_are_asked(
    composed: Composing, glossary_index: Index
) -> None:
    both = composed("what are the advantages and disadvantages of MoE", glossary_index)
    one = composed("what are the disadvantages of MoE", glossary_index)

    gain, cost = "dramatically reducing compute cost", "all parameters must still fit in memory"
    assert gain in both.parts[0].text
    assert cost in both.parts[0].text
    assert gain not in one.parts[0].text


@pytest.mark.parametrize(
    ("text", "in_full"),
    [
        ("what does AWQ stand for", "AWQ stands for Activation-Aware Weight Quantization."),
        ("full form of MLA", "MLA stands for Multi-head Latent Attention."),
        ("which words is RoPE short for?", "RoPE stands for Rotary Position Embedding."),
    ],
)
def test_a_name_is_spelt_out_before_what_it_is(
    composed: Composing, glossary_index: Index, text: str, in_full: str
) -> None:
    told, quote, *_ = composed(text, glossary_index).parts

    assert (told.kind, told.text) == ("notice", in_full)
    assert quote.aspect == "definition"


def test_what_spells_out_another_name_is_quoted_first(
    composed: Composing, glossary_index: Index
) -> None:
    first, *_ = composed("what does TTFT stand for", glossary_index).parts
    assert first.text.startswith("Time to First Token (TTFT) measures")


def test_a_name_that_is_written_out_is_not_spelt_out(
    composed: Composing, glossary_index: Index
) -> None:
    parts = composed("what does attention mask stand for", glossary_index).parts
    assert all(part.kind != "notice" for part in parts)
