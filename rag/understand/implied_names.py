"""Names that a comparison only implies.

half         "tensor vs pipeline parallelism" says "parallelism" once, and means it twice
description  "n8n and custom agents" describes one side instead of naming it: it is the entry
             that the words are nearest to, among those that the whole question is near
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from entrywise.data.words import VERSUS, is_idle, is_said, plain_words
from entrywise.index.index import Index
from entrywise.index.names.names import NameIndex
from entrywise.index.similarity import Similarities, largest, similarities
from entrywise.rag.understand.mention import Mention, Source, characters, strengths
from entrywise.rag.understand.wording import ALIAS, COMPARE, DIFFER, INSTEAD, SAME, compiled

# `Similarities.vectors` from which on a phrase describes an entry that the question is near:
# "sharing one key head" beside MHA has 0.75, "sparse models" beside dense models 0.64, "kubernetes"
# beside MoE 0.54, "dropout" beside RMSNorm 0.50, "photoshop" beside LoRA 0.46.
_DESCRIBES = 0.6
_NEAR_THE_QUESTION = 10
_ALIKE = 0.005
"""Entries of which a phrase says no more of one than of the other: the nearer one to the whole
question is meant. "sparse models" has 0.638 with active parameters and 0.634 with MoE."""
DESCRIBED = 0.6
"""How much a description counts: more than a name that is an ordinary word, less than any other."""

_WORD = r"[\w-]{1,60}"
_HALF = re.compile(_WORD)
_SHARED_NOUN = re.compile(
    rf"(?<![\w-])((?:{_WORD}, ){{0,3}}{_WORD})(?:,? ({VERSUS}|or|and) |/)"
    rf"({_WORD}) ([A-Za-z]{_WORD})",
    re.IGNORECASE,
)
_MORE = r"(?:more|less|worse|\w+er)(?: \w+)?"
_PHRASE = r"(?<![\w.+#-])((?:[\w.+#-]{1,60}\s+){0,3}[\w.+#-]{1,60})"
_JOINT = f"{VERSUS}|{INSTEAD}"
_JOINTS = f"{_JOINT}|{SAME}|{ALIAS}|{DIFFER}|{COMPARE}|or|than"
# Compiled, and remembered, by `re` where two phrases may be compared.
_COMPARED = (
    rf"(?i)\b(?:{DIFFER})\s+between\s+{_PHRASE}\s+(?:and|{VERSUS})\s+{_PHRASE}",
    rf"(?i){_PHRASE}(?<!\sas)\s+(?:{_JOINT})\s+{_PHRASE}",
    rf"(?i){_PHRASE}\s+(?:{SAME}(?: thing)? as|{ALIAS}|(?:{DIFFER}) (?:from|than)|"
    rf"{_MORE} than(?!\s+(?:\d|one|two)\b))\s+{_PHRASE}",
)
# "LoRA, QLoRA or updating everything": the last or the first of three, beside two with names.
_THREE = rf"(?i){_PHRASE}(?:,|\s+(?:{VERSUS}))\s+{_PHRASE},?\s+(?:{VERSUS}|or|and)\s+{_PHRASE}"
# "RAG or long context", "should I use RAG or …"; not "what speeds up training or inference".
_CHOSEN = rf"(?i)(?:^|[,:.?]\s|\b(?:use|choose|pick|prefer)\s){_PHRASE}\s+(?:or|oder)\s+{_PHRASE}"
# Where a phrase ends, and what it does not begin with.
_AFTER = r"(?i)\s+(?:for|in|on|with|when|is|are|to|at|under|and|or|do|does)\b"
_BEFORE = (
    rf"(?i).*\b(?:{COMPARE}|between|use|using|prefer|choose|do|does|is|are|i|we|you|one|what|"
    r"explain|to|the|an?)\s+"
)


def half_names(text: str, names: NameIndex) -> Iterator[Mention]:
    """All names of "A vs B noun" and "A, B and C noun", if an entry owns one of them.

    A name that no entry owns counts only after "vs" ("memory and KV cache" is no "memory cache"),
    and is unknown.
    """
    for match in _SHARED_NOUN.finditer(text):
        _, joint, last, noun = match.groups()
        found = [
            _half(f"{word[0]} {noun}", *word.span(), names)
            for word in _HALF.finditer(text, *match.span(1))
            # "static batching vs continuous batching" has both in full.
            if word[0].lower() != noun.lower()
        ]
        found.append(_half(f"{last} {noun}", match.start(3), match.end(4), names))
        compares = (joint or "").lower().startswith("v")
        owned = [half for half in found if half.owners]
        yield from found if compares and owned else owned


def _half(name: str, start: int, end: int, names: NameIndex) -> Mention:
    owners = names.owners(name)
    return Mention(name, start, end, "half" if owners else "unknown", owners)


def described(
    text: str,
    found: Sequence[Mention],
    near: Similarities,
    index: Index,
    rare: Iterable[tuple[int, int]] = (),
) -> Iterator[Mention]:
    """The mention of the side of a comparison that has no name, where the other one has.

    A single word that the language does not know describes nothing: "ppo" is a name in small
    letters, that no entry owns. What the text of the other side speaks of is one, too.

    Args:
        rare: the spans of the words that the language does not know, in characters, end exclusive.
        found: what the text names. A phrase with an unknown name in it is no description, and
            neither is a name, by itself, that a text mentions.
        near: how near the entries are to the text.
    """
    sure = [mention for mention in found if mention.is_sure]
    taken = strengths(sure)
    for start, end in _nameless(text, characters(sure)):
        if _is_numbered(start, end, text, sure):
            continue
        names = [one for one in found if one.is_unowned and one.start < end and start < one.end]
        called = [one for one in taken if _says(index.entries[one].name, text[start:end], index)]
        if called and not names:
            # The other half of the name of one entry: "Foo vs Bar".
            yield Mention(text[start:end], start, end, "description", {called[0]: DESCRIBED})
            continue
        if all(one.source == "mentioned" for one in names):
            # "yarn vs ntk": what is nearest to "ntk" is NTK-aware RoPE scaling.
            entry = nearest_entry(text[start:end], near, taken, index)
            if entry is not None and _says(index.entries[entry].name, text[start:end], index):
                yield Mention(text[start:end], start, end, "description", {entry: DESCRIBED})
                continue
        is_mentioned = index.words.mentions(text[start:end])
        spoken_of = is_mentioned and _is_told_of(text[start:end], taken, index)
        source: Source = "mentioned" if is_mentioned else "unknown"
        if not names and (_is_rare(start, end, text, rare) or spoken_of):
            yield Mention(text[start:end], start, end, source, {})
            continue
        # Of "OpenAI functions", OpenAI is what no entry is about.
        telling = _without(names, text, start, end)
        if any(one.source == "unknown" for one in names) or not telling:
            continue
        entry = nearest_entry(telling, near, taken, index)
        if entry is not None:
            yield Mention(text[start:end], start, end, "description", {entry: DESCRIBED})
            continue
        is_name = _is_versus(text, start, end) or (is_mentioned and len(taken) == 1)
        if is_name and not names and _telling_words(telling):
            # "LoRA vs prefix tuning", "LoRA vs fishing": what describes no entry, and texts have,
            # is a name as well, and so is any word beside "vs".
            yield Mention(text[start:end], start, end, source, {})


def _is_numbered(start: int, end: int, text: str, sure: Iterable[Mention]) -> bool:
    """Whether a phrase is a number of what stands behind a name with another one: "stage 2" in
    "ZeRO stage 3 vs stage 2"."""
    words = text[start:end].split()
    if all(word.isdigit() for word in words) or not any(word.isdigit() for word in words):
        return False
    pattern = r"\s+".join(r"\d+" if word.isdigit() else re.escape(word) for word in words)
    numbered = re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
    return any(numbered.search(text, one.start, start) for one in sure)


def _is_rare(start: int, end: int, text: str, rare: Iterable[tuple[int, int]]) -> bool:
    """Whether a phrase is one word, and that or a part of it one that the language does not know:
    "mlc-llm"."""
    parts = any(start <= first and last <= end for first, last in rare)
    return parts and " " not in text[start:end]


def _is_versus(text: str, start: int, end: int) -> bool:
    """Whether a phrase is one word that stands beside "vs"."""
    behind = compiled(rf"(?:{VERSUS})\s+$").search(text[:start])
    before = compiled(VERSUS).match(text[end:].lstrip())
    return bool(behind or before) and " " not in text[start:end]


def _telling_words(phrase: str) -> list[str]:
    return [word for word in plain_words(phrase) if not is_idle(word)]


def _is_told_of(phrase: str, entries: Iterable[int], index: Index) -> bool:
    """Whether the text of one of some entries says all words of a phrase that say something."""
    sections = chain(*(index.entries[entry].sections for entry in entries))
    return any(_says(one.text, phrase, index) for one in sections)


def _says(text: str, phrase: str, index: Index) -> bool:
    """Whether a text says all words of a phrase that say something."""
    words = _telling_words(phrase)
    said = {*map(index.words.form, plain_words(text))} if words else set()
    return bool(words) and all(is_said(word, said, index.words.form) for word in words)


def nearest_entry(
    phrase: str, near: Similarities, taken: Collection[int], index: Index
) -> int | None:
    """The entry that a phrase describes, by ordinal, beside those that are taken.

    Args:
        near: how near the entries are to the whole question: the one described has to be, too.
    """
    around = [e for e in largest(near.vectors, _NEAR_THE_QUESTION) if e not in taken]
    alone = similarities(index.encoder.encode_query(phrase).vector, index).vectors
    most = max((float(alone[entry]) for entry in around), default=0.0)
    if most < _DESCRIBES:
        return None
    alike = [entry for entry in around if alone[entry] > most - _ALIKE]
    return max(alike, key=lambda entry: float(near.vectors[entry]))


def _without(names: Iterable[Mention], text: str, start: int, end: int) -> str:
    """The words of a phrase beside the names in it."""
    named = characters(names)
    kept = "".join(" " if place in named else text[place] for place in range(start, end))
    return " ".join(kept.split())


def _nameless(text: str, named: set[int]) -> Iterator[tuple[int, int]]:
    """The places of sides without a name, beside one that has one.

    Args:
        named: the positions of the characters of names.
    """
    if not (named and compiled(f"between|{_JOINTS}").search(text)):
        return
    for pattern in (_THREE, *_COMPARED, _CHOSEN):
        if found := re.search(pattern, text):
            groups = range(1, len(found.groups()) + 1)
            sides = [_trimmed(text, *found.span(group)) for group in groups]
            nameless = [side for side in sides if named.isdisjoint(range(*side))]
            # "Is MoE fast or slow" chooses between words on one side.
            beside = {found.end(1) - 1, sides[-1][0]}
            if len(nameless) == 1 and (pattern != _CHOSEN or not named.isdisjoint(beside)):
                yield from nameless
            return


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A phrase without the words of the sentence around it."""
    before = re.compile(_BEFORE).match(text, start, end)
    start = before.end() if before else start
    after = re.compile(_AFTER).search(text, start, end)
    return start, after.start() if after else end
