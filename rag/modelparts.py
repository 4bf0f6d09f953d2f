"""The vocabulary of model names: which words and which shapes say what.

A name is read from the left. At each piece the rows of `SHAPES` are tried in order, the first
that fits wins; what fits none is looked up in `WORDS`. Both ignore case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "organization",
    "family",
    "version",
    "size",
    "experts",
    "active-size",
    "effective-size",
    "expert-count",
    "context",
    "variant-code",
    "variant-vision",
    "variant-math",
    "variant-embedding",
    "variant-guard",
    "variant-long",
    "variant-reward",
    "variant-moe",
    "variant-thinking",
    "variant-distill",
    "scale",
    "tuning-instruct",
    "tuning-base",
    "tuning-alignment",
    "tuning-method",
    "merged",
    "matryoshka",
    "conversion",
    "k-quant",
    "iq-quant",
    "legacy-quant",
    "imatrix",
    "dynamic-quant",
    "quant-method",
    "bits",
    "weight-activation",
    "group-size",
    "bpw",
    "precision",
    "format",
    "shard",
    "date",
    "unknown",
]

SEPARATORS = "-_./:"
"""What stands between the pieces of a name; the colon is Ollama's (`qwen3:8b`)."""

_END = r"(?=[-_./:]|\Z)"
# GLM-4.5V and qwen2.5vl write the vision mark against the version.
_VERSION_END = r"(?=(?:VL?)?(?:[-_./:]|\Z))"


@dataclass(frozen=True, slots=True)
class Shape:
    """One row of the grammar.

    `pattern` matches at the start of a piece, up to a separator. `after` is a kind that must
    have come before in the name, or None. `example` is a text that the row matches, `reason`
    says where the form comes from.
    """

    kind: Kind
    pattern: re.Pattern[str]
    example: str
    reason: str
    after: Kind | None = None


def _shape(kind: Kind, pattern: str, example: str, reason: str, after: Kind | None = None) -> Shape:
    end = _VERSION_END if kind == "version" else _END
    return Shape(kind, re.compile(f"(?:{pattern}){end}", re.IGNORECASE), example, reason, after)


