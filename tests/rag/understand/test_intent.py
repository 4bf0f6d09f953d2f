from __future__ import annotations

import pytest

from entrywise.rag.domains.base import GENERAL, Domain
from entrywise.rag.domains.language_models.domain import DOMAIN
from entrywise.rag.understand.intent import worded_intents


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("difference between GQA and MLA", "comparison"),
        ("GQA vs. MLA", "comparison"),
        ("GQA v/s MLA", "comparison"),
        ("GQA v. MLA", "comparison"),
        ("contrast GQA with MLA", "comparison"),
        ("what does contrastive learning do", "definition"),
        ("Llama v. 3", "definition"),
        ("diff between fp16 and bf16", "comparison"),
        ("is LoRA better than full fine-tuning", "comparison"),
        ("is QLoRA worse than LoRA", "comparison"),
        ("which of GPTQ and AWQ is faster", "comparison"),
        ("LoRA or QLoRA?", "comparison"),
        ("is RAG the same as fine-tuning", "comparison"),
        ("Are SFT and instruction tuning the same thing?", "comparison"),
        ("in what way is DPO simpler than RLHF", "comparison"),
        ("why pick vLLM over TGI", "comparison"),
        ("how does DPO compare to RLHF", "comparison"),
        ("how is MoE different from a dense model", "comparison"),
        ("is KTO another name for DPO", "comparison"),
        ("trade-offs of AWQ and GPTQ", "comparison"),
        ("how much VRAM does a 70B model need", "numeric"),
        ("what is the default value of top-p", "numeric"),
        ("formula for attention", "numeric"),
        ("attention variants", "list"),
        ("how many experts does Mixtral have", "numeric"),
        ("how long is the context of Llama 3", "numeric"),
        ("how do I calculate the KV cache size", "numeric"),
        ("what dimension do embeddings have", "numeric"),
        ("how big is a 7B model in 4 bit", "numeric"),
        ("what group size does GPTQ use", "numeric"),
        ("what top-p value is good", "numeric"),
        ("what learning rate for SFT", "numeric"),
        ("what's the largest number in fp16", "numeric"),
        ("size of the KV cache at 128K tokens", "numeric"),
        ("compute-optimal token count for a 3B model?", "numeric"),
        ("kv cache in GB for 80 layers", "numeric"),
        ("what is latency?", "definition"),
        ("what is a formula?", "definition"),
        ("what is a formula for it", "numeric"),
        ("what is the learning rate?", "definition"),
        ("share a link for a page", "definition"),
        ("what scores are there", "list"),
        ("why is my model slow", "why"),
        ("why does it need 4.5 bits per weight", "why"),
        ("what causes hallucinations", "why"),
        ("what's the point of RMSNorm", "why"),
        ("how come greedy decoding repeats itself", "why"),
        ("what is the purpose of a system prompt", "why"),
        ("advantages of GGUF", "why"),
        ("reason for using warmup", "why"),
        ("types of attention", "list"),
        ("what are the main quantization formats", "list"),
        ("which attention variants are there?", "list"),
        ("which tools support GGUF", "list"),
        ("what alignment methods exist", "list"),
        ("what position encodings do people use", "list"),
        ("list some sampling methods", "list"),
        ("alternatives to RLHF", "list"),
        ("what are common ways of cutting memory", "list"),
        ("which inference engines work with AWQ", "list"),
        ("what other formats can I download", "list"),
        ("can you name three serving tools", "list"),
        ("list quantization formats", "list"),
        ("which kinds of attention are there?", "list"),
        ("should I use LoRA", "when"),
        ("when should I use RAG", "when"),
        ("when is QAT worth the effort", "when"),
        ("use cases of small models", "when"),
        ("does it make sense to fine-tune", "when"),
        ("I have 200 examples, should I fine-tune", "when"),
        ("how do I stop it", "how"),
        ("how LoRA works", "how"),
        ("how should I order my prompt", "how"),
        ("what happens if temperature is 0", "how"),
        ("is there a way to shrink the cache", "how"),
        ("walk me through speculative decoding", "how"),
        ("how are experts chosen", "how"),
        ("what is GQA", "definition"),
        ("what does Q4_K_M mean", "definition"),
        ("tell me about RoPE", "definition"),
        ("KV cache", "definition"),
        ("whats evol-instruct", "definition"),
        ("who is TheBloke", "definition"),
        ("define perplexity", "definition"),
        ("explain weight tying", "definition"),
        ("what do you call that", "definition"),
        ("does LoRA work with AWQ", "other"),
        ("which works with vLLM on Windows today for a beginner", "other"),
        ("is it possible to merge two adapters", "other"),
        ("can vLLM run GGUF files", "other"),
        ("my GPU is on fire and the model prints nonsense", "other"),
        ("does Ollama support function calling", "other"),
        ("whats the technique where two models draft and check called", "definition"),
        ("is there a name for the trick of reusing embeddings", "definition"),
        ("effective bits per weight of Q4_K_M", "numeric"),
        ("what is the context length of Llama 3", "numeric"),
        ("want to run it at 16k tonight. how?", "how"),
    ],
)
def test_the_most_telling_wording_comes_first(question: str, intent: str) -> None:
    assert worded_intents(question, DOMAIN)[0] == intent


@pytest.mark.parametrize(
    ("language", "question", "intent"),
    [
        ("de", "Wann kommt das Gehalt?", "other"),
        ("de", "Gibt es eine Kantine?", "other"),
        ("de", "Kantine", "definition"),
        ("de", "Was ist VPN?", "definition"),
        ("de", "Was bedeutet Gleitzeit in unserem kleinen Betrieb?", "definition"),
        ("es", "cortado", "definition"),
    ],
)
def test_a_short_question_of_another_language_is_no_term(
    language: str, question: str, intent: str
) -> None:
    assert worded_intents(question, GENERAL, language)[0] == intent


def test_a_question_may_have_several_wordings() -> None:
    assert worded_intents("why is GQA faster than MLA", DOMAIN) == ("comparison", "why")


def test_a_wording_counts_once() -> None:
    found = worded_intents("what do you call it and what is it", DOMAIN)
    assert found == ("definition",)


def test_a_domain_words_what_a_question_asks_for() -> None:
    sailing = Domain("sailing", wordings={"numeric": r"\bhow deep\b"})
    assert worded_intents("How deep is the keel of a sloop?", sailing)[0] == "numeric"
    assert "numeric" not in worded_intents("How is the keel of a sloop?", sailing)
    assert "numeric" not in worded_intents("How deep is the keel of a sloop?", GENERAL)
