"""What kind of answer a question asks for, read off its wording.

The rows are in order: the first that fits is the most telling. `question.parse` decides, since
"X or Y" compares only when both are names. `compose` has one shape of answer for each intent.
"""

from __future__ import annotations

import re

from entrywise.rag.answer import Intent

_TABLE: tuple[tuple[Intent, str], ...] = (
    (
        "comparison",
        r"\b(differen(ce|ces|t|tiates?)|differs?|vs|versus|compar(e|es|ed|ing|ison)|as opposed to|"
        r"instead of|rather than|better than|worse than|faster than|over|or)\b|\bv/s\b|tradeoffs?",
    ),
    (
        "numeric",
        r"\bhow (much|many|big|large|long|fast|small)\b|\bwhat size\b|\bformula\b|\bcalculat\w*|"
        r"\bv?ram\b.*\b(need|requir|use|take|fit)|\b(need|requir)\w*\b.*\bv?ram\b|\bnumber of\b|"
        r"\b(minimum|maximum|typical|default|recommended|optimal) (value|size|number|amount)\b|"
        r"\bwhat (value|number|percentage|fraction|dimension)\b|\bdimensions?\b.*\bof\b",
    ),
    ("why", r"\bwhy\b|\bwhat causes?\b|\breasons? (for|why|behind|that)\b|\bhow come\b"),
    (
        "list",
        r"\b(types|kinds|variants|categories|examples|alternatives|list) (of|to)\b|"
        r"\bwhich \w+( \w+)? (are|exist)\b|"
        r"\bwhat(?:'s| are| were)? (the |some )?(different|various|common|main|popular|available|"
        r"typical|alternatives?)\b|\b(name|list) (all|some|the)\b|\bdifferent (types|kinds|ways)\b",
    ),
    ("when", r"\bwhen (to|should|do|would|is)\b|\bshould (i|we|you)\b|\buse cases?\b"),
    (
        "how",
        r"\bhow (do|does|did|to|can|could|would|should|is|are)\b|\bexplain how\b|\bsteps\b|"
        r"\bmechanism\b|\bworks?\b",
    ),
    (
        "definition",
        r"\bwhat(?:'s|s| is| are| was| were)\b|\bwhat do(es)?\b.*\b(mean|stand|do)\b|\bdefin\w+|"
        r"\bmeaning\b|\bexplain\b|\bdescribe\b|\btell me about\b|\bwho (is|are|made)\b",
    ),
)
_PATTERNS: tuple[tuple[Intent, re.Pattern[str]], ...] = tuple(
    (intent, re.compile(pattern, re.IGNORECASE)) for intent, pattern in _TABLE
)

_BARE_WORDS = 6


def wordings(text: str) -> tuple[Intent, ...]:
    """The intents whose wording a text has, the most telling first; a bare term is a definition."""
    found: tuple[Intent, ...] = tuple(
        intent for intent, pattern in _PATTERNS if pattern.search(text)
    )
    bare: Intent = "definition" if len(text.split()) <= _BARE_WORDS else "other"
    return found or (bare,)
