"""What the parts of a model name say in words, where their letters alone tell it.

    Q4_K_M   4 bits, K-quant, medium          A3B    3B active of 30B
    8x7B     8 experts of 7B                  128k   131,072 tokens

Computed from the name, so what the letters leave open is left out: `1124` may be a day or a month
and a year, the `17B` of a name with a number of experts is no total, `200K` is what its maker
calls so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from entrywise.rag.domains.base import NamePart

_Value = Callable[[str], str]

_GRADES = {
    "XXS": "extra extra small",
    "XS": "extra small",
    "S": "small",
    "M": "medium",
    "L": "large",
    "XL": "extra large",
    "NL": "non-linear",
}
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_PRECISIONS = {
    "FP4": "4-bit floating point",
    "FP6": "6-bit floating point",
    "FP8": "8-bit floating point",
    "MXFP4": "4-bit floating point in blocks with a shared scale",
    "MXFP6": "6-bit floating point in blocks with a shared scale",
    "MXFP8": "8-bit floating point in blocks with a shared scale",
    "NVFP4": "4-bit floating point in blocks with a shared scale",
    "F16": "16-bit floating point",
    "FP16": "16-bit floating point",
    "BF16": "16-bit brain floating point",
    "BFP16": "16-bit brain floating point",
    "F32": "32-bit floating point",
    "FP32": "32-bit floating point",
}


def valued(parts: Sequence[NamePart]) -> tuple[NamePart, ...]:
    """The parts of one name, each with what it says in words, or nothing."""
    kinds = [part.kind for part in parts]
    size = next((part.text for part in parts if part.kind == "size"), None)
    valued_parts = []
    for place, part in enumerate(parts):
        value = _VALUES[part.kind](part.text) if part.kind in _VALUES else ""
        if part.kind == "active-size" and size:
            value = f"{value} of {size.upper()}"
        # Llama 4 counts there what is active, others all: the letters do not tell.
        if part.kind == "size" and "expert-count" in kinds:
            value = ""
        # The second size of "TinyLlama-1.1B-…-3T" counts tokens.
        if part.kind == "size-trillion" and size and place > kinds.index("size"):
            value = ""
        valued_parts.append(part._replace(value=value))
    return tuple(valued_parts)


def _bits(number: str) -> str:
    return "1 bit" if number == "1" else f"{number} bits"


def _size(text: str) -> str:
    """
    >>> _size("1_6b"), _size("7b1"), _size("8B")
    ('1.6 billion parameters', '7.1 billion parameters', '8 billion parameters')
    """
    whole, tenths = re.split("[bB]", text)
    number = f"{whole}.{tenths}" if tenths else whole.replace("_", ".")
    return f"{number} billion parameters"


def _experts(text: str) -> str:
    count, size = re.split("[xX]", text)
    return f"{count} experts of {size.upper()}"


def _context(text: str) -> str:
    """
    >>> _context("128k"), _context("200K"), _context("1M")
    ('131,072 tokens', '', 'about 1 million tokens')
    """
    number = int(text[:-1])
    if text[-1] in "mM":
        return f"about {number} million tokens"
    # A power of two is one of 1,024 tokens each; how others are counted differs.
    return f"{number * 1024:,} tokens" if number & (number - 1) == 0 else ""


def _llama_quant(family: str) -> _Value:
    def value(text: str) -> str:
        bits, *rest = re.findall(r"[A-Z]+|\d+", re.sub(r"^I?Q", "", text.upper()))
        grade = _GRADES.get(rest[-1], "") if rest else ""
        return ", ".join(filter(None, (_bits(bits), family, grade)))

    return value


def _weights_and_activations(text: str) -> str:
    weights, activations = re.findall(r"\d+", text)
    return f"{weights}-bit weights, {activations}-bit activations"


def _bit_width(text: str) -> str:
    number = re.findall(r"\d+(?:\.\d+)?", text)[0]
    return f"{number}-bit integers" if re.match("u?i", text, re.IGNORECASE) else _bits(number)


def _bits_per_weight(text: str) -> str:
    return f"{text[:-3].replace('_', '.')} bits per weight"


def _group(text: str) -> str:
    """`--1g` is written of no groups at all."""
    number = text.strip("gG")
    return "" if number == "1" else f"groups of {number} weights"


def _precision(text: str) -> str:
    name, *dynamic = re.split("[-_]", text.upper())
    told = _PRECISIONS.get(name, "")
    return f"{told}, dynamic" if told and dynamic else told


def _date(text: str) -> str:
    """
    >>> _date("2024-07-18"), _date("20250514"), _date("2407"), _date("08-2024"), _date("1124")
    ('18 July 2024', '14 May 2025', 'July 2024', 'August 2024', '')
    """
    forms = (
        r"(?P<y>20\d\d)-?(?P<m>[01]\d)-?(?P<d>[0-3]\d)",
        r"(?P<y>20\d\d)-(?P<m>[01]\d)",
        r"(?P<m>[01]\d)-(?P<y>20\d\d)",
        r"(?P<y>2[1-9])(?P<m>[01]\d)",
    )
    found = next((match for form in forms if (match := re.fullmatch(form, text))), None)
    if not found or not 1 <= int(found["m"]) <= len(_MONTHS):
        return ""
    day = found.groupdict().get("d")
    year = found["y"] if len(found["y"]) > 2 else f"20{found['y']}"
    said = f"{_MONTHS[int(found['m']) - 1]} {year}"
    return f"{int(day)} {said}" if day else said


def _shard(text: str) -> str:
    number, _, count = text.split("-")
    return f"file {int(number)} of {int(count)}"


_VALUES: Mapping[str, _Value] = {
    "size": _size,
    "size-million": lambda text: f"{text[:-1]} million parameters",
    "size-trillion": lambda text: f"{text[:-1]} trillion parameters",
    "experts": _experts,
    "active-size": lambda text: f"{text[1:].upper()} active",
    "effective-size": lambda text: f"{text[1:].upper()} effective",
    "expert-count": lambda text: f"{text[:-1]} experts",
    "context": _context,
    "k-quant": _llama_quant("K-quant"),
    "iq-quant": _llama_quant("IQ-quant"),
    "legacy-quant": _llama_quant(""),
    "weight-activation": _weights_and_activations,
    "bits": _bit_width,
    "bpw": _bits_per_weight,
    "group-size": _group,
    "precision": _precision,
    "date": _date,
    "shard": _shard,
}
