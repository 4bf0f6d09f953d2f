from __future__ import annotations

from pathlib import Path

import pytest
from growth import grows_linearly
from hypothesis import given
from hypothesis import strategies as st

from entrywise.rag.domains.language_models.model_names import find_model_names, parse_model_name
from entrywise.rag.domains.language_models.vocabulary import SHAPES, Shape

# One name a line, then its parts in order, each as text=kind.
NAMES = Path(__file__).with_name("model_names.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", NAMES, ids=lambda line: line.split()[0])
def test_a_real_name_is_found_and_taken_apart(line: str) -> None:
    name, *parts = line.split()

    (found,) = find_model_names(name)

    assert found.text == name
    assert [f"{part.text}={part.kind}" for part in found.parts] == parts


@pytest.mark.parametrize(
    "token",
    ["Q4_K_M", "iq3_m", "Q8_0", "8x7B", "A3B", "E2B", "W4A16", "4.0bpw", "MXFP4", "NVFP4"],
)
def test_an_unmistakable_part_stands_alone(token: str) -> None:
    (found,) = find_model_names(f"what does {token} mean?")

    assert (found.text, len(found.parts)) == (token, 1)


PROSE = """
What is the state-of-the-art in fine-tuning?
long-context models with multi-head attention and pre-norm layers
top-k sampling over low-rank updates
Is GPT-4 better than GPT-3.5-turbo?
e.g. and/or input/output A/B tests
It is 2x faster on 24GB, 4x slower on an RTX-4090
4-bit weights, 8-bit optimizers, int8 and FP16
What does the B in 7B mean?
a 70B model, sub-7B models, non-GGUF files
7B-70B, 7-13B, 1.5-2B, 10M-100M, 700M-7B and 700B-1T are ranges
7B/13B/70B in one table
a 7B-parameter model, 70B-class quality
Llama-3 against Qwen2.5
llama.cpp and node.js
ggml-org/llama.cpp and run-llama/llama_index
mail me at someone-7b@example.com or x@qwen3-8B-Instruct.com
A4 paper, E4M3 floats, FP8-E4M3
AWQ/GPTQ, GGUF/GGML, FP16/BF16
GPTQ-quantized, FP8-quantized, GGUF-format
https://arxiv.org/abs/2305.14314
https://example.com/blog/fine-tuning-of-models
the base model, a chat model, instruct-tuned
Mistral 7B or Llama 2
key-value cache of 128k tokens
in 2024-07-18 at 12:30
17B active/109B total, total/70B, https://example.com/chapter12/3b
.mlmodel/.mlpackage files
x_1 and d_model, seq_len, W_q
end-to-end, step-by-step, chain-of-thought
pre-FP8 hardware, post-GPTQ calibration
mixture-of-experts with 16E
LoRA vs QLoRA vs full-ft
RLHF/DPO/KTO
CPU/GPU/NPU
v2 and v0.1 are versions
3.5-turbo
NF4 or double-quantization
Claude-3.5-Sonnet
is 128g a group size?
https://huggingface.co/docs/transformers/main/en/index
resolve/main and blob/main
--model --dtype=bf16 -ngl 99
... --- /// :::
.gguf files
self-attention is O(n^2)
100k-150k tokens
H100-80GB and A100-40G
client/server and pre-training on 24 GB
GPT-4 vs GPT-5, o3-mini-2025-01-31
/usr/lib/x-1.2.so and /opt/server/api-v2-mini/run-3.4
C:\\Users\\me\\app-v2-mini and ~/src/tool-2.1-small
https://example.com/2024-05-01/a-large-post-v2.html
https://github.com/owner/project-2.1/issues/14
v2-code is out, see node/v1.2
"""


@pytest.mark.parametrize("sentence", PROSE.strip().splitlines())
def test_prose_holds_no_name(sentence: str) -> None:
    assert find_model_names(sentence) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Is `Qwen3-8B`, (gemma-3-4b-it) or 'phi-2-GGUF' best?",
            "Qwen3-8B gemma-3-4b-it phi-2-GGUF",
        ),
        ("https://huggingface.co/Qwen/Qwen3-8B.", "Qwen/Qwen3-8B"),
        (
            "https://hf.co/me/b-7B/resolve/main/b-7b.Q4_0.gguf?download=true",
            "me/b-7B b-7b.Q4_0.gguf",
        ),
        ("Mixtral 8x7B", "8x7B"),
        ("Qwen3-8B/Qwen3-14B, Q4_K_M/Q5_K_M, AWQ/Yi-6B", "Qwen3-8B Qwen3-14B Q4_K_M Q5_K_M Yi-6B"),
        ("hf.co//Qwen3-8B", "Qwen3-8B"),
        ("/opt/models/Qwen3-8B-Q4_0.gguf", "Qwen3-8B-Q4_0.gguf"),
        ("模型Qwen3-8B是什么", "Qwen3-8B"),
        (f"{'a' * 300}/Qwen3-8B", "Qwen3-8B"),
        (f"{'a' * 300}-8B", ""),
    ],
)
def test_names_are_found_inside_other_text(text: str, names: str) -> None:
    found = find_model_names(text)

    assert [name.text for name in found] == names.split()
    assert all(text[name.start : name.end] == name.text for name in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "is Llama 3.1-8B-Instruct or Qwen 2.5-7B-it best?",
            "Llama 3.1-8B-Instruct|Qwen 2.5-7B-it",
        ),
        ("Llama 2, Mixtral 8x7B and Mistral 7B", "8x7B"),
        ("run Qwen3-8B-AWQ", "Qwen3-8B-AWQ"),
        ("from Kimi Kimi-K2-Thinking and Llama Qwen3-8B", "Kimi-K2-Thinking|Qwen3-8B"),
    ],
)
def test_a_family_may_be_written_apart(text: str, names: str) -> None:
    found = find_model_names(text)

    assert "|".join(name.text for name in found) == names
    assert all(text[name.start : name.end] == name.text for name in found)
    assert all(text[p.start : p.end] == p.text for name in found for p in name.parts)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.kind} {shape.example}")
def test_every_row_of_the_table_reads_its_example(shape: Shape) -> None:
    before = "Llama-7B-" if shape.after else "Llama-"

    name = parse_model_name(before + shape.example)

    assert shape.kind in [part.kind for part in name.parts if part.start >= len(before)]


NAME_LIKE = st.text(alphabet="aAbBeEgGkKmMqQvVxX0148/-_.: @", max_size=60)


@given(st.one_of(st.text(max_size=60), NAME_LIKE), st.integers(0, 9))
def test_parts_lie_in_order_inside_any_text(text: str, start: int) -> None:
    name = parse_model_name(text, start)
    position = start
    for part in name.parts:
        assert position <= part.start < part.end
        assert text[part.start - start : part.end - start] == part.text
        position = part.end
    assert position <= name.end == start + len(text)


@given(st.one_of(st.text(max_size=60), NAME_LIKE))
def test_found_names_lie_in_order_inside_any_text(text: str) -> None:
    position = 0
    for name in find_model_names(text):
        assert position <= name.start
        assert text[name.start : name.end] == name.text
        assert all(text[part.start : part.end] == part.text for part in name.parts)
        position = name.end


@pytest.mark.parametrize(
    "unit", ["a-", "1.", "a/", "8x7B-", "xx1.", "Q4_", "v1", "a1_", "-", "1b@"]
)
def test_time_grows_linearly_with_hostile_text(unit: str) -> None:
    def read(count: int) -> None:
        find_model_names(unit * count)
        parse_model_name(unit * count)

    assert grows_linearly(read, 16_000 // len(unit))
