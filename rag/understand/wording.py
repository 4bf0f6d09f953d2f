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

`asked_plainly` takes away greetings, thanks, and what asks in many words: "is it possible to moor".

"And" and "with" are in none: they join far more than they compare. Each is a regular expression
without groups of its own, for `compiled`, or to be a part of another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from entrywise.data.words import STOP_WORDS, VERSUS

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

ASKING = STOP_WORDS.union(
    "what whats them who which how why when where do does did can could should would i you we my "
    "me explain define describe tell about mean means meaning work works between than it its their "
    "has have were any some please give use used using better more most s happen happens happened "
    "know knows want show hello hi hey thanks thank".split()
)
"""Words that ask, and say nothing of what is asked about."""
ASKING_IN: Mapping[str, frozenset[str]] = {
    "de": frozenset(
        "ab als am an auch auf aus bei beim bis da das dem den denn der des die dies diese diesem "
        "diesen dieser dieses du ein eine einem einen einer es für gegen genau gibt habe haben "
        "hat heißt ich im in ist kann können man mein meine meinem meinen meiner mich mir mit "
        "nach noch nur oder ohne passiert pro seit sich sie sind so soll über um und uns vom von "
        "vor wann war warum was wegen welche welcher welches wem wen wenn wer weshalb wie wieso "
        "wir wird wo wofür worin worum zu zum zur zwischen".split()
    ),
}
"""Those of other languages, beside the English ones."""

FORMS = (
    r"problems?(?=\s+(?:does|do|did|is|it)\b)|(?:solves?|address(?:es)?)(?=\W*$)|"
    r"(?:types?|kinds?|sorts?|variants?|categories|examples?|lists?|ways?)(?=\s+of\b)|"
    r"(?<![\w ])(?:list|name|enumerate)"
    r"(?=\s+(?:all|some|the|a few|me|(?:[\w-]+\s+){0,3}[\w-]+s)\b)"
)
"""What says which form an answer has: "kinds of attention" is about attention, "list the formats"
about formats, "what problem does GQA solve" about GQA."""
PLAINLY = (
    r"eli5|tl;?dr|for dummies|in a nutshell|(?:like|as if) i(?:['’]?m| am| were) (?:5|five)|"
    r"in (?:plain|simple|layman['’]?s?|laymen['’]?s?|everyday) (?:english|terms?|words?|language)|"
    r"in (?:einfachen|wenigen) worten|einfach erklärt|simply(?=\W*$)|"
    r"(?<![\w ])(?:(?:please )?summari[sz]e|teach me|talk to me about)"
)
"""How plainly, or how briefly, something is to be told: "eli5 LoRA", "LoRA in simple terms"."""
SUMMARY = (
    "overview|intro(?:duction)?|explanation|description|summary|understanding|basics|fundamentals|"
    "concepts?|ideas?|notion|principles?|purpose|goal|role|importance|significance|usefulness|"
    "advantages?|benefits?|strengths?|vorteile?|nutzen|"
    "überblick|einführung|erklärung|idee|konzept|sinn|zweck|rolle|bedeutung"
)
"""What asks for a thing as a whole, where this stands behind it: "the idea of LoRA"."""
MATTERS = "explained|important|useful|needed|necessary|good|wichtig|nützlich|nötig|erklärt|gut"
"""What asks for it at the end: "why is LoRA important", "LoRA explained"."""

