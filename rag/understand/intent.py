"""Intents: the kind of answer that a question asks for, told by its wording.

The rows are in order: the first that fits is the most specific. `question.py` decides, since
"X or Y" compares only when both are names. `compose` has one shape of answer for each intent, and
more for the details that `detail.py` tells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from entrywise.data.languages import DEFAULT
from entrywise.data.words import VERSUS, plain_words, word_count
from entrywise.rag.answer import Intent
from entrywise.rag.domains.base import Domain
from entrywise.rag.understand.detail import keywords
from entrywise.rag.understand.wording import ALIAS, AS_AS, COMPARE, DIFFER, INSTEAD, ONE_WORD, SAME

# What has a number, what stands behind it, and what it is measured in. In the plural it is rather
# a list that is asked for ("what scores are there").
_MEASURE = (
    r"size|range|ratio|rate|length|score|count|factor|share|percentage|fraction|value|number|"
    r"amount|dimensions?|dim|speed-?up|throughput|latency|overhead"
)
_OF = r"(?:of|for|in|on|per|with|at)"
_VERB = r"(?:is|are|was|do|does|did|has|have|should|can|could|would|must|to|for|in)"
_UNIT = r"(?:[kmgt]i?b|bytes|bits|ms|milliseconds|percent|euros?|dollars?)"

# Between two words that belong together there are at most 200 characters, so that hostile text
# costs no more than its length.
_TABLE: tuple[tuple[Intent, str], ...] = (
    (
        # Whoever describes a thing and asks for its name may use any other wording on the way.
        "definition",
        r"\b(?:what|whats|what's|what’s)(?: is| are)? (?:it|this|that|these|they) called\b|"
        r"\bwhat do (?:you|people|we|they) call\b|"
        rf"\b(?:name|word|term) (?:of|for) (?:the|it|this|that|a|an)\b|{ONE_WORD}",
    ),
    (
        "comparison",
        rf"(?<!\w)(?:{VERSUS}|{INSTEAD}|{SAME}(?: thing)?(?: as\b|(?=\W*$))|{ALIAS}|{AS_AS}|"
        rf"{COMPARE}|"
        rf"{DIFFER}|or(?! not\b)|oder|"
        r"distin(?:ctions?|guish\w*)|trade-?offs?)(?!\w)|"
        r"\b(?:more|less|worse|\w+er)(?: \w+){0,2} than\b(?! \d)|\bwhich (?:one )?of\b(?! th)|"
        r"\b(?:prefer|choose|pick|use|advantages?|benefits?)\b.{0,200}\bover\b",
    ),
    # "Why does it need so many bits per weight" asks for no number.
    ("why", r"^\W*(?:(?:so|and|but|ok|hi|hey|hello)\W+)*(?:why|how come)\b"),
    (
        "numeric",
        r"\bhow (?:much|many|big|large|long|fast|small|high|low)\b|\bwhat size\b|\bformulas?\b|"
        r"\bequations?\b|\bthe maths? (?:behind|of|for)\b|\bcalculat\w*|\bnumber of\b|"
        # "What is latency" asks what it is.
        rf"\bwhat(?:'s|’s|s| is| are) the (?:[\w-]+ ){{0,2}}(?:{_MEASURE}) {_OF}\b|"
        rf"\bwhat (?!is |are |was |were )(?:[\w-]+ ){{0,2}}(?:{_MEASURE}) {_VERB}\b|"
        # "Size of the cache", "token count for a 3B model".
        rf"^\W*(?:[\w-]+ ){{0,3}}(?:{_MEASURE}) {_OF}\b|"
        rf"\bin {_UNIT}\b|"
        r"\b(?:minimum|maximum|typical|default|recommended|optimal) (?:value|size|number|amount)\b",
    ),
    (
        "why",
        r"\bwhat problems?\b.{0,200}\b(?:solv|address|fix)\w*|"
        r"\bwhy\b|\bwhat causes?\b|\breasons? (?:for|why|behind|that)\b|\bhow come\b|"
        r"\b(?:points?|purpose|motivation|rationale|benefits?|advantages?) (?:of|in|behind|for)\b",
    ),
    (
        "list",
        r"\b(?:types|kinds|sorts|variants|categories|examples|alternatives|list) (?:of|to)\b|"
        r"\b(?:alternatives|variants|types|kinds|sorts)\W*$|"
        # A plural and a verb in the plural: "which tools support", never "which works with".
        r"\b(?:which|what)(?: [\w-]+){0,3}? [\w-]+s (?:are there|are available|exist|do|can|"
        r"support|work|use|have|offer|run|need|reduce|improve|help)\b|"
        r"\bwhich(?: [\w-]+){0,3}? [\w-]+s are\b|"
        r"\bwhat(?:'s| are| were)? (?:the |some )?(?:different|various|common|main|popular|"
        r"available|typical|alternatives?)\b|\bwhat (?:other|else)\b|"
        r"(?:^|\b(?:you|please) )(?:name|list) (?:all|some|the|a few|me|two|three|\d+)\b|"
        # "list quantization formats", never "list comprehension".
        r"^(?:list|name|enumerate)(?: [\w-]+){0,3} [\w-]+s\W*$|"
        r"\bdifferent (?:types|kinds|ways)\b",
    ),
    (
        "when",
        r"\bwhen (?:to|should|do|does|would|is|are|can)\b|\buse cases?\b|\bmakes? sense\b|"
        r"(?:^|[,.;:?] |\b(?:or|and|so|but) )should (?:i|we|you)\b|\bworth (?:it|using|the)\b",
    ),
    (
        "how",
        r"\bhow (?:do|does|did|to|can|could|would|should|is|are)\b|\bhow\W*$|"
        r"\bhow\b.{0,200}\bworks?\b|"
        r"\bexplain how\b|\bsteps\b|\bmechanism\b|\bunder the hood\b|\bwalk me through\b|"
        r"\bways? to\b|\bwhat happens (?:if|when)\b",
    ),
    (
        "definition",
        r"\bwhat(?:'s|’s|s| is| are| was| were)\b|"
        r"\bwhat do(?:es)?\b.{0,200}\b(?:mean|stand|do|call)\b|"
        r"\bdefin(?:e|es|ed|ition)\b|\bmeaning\b|\bexplain\b|\bdescribe\b|\btell me about\b|"
        r"\bwho(?:'s|’s| is| are| made)\b",
    ),
)
_TABLE_IN: Mapping[str, tuple[tuple[Intent, str], ...]] = {
    "de": (
        (
            "definition",
            r"^\W*(?:was|wer) (?:ist|sind|war|waren|bedeute[nt]|bedeutet|heißt)\b|"
            r"\bversteht man\b|\bdefin(?:iere?|ition)\b|\bbedeutung\b|\berkläre?\b",
        ),
    ),
}
"""{language: rows that its questions are tried on after those above}."""
_PATTERNS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _TABLE
)

_NOTHING = r"(?!)"
_BARE_WORDS = 6
# "does LoRA work with AWQ", "is it possible to merge two": asks for a yes or no, defines nothing.
_YES_OR_NO = re.compile(
    r"\s*(?:is|are|was|were|does|do|did|can|could|will|would|has|have|may|am)\b", re.IGNORECASE
)


def worded_intents(text: str, domain: Domain, language: str = DEFAULT) -> tuple[Intent, ...]:
    """The intents whose wording a text has, the most specific first; a bare term is a definition.

    Args:
        language: that of the knowledge base, without its region.
    """
    matching: dict[Intent, None] = dict.fromkeys(
        intent
        for intent, pattern in _PATTERNS
        if pattern.search(text) or re.search(domain.wordings.get(intent, _NOTHING), text, re.I)
    )
    for intent, wording in _TABLE_IN.get(language, ()):
        if re.search(wording, text, re.IGNORECASE):
            matching[intent] = None
    is_bare = word_count(text) <= _BARE_WORDS and not _YES_OR_NO.match(text)
    if is_bare and language != DEFAULT:
        # "Wann kommt das Gehalt?" is no term.
        is_bare = sum(1 for _ in keywords(text, None, language)) == len(plain_words(text))
    return tuple(matching) or ("definition" if is_bare else "other",)
