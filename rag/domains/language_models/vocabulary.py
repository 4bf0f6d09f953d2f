"""The vocabulary of model names: which words and which shapes say what.

A name is read from the left. At each piece the rows of `SHAPES` are tried in order, the first
that fits wins; what fits none is looked up in `WORDS`. Both ignore case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

Kind = Literal[
    "organization",
    "family",
    "version",
    "size",
    "size-million",
    "size-trillion",
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

SIZES: tuple[Kind, ...] = ("size", "size-million", "size-trillion")
"""How many parameters there are: each letter is a kind, since an entry explains one."""

SEPARATORS = "-_./:"
"""What stands between the pieces of a name; the colon is Ollama's (`qwen3:8b`)."""

_END = r"(?=[-_./:]|\Z)"
# GLM-4.5V and qwen2.5vl write the vision mark against the version.
_VERSION_END = r"(?=(?:VL?)?(?:[-_./:]|\Z))"


class Shape(NamedTuple):
    """One row of the grammar.

    `wording` is a regular expression for a piece of a name up to a separator; case does not
    matter. `example` is a text that the row matches, `reason` says where the form comes from.
    `after` are kinds of which one must have come before in the name, or empty.
    """

    kind: Kind
    wording: str
    example: str
    reason: str
    after: tuple[Kind, ...] = ()

    @property
    def pattern(self) -> re.Pattern[str]:
        """The wording and the end of the piece, compiled when the first piece that is no plain
        word is read: half of the questions have none."""
        return _compiled(self.wording, _VERSION_END if self.kind == "version" else _END)


@cache
def _compiled(wording: str, end: str) -> re.Pattern[str]:
    return re.compile(f"(?:{wording}){end}", re.IGNORECASE)


SHAPES: tuple[Shape, ...] = (
    Shape("shard", r"\d{5}-of-\d{5}", "00001-of-00003", "a weight file split by Transformers"),
    Shape("k-quant", r"Q[2-8][_-]K(?:[_-](?:S|M|L|XL))?", "Q4_K_M", "llama.cpp file types"),
    Shape("iq-quant", r"IQ[1-4][_-](?:XXS|XS|S|M|NL)", "IQ4_XS", "llama.cpp file types"),
    Shape("legacy-quant", r"Q[458]_[01](?:_[48]_[48])?", "Q4_0", "llama.cpp's first formats"),
    Shape("weight-activation", r"W\d{1,2}A\d{1,2}", "W4A16", "vLLM, LLM Compressor"),
    Shape("bpw", r"\d{1,2}(?:[._]\d{1,3})?bpw", "4.65bpw", "ExLlama: bits per weight"),
    Shape("experts", r"\d{1,3}x\d{1,3}(?:\.\d{1,2})?[BM]", "8x7B", "Mixtral"),
    Shape("active-size", r"A\d{1,3}(?:\.\d{1,2})?B", "A3B", "Qwen3 MoE: active parameters"),
    Shape("effective-size", r"E\d{1,3}(?:\.\d{1,2})?B", "E4B", "Gemma 3n"),
    Shape("expert-count", r"\d{1,3}E", "16E", "Llama 4: 17B-16E"),
    Shape("bits", r"b\d\.\d{1,2}", "b1.58", "BitNet"),
    Shape("bits", r"q\df(?:16|32)(?:_\d)?", "q4f16_1", "MLC LLM: bits of weights, then the float"),
    Shape("bits", r"\db(?=[-_]\d{1,4}g)", "4b-128g", "GPTQ-4b-128g: 4b is no size here"),
    Shape("bits", r"\d{1,2}(?:\.\d{1,2})?[-_]?bits?", "4-bit", "bitsandbytes, MLX"),
    Shape("bits", r"u?int[248]|i[48]|Q[2-8]", "int4", "integer types; a bare Q4 says no more"),
    Shape("context", r"\d{1,3}M", "1M", "Qwen2.5-7B-Instruct-1M: the size is said", SIZES),
    Shape("size", r"\d{1,4}(?:\.\d{1,3})?B", "7B", "parameters: billions"),
    Shape("size-million", r"\d{1,4}(?:\.\d{1,3})?M", "135M", "SmolLM2-135M"),
    Shape("size-trillion", r"\d{1,4}(?:\.\d{1,3})?T", "1T", "Ling-1T; TinyLlama: tokens"),
    Shape("size", r"\d{1,2}B\d|(?<=-)\d_\d{1,2}B", "7b1", "bloom-7b1, stablelm-2-1_6b"),
    Shape("context", r"\d{1,4}k", "128k", "Phi-3, Yi: context in thousands of tokens"),
    Shape("group-size", r"(?:1|16|32|64|128|256|512|1024)g|g(?:32|64|128)", "128g", "GPTQ"),
    Shape("precision", r"(?:MX|NV)FP\d|B?F(?:P)?(?:16|32)|TF32", "BF16", "IEEE 754, OCP MX"),
    Shape("precision", r"FP8[-_]dynamic|FP[468]|E\dM\d", "FP8", "E4M3 is a float, not a size"),
    Shape("date", r"20\d\d-[01]\d(?:-[0-3]\d)?|[01]\d-20\d\d", "2024-07-18", "OpenAI, Cohere"),
    Shape("date", r"20\d\d(?:0[1-9]|1[0-2])[0-3]\d", "20250514", "Anthropic"),
    Shape("date", r"2\d(?:0[1-9]|1[0-2])", "2407", "Mistral: year and month"),
    Shape("date", r"(?:0[1-9]|1[0-2])[0-3]\d", "0528", "DeepSeek: month and day"),
    Shape("version", r"v\d{1,4}(?:[._]\d{1,3}){0,3}", "v0.2", "Mistral"),
    Shape("version", r"[RKM]\d(?:\.\d)?", "R1", "DeepSeek-R1, Kimi-K2: a series", ("family",)),
    Shape("version", r"(?<=-)\d_\d{1,2}", "1_5", "phi-1_5, Llama-3_1-Nemotron", ("family",)),
    Shape("version", r"\d{1,2}(?:\.\d{1,2}){0,3}n?", "3.1", "Llama-3.1, gemma-3n", ("family",)),
    Shape("format", r"(?<=\.)(?:bin|mlpackage|mlmodel)", "model.bin", "a file's extension"),
    Shape("tuning-method", r"full[-_]ft", "full-ft", "all weights fine-tuned"),
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
    "variant-thinking": "think thinker thinking reasoning reasoner",
    "variant-distill": "distill distilled",
    "scale": "nano micro mini small tiny lite medium pro turbo large max ultra",
    "tuning-instruct": "instruct inst it chat",
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
