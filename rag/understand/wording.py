"""What sets one thing against another, and what opens questions, in English and German: one table,
of which every module makes its patterns.

    VERSUS       between two things alone: "vs", "v/s", "versus" (spelt in `data/words.py`, as names
                 are split there, too)
    INSTEAD      between two things, of which one is taken: "rather than"
    SAME, ALIAS  of two things that may be one: "the same", "another name for"
    AS_AS        between two things, of which one may be as much of something: "as good as"
    COMPARE      verbs and nouns that take two things: "compare … with …", "contrast … and …"
    DIFFER       verbs, nouns and adjectives that take two things: "different from"
    JOINTS       whatever says, between two names, that these are compared: all these, "or", "than"
    PAIR         what may stand there, or before them, too

    WHAT         opens a question for what a thing is or does
    WHAT_CHANGED opens one for what has changed, or when: "when was … added", "what is new"

"And" and "with" are in none: they join far more than they compare. Each is a regular expression
without groups of its own, for `compiled`, or to be a part of another one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrywise.data.words import VERSUS

INSTEAD = "instead of|rather than|(?:as )?opposed to"
SAME = "the same"
ALIAS = "another (?:word|name|term) for"
AS_AS = r"as (?!(?:well|soon|long|far|such)\b)\w+(?: \w+)? as|(?:eben|genau)?so \w+ wie"
COMPARE = (
    "compar(?:e|es|ed|ing|isons?|able)|contrast(?:s|ed|ing|)|"
    "vergleich(?:e|en|t|s|bar|bare)?|verglichen|im vergleich"
)
DIFFER = (
    "diff|differ(?:s|ed|ing|ent|ently|ences?|entiates?|)|"
    "unterschied(?:e|en|s|lich|liche)?|unterscheide[nt]?|unterscheidet"
)
JOINTS = (
    rf"{VERSUS}|{INSTEAD}|{SAME}(?: thing)? as|{ALIAS}|{AS_AS}|against|or|oder|than|over|"
    rf"gegenüber|(?:{COMPARE}) (?:to|with|against|mit)|(?:{DIFFER})(?: \w+)? (?:from|to|than)"
)
PAIR = rf"{JOINTS}|and|und|between|zwischen|from|to|with|von|zu|mit"
"""What stands between two things that are compared, or before them."""
COMPARING = f"{VERSUS}|{COMPARE}|{DIFFER}"
"""Words that compare, whatever stands beside them."""

ONE_WORD = r"^\W*what(?:['’]?s| is) an? [\w-]+\W*$"
"""A question for one word, which asks for no detail of another: "what is a formula?"."""

WHAT = r"\W*(?:what|was)"
# "What is a mooring, and how do I book one?"
WHAT_AND = (
    r"(?P<what>\W*(?:what(?:['’]s| is| are)|was (?:ist|sind))\s.{1,100}?)[\s,;]+(?:and|und)\s+"
    r"(?:how|why|when|where|who|wie|warum|wann|wo|wer)\s.*"
)
"""What asks for a definition, and for something else."""
_CHANGED = (
    r"add(?:ed)?|introduced?|removed?|drop(?:ped)?|deprecated?|fix(?:ed)?|changed?|renamed?|"
    r"released?|hinzugefügt|eingeführt|entfernt|abgeschafft|behoben|geändert|umbenannt|"
    r"veröffentlicht|dazugekommen"
)
_WHEN = (
    r"(?:since )?when (?:was|were|did)|(?:(?:since|in|from) )?(?:what|which) "
    r"(?:version|release)|ha(?:s|ve)|wann wurden?|"
    r"(?:(?:seit|in|ab|mit) )?welche[rs]? (?:version|release)|wurden?"
)
WHAT_CHANGED = (
    rf"\W*(?:(?:{_WHEN})\b.{{0,200}}\b(?:{_CHANGED})|what(?:['’]s| is| has| are)? "
    r"(?:new|changed|the changes)|was (?:ist neu|hat sich geändert)|change ?logs?|release notes)"
)

LONG_WORDS = (
    "difference", "differences", "different", "compare", "compared", "comparison", "versus",
    "between", "explain", "explanation", "definition", "advantage", "advantages", "disadvantages",
    "drawback", "drawbacks", "limitation", "limitations", "alternative", "alternatives", "example",
    "examples", "instead",
)  # fmt: skip
"""Words that tell what is asked, long enough that a slip does not make another one."""

# Not "When: at noon".
ASKS = r"(?:how|wh(?:at|y|ich|en|ere|om?)|wie|was|warum|weshalb|wann|wo|wer|welche[rsn]?)\s[^:–—]*"
"""What begins as a question, or as what is told of it ("How to row")."""
INTERROGATIVES = ("what", "how", "why", "which", "when", "where", "who")
"""English words that open questions, the most usual first."""
AUXILIARIES = "is|are|was|were|do|does|did|has|have|had|can|could|should|would|will|must|may|might"
"""English verbs that stand right behind these."""


@cache
def compiled(wording: str) -> re.Pattern[str]:
    """A pattern for some of these, in any case, where no letter stands beside them; compiled when
    it is first needed."""
    return re.compile(rf"(?<!\w)(?:{wording})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=64)
def sets_apart(text: str) -> bool:
    """Whether a word of `COMPARING` in a text sets two things apart: where `PAIR` joins such, or no
    question is asked ("difference oars sails"), but not in "how do I compare files"."""
    is_question = compiled(rf"{ASKS}|(?:{AUXILIARIES})\s.*").match(text)
    return not is_question or not {*",&/"}.isdisjoint(text) or bool(compiled(PAIR).search(text))
