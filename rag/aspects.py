"""Aspects: what a sentence tells about its subject, read off its wording.

One table serves the choice of sentences (a question for numbers wants sentences with numbers) and
the rows of a comparison. A sentence may have several aspects or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from entrywise.rag.answer import Intent


@dataclass(frozen=True, slots=True)
class Aspect:
    """A named aspect, its heading in a table, and the wording that gives it away."""

    id: str
    heading: str
    pattern: re.Pattern[str]

    def words(self, text: str) -> set[str]:
        """The different words of a text that give the aspect away, in lower case."""
        return {match.group().lower() for match in self.pattern.finditer(text)}


def _aspect(id: str, heading: str, pattern: str) -> Aspect:
    return Aspect(id, heading, re.compile(pattern, re.IGNORECASE))


MECHANISM = _aspect(
    "mechanism",
    "How it works",
    r"\b(by \w+ing|via|using|uses|comput\w+|compress\w*|project\w*|split\w*|group\w*|maps?|"
    r"instead of|each|first|then|steps?|appl(y|ies)|train\w*|learn\w*|replac\w+|stor(e[sd]?|ing)|"
    r"combin\w+|represent\w*|updat\w+|generat\w+|select\w*|add(s|ing)?)\b",
)
COST = _aspect(
    "cost",
    "Memory and cost",
    r"\b(memory|vram|caches?|[gmkt]b|bytes?|bits?|bandwidth|cost\w*|compute|flops|fast\w*|speed\w*|"
    r"slow\w*|throughput|latency|overhead|cheap\w*|expensive|storage|smaller|larger)\b|\d\s*[x×]",
)
QUALITY = _aspect(
    "quality",
    "Quality",
    r"\b(quality|accura\w+|perplexity|performance|better|worse|best|degrad\w+|lossless|outperform\w*"
    r"|competitive|match(es|ing)?|state.of.the.art|precis\w+|robust\w*|expressive\w*)\b",
)
USE = _aspect(
    "use",
    "Where it is used",
    r"\b(used (in|by|for|as|to)|adopted|powers?|default|standard|popular|common\w*|widely|such as|"
    r"including|supports?|designed for|suited|ideal|for example)\b",
)
FORMULA = _aspect(
    "formula", "Formula", r"\$[^$]*(=|\\approx|\\propto)[^$]*\$|\w\s*=\s*\w+.*[*/·×^]"
)
NUMBERS = _aspect("numbers", "Numbers", r"\d")
REASON = _aspect(
    "reason",
    "Why",
    r"\b(because|since|due to|so that|therefore|reduc\w+|enabl\w+|allow\w*|prevent\w*|avoid\w*|"
    r"without|benefit\w*|advantage\w*|problem\w*|need\w*|caus\w+|lead(s|ing)? to|means|improv\w+|"
    r"mak(es|ing)|preserv\w+|bottleneck)\b",
)
OCCASION = _aspect(
    "occasion",
    "When to use it",
    r"\b(when|best (for|when)|use(d|ful)? (it|for|when)|suited|ideal|if|recommend\w*|choose|"
    r"prefer\w*|typical\w*|practical\w*|trade-?offs?|but|however|although|while|at the cost|"
    r"limit\w*|requires?)\b",
)

# The rows of a comparison, below what each side is.
COMPARED = (MECHANISM, COST, QUALITY, USE, FORMULA)

WANTED: dict[Intent, tuple[Aspect, ...]] = {
    "definition": (),
    "comparison": COMPARED,
    "decode": (),
    "how": (MECHANISM,),
    "why": (REASON,),
    "when": (OCCASION, USE),
    "numeric": (NUMBERS, FORMULA),
    "list": (),
    "other": (),
}