# Not "When: at noon".
ASKS = r"(?:how|wh(?:at|y|ich|en|ere|om?)|wie|was|warum|weshalb|wann|wo|wer|welche[rsn]?)\s[^:–—]*"
"""What begins as a question, or as what is told of it ("How to row")."""
_GREETING = (
    r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day)|hallo|moin|servus|"
    r"guten (?:morgen|tag|abend))(?: \w{1,20})?\s*[,.!;:–—-]+"
)
"""What a question begins with that is polite."""
_THANKS = (
    r"(?:thanks|thank you|thx|cheers|many thanks|much appreciated|"
    r"any help (?:is|would be) (?:much |greatly )?appreciated|danke(?:schön)?|vielen dank)"
    r"[^?]{0,60}$"
)
"""What it ends with, behind a sign."""
_WAY = (
    "(?:the |an? |any |some )?(?:best |right |correct |proper |easiest |simplest |quickest |"
    "recommended |usual )?(?:way|method|steps?|procedure|process)"
)
_I = "(?:i|you|we|one)"
_KNOWS = (
    "(?:(?:does|do) (?:anyone|anybody|someone|you) know|any (?:ideas?|tips|advice)(?: on)?|"
    "(?:i(?:['’]m| am) )?(?:wondering|not sure|unsure|trying to (?:find out|understand))|"
    "i (?:do not|don['’]?t|can(?:not|['’]?t)) (?:know|see|understand|find(?: out)?|figure out))"
)
_ROUNDABOUT = (
    rf"(?:is it possible|is there {_WAY}|(?:what(?:['’]?s| is| are) )?{_WAY}|"
    rf"what (?:do|must|should|would) {_I} (?:have to |need to )?do(?: in order)?|"
    "(?:which|what) (?:command|option|setting|button|menu|tool|function|method)s? "
    rf"(?:do|should|can|must|would) {_I} (?:use|need|run|choose|select)|"
    "(?:please |can you |could you |can someone |could someone )?"
    "(?:help me|show me|tell me|teach me|explain)(?: to me)?(?: with)?(?: how)?|"
    "(?:i )?(?:need|want|wish|have|would like|am trying|['’]d like|['’]m trying)|"
    rf"{_KNOWS} how) (?:to|{_I} (?:can|could|would|should))|"
    r"(?:please )?help me(?= \w)(?! with\b)"
)
"""What asks how something is done in many words: "is it possible to moor here"."""
_DOCUMENTS = "(?:the |your |these )?(?:docs?|documentation|documents?|handbook|manual|guide|wiki)"
_TOLD = "(?:info(?:rmation|s)?|anything|something|details|help|documentation|an overview|a summary)"
_GUIDE = (
    "(?:(?:an? |the )?(?:guide|tutorial|instructions?|walkthrough|documentation|docs)"
    "(?:(?: for| on| to| about)(?: how to)?|:)|"
    "i(?: have|['’]ve got) (?:an? |some |another )?(?:quick )?questions? (?:about|on|regarding)|"
    rf"what (?:do|does) {_DOCUMENTS} (?:say|tell)(?: me)? (?:about|on)|"
    "(?:what(?:['’]?s| is) the deal with|(?:i(?:['’]m| am) )?looking for)|"
    "(?:(?:i )?need|(?:can you |could you |please )?give me|do you have|is there|i want)"
    rf"(?: some| any| more)? {_TOLD}(?: of| on| about| for| with| regarding)|"
    rf"{_TOLD} (?:on|about|regarding)|"
    "ich (?:habe (?:eine |noch eine )?frage zu[mr]?|suche)|"
    "was steht (?:hier |dort )?(?:zu[mr]?|über)|"
    "gibt es (?:etwas|infos?|informationen) (?:zu[mr]?|über))"
)
"""What asks for what is told of something: "guide to mooring", "what do the docs say about it"."""
_WHERE = rf"where (?:can|do|could|would|should) {_I} (?:find|see|look for|look up)"
"""What asks where something is."""
_ASKS_BEHIND = re.compile(
    r"[,.;:!?]\s+(?:and |but |so )?(?:how|what|why|when|where|which|who)\b", re.IGNORECASE
)
"""What asks for something else behind it: "I want to leave, how long do I have to stay?"."""
_WORD = re.compile(r"\w")
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


def asked_plainly(text: str) -> str:
    """A question for how something is done, or for what is told of a thing, in the words by which
    titles are found: of 106 headings of six documentations that say what to do 0.85 to 0.87 come
    first, instead of 0.58 to 0.80, asked "is it possible to …", "best way to …" and the like.

    >>> asked_plainly("Hi, is there a way to row? Thanks!"), asked_plainly("anything on oars?")
    ('how to row?', 'oars')
    """
    text = _without_courtesies(text)
    for wording, plain in ((_ROUNDABOUT, "how to"), (_WHERE, "where is"), (_GUIDE, "")):
        found = compiled(wording).match(text)
        is_all = found and not _ASKS_BEHIND.search(text, found.end())
        if found and is_all and _WORD.search(text, found.end()):
            return f"{plain}{text[found.end() :]}" if plain else text[found.end() :].strip(" ?")
    return text


def _without_courtesies(text: str) -> str:
    """A question without the greeting that it begins with, nor the thanks that it ends with."""
    begun = compiled(_GREETING).match(text)
    rest = text[begun.end() :].lstrip() if begun else text
    ended = compiled(rf"(?<=[.,;!?])\s*(?:{_THANKS})").search(rest)
    rest = rest[: ended.start()] if ended else rest
    return rest if _WORD.search(rest) else text
