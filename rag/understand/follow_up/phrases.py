"""How follow-ups are worded, and how they are completed: one table, of which another language is
another value (`german.py`).

Each pattern is a regular expression that is matched in any case, against the whole question where
nothing else is said; a question has lost its "?" and its "please" by then. A template has places
in braces: `{subjects}` as "GQA and MLA", `{versus}` as "GQA vs MLA", `{either}` as "GQA or MLA".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from entrywise.data.questions.to_the_assistant import SAID
from entrywise.data.words import STOP_WORDS, VERSUS


@dataclass(frozen=True)
class Phrases:
    """The wording of follow-ups in one language."""

    polite: str
    """What may stand before and behind any follow-up and says nothing."""
    courtesy: str
    """What is said and asks nothing: it leans on nothing, and is forgotten."""
    more: str
    """Asks for what was not shown yet; the group `of` says of what, where that is said."""
    another_example: str
    number: str
    """Picks a suggestion by its number, the group `number`."""
    ordinals: Mapping[str, int]
    """{word: place}: the first is 0, the last -1."""
    place: str
    """Picks one of several things by an ordinal, the group `ordinal`, or by `other`; anywhere."""
    compare: str
    """Sets against each other what was spoken of."""
    which: str
    """Asks for one of them by what it does, the group `asks`."""
    both: str
    why: str
    how: str
    example: str
    addition: str
    """Begins a question that is asked of something else, or of another side of it."""
    against: str
    """Sets the subject against what follows; begins a question."""
    article: str
    """Begins what is added and says nothing."""
    opens: str
    """Begins a question for what a thing is, which is a new subject, however short."""
    asks: str
    """Begins a question that asks by itself."""
    degree: str
    """Asks for an amount, with the word behind it: "how long"."""
    doer: str
    """Stands before what is done: "I" in "can I import it"."""
    auxiliary: str
    """Stands before who does what the question ends with: "does" in "what does a key cost"."""
    pronoun: str
    """Stands for a subject; anywhere."""
    possessive: str
    all_of_them: str
    """The pronouns that stand for several subjects, whoever was spoken of last."""
    plural: str
    """The pronouns that may."""
    small: frozenset[str] = frozenset()
    """Words that say nothing: a short question that begins with one goes on, "in winter?"."""
    narrows: frozenset[str] = frozenset()
    """Words that narrow what was asked where they begin what is added, "and in winter?"."""
    leans: str = r"(?!)"
    """Says that something was spoken of, but does not stand for it; anywhere."""

    conjunctions: tuple[str, str] = (" and ", " or ")
    versus: str = " vs "
    owner: str = "{subjects}'s"
    what_one: str = "What is {subjects}?"
    what_several: str = "What are {subjects}?"
    compared: str = "Difference between {subjects}"
    chosen: str = "Which {asks}, {either}?"
    because_one: str = "Why {subjects}?"
    because_several: str = "{versus}: why?"
    works_one: str = "How does {subjects} work?"
    works_several: str = "How do {subjects} work?"
    example_of: str = "Give me an example of {subjects}"
    another_of: str = "Give me another example of {subjects}"
    side: str = "{versus}: {rest}"
    further: str = "More about {subjects}"
    further_on: str = "More on: {question}"
    no_choice_one: str = "{choice} is no choice: there is one suggestion."
    no_choice: str = "{choice} is no choice: there are {count} suggestions."
    nothing_to_choose: str = "{choice} is no choice: nothing was suggested."

    def no_such(self, choice: str, count: int) -> str:
        """What is said to a choice that is none of `count` suggestions."""
        words = {0: self.nothing_to_choose, 1: self.no_choice_one}.get(count, self.no_choice)
        return words.format(choice=choice, count=count)


_THEM = r"(?:them|these|those|both(?: of them)?|the two(?: of them)?|each other)"
_IT = rf"(?:it|this|that|{_THEM})"
_VERBS = (
    r"(?:is|are|was|were|does|do|did|has|have|had|can|could|should|would|will|needs?|uses?|works?|"
    r"costs?|takes?|runs?|gives?|means?|saves?|requires?|supports?|compares?|differs?|\w{3,}er|"
    r"better|worse|more|less|to|in|for|on|with|and|than)"
)

ENGLISH = Phrases(
    polite=r"(?:(?:ok(?:ay)?|and|but|so|well|then|now|please|pls|hey),?\s+)*"
    r"(?:(?:can|could|would|will) you (?:please |also )?)?",
    courtesy=r"(?:(?:ok(?:ay)?|great|cool|nice|perfect|super|good|fine|yes|no|well|alright)[,.!]?\s*)*"
    r"(?:(?:many )?thanks?(?: you)?(?: (?:a lot|very much|so much|for (?:that|this|your help)))?|"
    r"thx|ty|cheers|got it|i see|understood|that helps|hello(?: there)?|hi|hey|bye|goodbye|"
    r"ok(?:ay)?|great|cool|nice|perfect|yes|no)",
    more=r"(?:(?:tell|show|give) (?:me|us) |(?:i(?:'d like| want) to )?(?:know|read|see) |say )?"
    r"(?:(?:some|a bit|a little|any|even) )?(?:more|further)(?: details?| information| info)?"
    r"(?: (?:about|on|of) (?P<of>.+))?|"
    r"(?:go|carry) on|keep going|continue|next|what else(?: is there)?|anything else|elaborate"
    r"(?: on (?:it|this|that))?|(?:and )?(?:what|how) else|in (?:more|greater) detail|"
    rf"(?:explain|describe) {_IT} (?:further|in (?:more|greater) detail)|expand on {_IT}",
    another_example=r"(?:(?:give|show|tell) (?:me|us) )?"
    r"(?:another|one more|a second) (?:example|one)|another",
    number=r"(?:(?:number|no\.?|nr\.?|option|question|suggestion)\s*|#\s?)?"
    r"(?P<number>[1-9]\d?)[.):]?",
    ordinals={
        "first": 0,
        "1st": 0,
        "former": 0,
        "second": 1,
        "2nd": 1,
        "third": 2,
        "3rd": 2,
        "fourth": 3,
        "4th": 3,
        "last": -1,
        "latter": -1,
    },
    place=r"(?<![\w-])the (?:(?P<ordinal>first|1st|former|second|2nd|third|3rd|fourth|4th|last|"
    r"latter)|(?P<other>other))(?: one| of (?:them|the two))?(?![\w-])"
    rf"(?=\s*(?:$|[?.!,])|['’]s\b|\s+{_VERBS}\b)",
    compare=rf"compare(?: (?:{_THEM}|it))?|comparison(?: of {_THEM})?|(?:show|give|tell) me the "
    rf"(?:difference|comparison)|(?:what(?:'s|’s| is| are) )?(?:the )?differences?"
    rf"(?: between {_THEM})?|how (?:do|are) (?:they|{_THEM}) (?:differ|compare|different)"
    rf"(?: from each other)?|(?:{VERSUS})|side by side",
    which=rf"(?:and )?which (?:(?:one|of {_THEM})\s+(?P<asks>.+)|(?P<verb>{_VERBS}\b.+))",
    both=r"(?:what are )?both(?: of them)?|the two(?: of them)?|them",
    why=r"why(?: (?:is|was|does|are) (?:that|it|this)(?: so)?| so)?|how come|for what reason",
    how=r"how(?: so| exactly)?|how (?:does|do) (?:that|it|this|they) work(?: exactly)?|"
    r"explain how|how does that work",
    example=r"(?:(?:give|show|tell) (?:me|us) |have |do you have |(?:is|are) there |any )?"
    rf"(?:(?:an?|some|any|the|one)(?: concrete| simple| good)? )?examples?(?: (?:of|for) {_IT})?|"
    r"for (?:example|instance)|such as(?: what)?|like what|e\.?g\.?",
    addition=r"(?:(?:ok(?:ay)?|so|well|great|thanks),?\s+)?"
    r"(?:(?:and|or)(?:,?\s+(?:what|how) about)?|(?:what|how) about)\s+",
    against=rf"(?:and )?(?:{VERSUS}|compared (?:to|with)|as opposed to)\s+",
    article=r"(?:the|its|their|my|our|your|an?)\s+",
    opens=r"(?:(?:what|who)(?:'s|’s| is| are| was| were)|define|explain|describe)\s+"
    r"(?!the\b|it\b|its\b|that\b|this\b|they\b|them\b|their\b|these\b|those\b|so\b|new\b)",
    asks=r"(?:what|how|why|which|who|when|where|is|are|does|do|did|can|could|should|would|explain|"
    r"define|describe|compare|tell|give|show|list)(?:'s|’s)?\b",
    degree="how",
    auxiliary=r"(?:do|does|did)",
    doer=r"(?:i|you|we|one|they|it|(?:how|where|when) to)",
    # The end of "do-it" is no pronoun, and "call it" and "its own" look back to nothing before.
    pronoun=r"(?<![\w-])(?<!\bcall )(?:it|its(?! own\b)|they|them|their(?! own\b)|"
    r"both(?: of them)?|the two(?: of them)?|each other|"
    r"(?:this|that|these|those)(?=\s*[?.!]*$|\s+(?:is|are|does|do|work|mean|compare|differ)\b))"
    r"(?![\w-])"
    r"(?!\s+(?:possible|worth|ok|okay|necessary|true|better to|good to|safe to)\b)",
    possessive=r"its|their",
    all_of_them=r"both(?: of them)?|the two(?: of them)?|each other",
    plural=r"they|them|their|these|those",
    small=STOP_WORDS,
    narrows=STOP_WORDS.union(
        "about after before between down during from off out over per since through under until up "
        "via within without".split()
    ),
    # "Can I do that for all?", "how long does that take?"; "a plan that has it" leans on nothing.
    leans=r"\b(?:do|doing|done) (?:this|that|so)\b|"
    r"\b(?:does|did|will|would|can|could|should|must) that\b",
)

OTHERS = replace(
    ENGLISH,
    courtesy="|".join((ENGLISH.courtesy, *map(re.escape, SAID))),
    small=frozenset(),
    narrows=frozenset(),
)
"""For a language without a table: "no", "on" and "a" are other words there."""


def enumerated(names: Sequence[str], conjunction: str) -> str:
    """Names as a sentence lists them.

    >>> enumerated(["GQA", "MLA", "MQA"], " and ")
    'GQA, MLA and MQA'
    """
    *before, last = names
    return f"{', '.join(before)}{conjunction}{last}" if before else last
