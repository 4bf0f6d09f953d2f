"""Whether a run of characters is a model name: what speaks for it, in points.

`7B` and `GPT-4` are prose, `Qwen3-8B` is a name: a family and a size, say, are four points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import get_args

from entrywise.rag.domains.base import CompoundName, NamePart
from entrywise.rag.domains.language_models.vocabulary import FAMILIES, SIZES, Kind

_NEEDED = 4
"""The points from which a token is a name: a family (1 or 2) and a size (3), and the like."""

_POINTS: Mapping[str, int] = {
    # Unmistakable alone: nothing in prose looks like these.
    "k-quant": 4,
    "iq-quant": 4,
    "legacy-quant": 4,
    "experts": 4,
    "active-size": 4,
    "effective-size": 4,
    "weight-activation": 4,
    "bpw": 4,
    # Needs a family beside it: `7B` and `sub-7B` are prose.
    **dict.fromkeys(SIZES, 3),
    "shard": 3,
    # Needs a known family, or a family and a version or an organization: `non-GGUF` is prose.
    "expert-count": 2,
    "quant-method": 2,
    "group-size": 2,
    "format": 2,
    # Tips the scale: `GPT-4` and `Llama-3` are prose, `Llama-3-Instruct` is not.
    "organization": 1,
    "version": 1,
    "tuning-instruct": 1,
    "precision": 1,
    "bits": 1,
    "dynamic-quant": 1,
    "imatrix": 1,
    # `Kimi-K2-Thinking`, `nomic-ai/nomic-embed-text-v1.5`; `v2-code` has no family.
    **dict.fromkeys((kind for kind in get_args(Kind) if kind.startswith("variant-")), 1),
    "scale": 1,
    "date": 1,
}
_BESIDE_AN_ACCOUNT = frozenset({"scale", "date"})
"""Count beside an organization alone: `GPT-3.5-turbo` and `o3-mini-2025-01-31` are prose."""

_BEFORE_A_SIZE = """
    a all an and any both by chapter for from figure fine full in is large mid multi near no non
    of on or over params part per post pre section single size step sub super than the to top
    under up versus via vs with
"""
NO_FAMILY = frozenset(_BEFORE_A_SIZE.split())
"""Words that stand before a size or a format in prose: `sub-7B`, `non-GGUF`."""


def is_name(name: CompoundName) -> bool:
    """Whether enough speaks for a name."""
    return _points(name) >= _NEEDED


def _points(name: CompoundName) -> int:
    """How much speaks for a name; each kind counts once, so that `7B-70B` is a range, and all
    sizes are of one kind here: `700M-7B`."""
    best: dict[str, int] = {}
    for part in name.parts:
        kind = "size" if part.kind in SIZES else part.kind
        best[kind] = max(_points_of(part, name), best.get(kind, 0))
    if "family" not in best:  # chapter12/3b, total/70B
        best.pop("organization", None)
    if "organization" not in best:
        best = {kind: points for kind, points in best.items() if kind not in _BESIDE_AN_ACCOUNT}
    return sum(best.values())


def _points_of(part: NamePart, name: CompoundName) -> int:
    if part.kind == "family":
        words = set(re.split(r"[-_]", part.text.lower()))
        return 2 if words & FAMILIES else int(words.isdisjoint(NO_FAMILY))
    if part.kind == "precision" and part.text.lower() in {"mxfp4", "nvfp4"}:
        return _NEEDED
    extension = part.kind == "format" and name.text[: part.start - name.start].endswith(".")
    return _POINTS.get(part.kind, 0) + extension
