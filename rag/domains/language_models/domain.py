"""Large language models as a domain: what the engine learns of them, in one value.

names that are taken apart   model_names.py, with the words and shapes of vocabulary.py
aspects, wordings, units     here
"""

from __future__ import annotations

from entrywise.rag.domains.base import Aspect, Domain, Unit
from entrywise.rag.domains.language_models.model_names import ModelNames

_MECHANISM = Aspect(
    "mechanism",
    "How it works",
    r"\b(by \w+ing|via|using|uses|comput\w+|compress\w*|project\w*|split\w*|group\w*|maps?|"
    r"instead of|each|first|then|steps?|appl(y|ies)|train\w*|learn\w*|replac\w+|stor(e[sd]?|ing)|"
    r"combin\w+|represent\w*|updat\w+|generat\w+|select\w*|add(s|ing)?)\b",
)
_COST = Aspect(
    "cost",
    "Memory and cost",
    r"\b(memory|vram|caches?|[gmkt]b|bytes?|bits?|bandwidth|cost\w*|compute|flops|fast\w*|speed\w*|"
    r"slow\w*|throughput|latency|overhead|cheap\w*|expensive|storage|smaller|larger)\b|\d\s*[x×]",
)
_QUALITY = Aspect(
    "quality",
    "Quality",
    r"\b(quality|accura\w+|perplexity|performance|better|worse|best|degrad\w+|lossless|outperform\w*"
    r"|competitive|match(es|ing) (the |full)|state.of.the.art|precis\w+|robust\w*|expressive\w*)\b",
)

_BITS_PER_WEIGHT = {"bpw": Unit("byte", 0.125)}
_FLOPS = {
    **{word: Unit("flop", 1e9) for word in ("gigaflop", "gigaflops", "gflop", "gflops")},
    **{word: Unit("flop", 1e12) for word in ("teraflop", "teraflops", "tflop", "tflops")},
    **{word: Unit("flop", 1e15) for word in ("petaflop", "petaflops", "pflop", "pflops")},
}
_COUNTED = {
    word: Unit(one)
    for one in ("token", "layer", "head", "expert", "gpu")
    for word in (one, f"{one}s")
}

DOMAIN = Domain(
    name="language_models",
    decoder=ModelNames(),
    named="a model",
    aspects=(_MECHANISM, _COST, _QUALITY),
    wordings={
        "decode": (
            r"models?|files?|repos?|repository|checkpoints?|branch|tags?|weights|builds?|quants?|"
            r"(?:download|pull|install|grab)(?:ed|ing)?|famil(?:y|ies)"
        ),
        "numeric": (
            r"\bv?ram\b.{0,200}\b(?:need|requir|use|take|fit)|"
            r"\b(?:need|requir)\w*\b.{0,200}\bv?ram\b|\b(?:bits|bytes|tokens) ?(?:per|/)"
        ),
    },
    remedies=r"ground\w*|penali[sz]\w*|discourag\w*",
    units=_BITS_PER_WEIGHT | _FLOPS | _COUNTED,
)