SHAPES: tuple[Shape, ...] = (
    _shape("shard", r"\d{5}-of-\d{5}", "00001-of-00003", "a weight file split by Transformers"),
    _shape("k-quant", r"Q[2-8][_-]K(?:[_-](?:S|M|L|XL))?", "Q4_K_M", "llama.cpp file types"),
    _shape("iq-quant", r"IQ[1-4][_-](?:XXS|XS|S|M|NL)", "IQ4_XS", "llama.cpp file types"),
    _shape("legacy-quant", r"Q[458]_[01](?:_[48]_[48])?", "Q4_0", "llama.cpp's first formats"),
    _shape("weight-activation", r"W\d{1,2}A\d{1,2}", "W4A16", "vLLM, LLM Compressor"),
    _shape("bpw", r"\d{1,2}(?:[._]\d{1,3})?bpw", "4.65bpw", "ExLlama: bits per weight"),
    _shape("experts", r"\d{1,3}x\d{1,3}(?:\.\d{1,2})?[BM]", "8x7B", "Mixtral"),
    _shape("active-size", r"A\d{1,3}(?:\.\d{1,2})?B", "A3B", "Qwen3 MoE: active parameters"),
    _shape("effective-size", r"E\d{1,3}(?:\.\d{1,2})?B", "E4B", "Gemma 3n"),
    _shape("expert-count", r"\d{1,3}E", "16E", "Llama 4: 17B-16E"),
    _shape("bits", r"\db(?=[-_]\d{1,4}g)", "4b-128g", "GPTQ-4b-128g: 4b is no size here"),
    _shape("bits", r"\d{1,2}(?:\.\d{1,2})?[-_]?bits?", "4-bit", "bitsandbytes, MLX"),
    _shape("bits", r"u?int[248]|i[48]|Q[2-8]", "int4", "integer types; a bare Q4 says no more"),
    _shape("context", r"\d{1,3}M", "1M", "Qwen2.5-7B-Instruct-1M: the size is said", "size"),
    _shape("size", r"\d{1,4}(?:\.\d{1,3})?[BMT]", "7B", "parameters: millions to trillions"),
    _shape("size", r"\d{1,2}B\d|(?<=-)\d_\d{1,2}B", "7b1", "bloom-7b1, stablelm-2-1_6b"),
    _shape("context", r"\d{1,4}k", "128k", "Phi-3, Yi: context in thousands of tokens"),
    _shape("group-size", r"(?:1|16|32|64|128|256|512|1024)g|g(?:32|64|128)", "128g", "GPTQ"),
    _shape("precision", r"(?:MX|NV)FP\d|B?F(?:P)?(?:16|32)|TF32", "BF16", "IEEE 754, OCP MX"),
    _shape("precision", r"FP8[-_]dynamic|FP[468]|E\dM\d", "FP8", "E4M3 is a float, not a size"),
    _shape("date", r"20\d\d-[01]\d(?:-[0-3]\d)?|[01]\d-20\d\d", "2024-07-18", "OpenAI, Cohere"),
    _shape("date", r"20\d\d(?:0[1-9]|1[0-2])[0-3]\d", "20250514", "Anthropic"),
    _shape("date", r"2\d(?:0[1-9]|1[0-2])", "2407", "Mistral: year and month"),
    _shape("date", r"(?:0[1-9]|1[0-2])[0-3]\d", "0528", "DeepSeek: month and day"),
    _shape("version", r"v\d{1,4}(?:[._]\d{1,3}){0,3}", "v0.2", "Mistral"),
    _shape("version", r"[RKM]\d(?:\.\d)?", "R1", "DeepSeek-R1, Kimi-K2: a series", "family"),
    _shape("version", r"(?<=-)\d_\d{1,2}", "1_5", "phi-1_5, Llama-3_1-Nemotron", "family"),
    _shape("version", r"\d{1,2}(?:\.\d{1,2}){0,3}n?", "3.1", "Llama-3.1, gemma-3n", "family"),
    _shape("format", r"(?<=\.)(?:bin|mlpackage|mlmodel)", "model.bin", "a file's extension"),
    _shape("tuning-method", r"full[-_]ft", "full-ft", "all weights fine-tuned"),
)

_WORDS_OF: Mapping[Kind, str] = {
    "variant-code": "coder code",
    "variant-vision": "vl vision v",
    "variant-math": "math",
    "variant-embedding": "embed embedding embeddings",
    "variant-guard": "guard shield",
    "variant-long": "long",
    "variant-reward": "reward rm",
    "variant-moe": "moe",
    "variant-thinking": "thinking reasoning reasoner",
    "variant-distill": "distill distilled",
    "scale": "nano micro mini small tiny lite medium pro turbo large max ultra",
    "tuning-instruct": "instruct it chat",
    "tuning-base": "base pt raw pretrain pretrained",
    "tuning-alignment": "sft dpo rlhf orpo kto simpo ppo grpo",
    "tuning-method": "ft fft lora qlora adapter",
    "merged": "merged unmerged",
    "matryoshka": "mrl",
    "conversion": "hf",
    "imatrix": "imat imatrix i1",
    "dynamic-quant": "ud",
    "quant-method": (
        "awq gptq exl2 exl3 hqq bnb bitsandbytes aqlm eetq quip smoothquant spinquant marlin "
        "quanto qat nf4 autoround"
    ),
    "format": "gguf ggml mlx onnx safetensors ct2 ctranslate2 openvino ov coreml",
}

WORDS: Mapping[str, Kind] = {
    word: kind for kind, words in _WORDS_OF.items() for word in words.split()
}
"""Words in lower case that have one meaning wherever they stand in a name."""

_FAMILIES = """
    aya bert bloom chatglm codegemma codellama command dbrx deepseek dolphin exaone falcon
    gemma glm gpt granite hermes internlm jamba kimi llama llava mamba ministral mistral
    mixtral mpt nemo nemotron olmo olmoe openhermes opt phi pixtral pythia qvq qwen qwq smollm
    solar stablelm starcoder t5 tinyllama vicuna whisper wizardlm yi zephyr
"""
FAMILIES = frozenset(_FAMILIES.split())
"""Families that are recognised anywhere: `Qwen` in DeepSeek-R1-Distill-Qwen-7B."""
