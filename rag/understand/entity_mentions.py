"""Finds what a question names: entries, halves and descriptions of them, and unowned names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from entrywise.data.languages import DEFAULT, UNSPACED
from entrywise.data.words import name_key, shape
from entrywise.index.encoders.base import EncodedQuery
from entrywise.index.index import Index
from entrywise.index.names.names import EXACT, ORDINARY
from entrywise.index.similarity import Similarities
from entrywise.rag.understand.decoded_name import DecodedName, distinguishing
from entrywise.rag.understand.implied_names import (
    DESCRIBED,
    described,
    half_names,
    nearest_entry,
)
from entrywise.rag.understand.mention import (
    BESIDE,
    Mention,
    Source,
    characters,
    owned,
    strengths,
    sure,
    undoubted,
    unowned,
)
from entrywise.rag.understand.wording import COMPARING, JOINTS, compiled

# Each half that no entry owns costs a run of the encoder; a question has one.
_DESCRIBED_HALVES = 4

# Something written like a name: capitals or digits inside, or a capital in mid-sentence; by its
# shape, which has ASCII letters alone. A quantity such as 80GB or 4x is none.
_CASED = re.compile(r"[A-Za-z]*[a-z][A-Z]\w*|[A-Z]{2,}\w*|[A-Za-z]\w*\d\w*")
_SENTENCE_START = re.compile(r"(?:^|[.?!:¿¡„«])\s*")

# "Longformer?" is a name, "Quickest way to …" is not.
_FEW_WORDS = 3
_TITLE_WORDS = 4

# Compiled by `re` when it is first needed.
_OPENER = (
    rf"(?i)\b(?:what(?:'s|s| is| are| does| do)|explain|define|describe|about|does|do|is|and|with|"
    rf"to|{JOINTS})\s+(?:an?\s+|the\s+)?$"
)
_LONGEST_OPENER = 40


def find_mentions(
    text: str,
    encoded: EncodedQuery,
    decoded: Sequence[DecodedName],
    near: Similarities,
    index: Index,
) -> tuple[Mention, ...]:
    """What a text names, in its order. Two mentions overlap only where one is doubtful.

    Args:
        decoded: the compound names in the text, which are named by their parts.
        near: how near the entries are to the text.
    """
    models = characters(decoded)
    names = list(_names(text, index))
    if models:
        names = [name for name in names if not name.is_within(models)]
    named = characters(sure(names))
    found = [*names, *_halves(text, named | models, near, index)]
    others = unowned_names(text, encoded, found, models, index)
    sides = [] if decoded else list(described(text, [*found, *others], near, index, encoded.rare))
    # A description may have a name in it: "BERT-like encoders".
    said = characters(sides)
    found += [name for name in others if name.is_free(said)] + sides
    found += [part for part in _parts(decoded) if part.is_free(named)]
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))


def _names(text: str, index: Index) -> Iterator[Mention]:
    """The names of entries, each with all its owners."""
    matches = index.names.find(text)
    for (start, end), same_place in groupby(matches, key=lambda match: (match.start, match.end)):
        owners = {match.entry: match.strength for match in same_place}
        said = text[start:end]
        yield Mention(said, start, end, "name", _called_so_first(said, owners, index))


def _called_so_first(said: str, owners: Mapping[int, float], index: Index) -> Mapping[int, float]:
    """The owners of a name, with the strengths with which it names them: it may not mean those that
    only have it besides their own where another is called so; of "Lachs" and "Lach" only one is."""
    if len(owners) < 2:
        return owners
    key = name_key(said)
    entries = zip(owners, index.entries.of([*owners]), strict=True)
    names = {one: entry.short_name for one, entry in entries}
    called = {one for one in owners if name_key(names[one]) == key}
    called = {one for one in called if names[one].casefold() == said.casefold()} or called
    return {
        one: strength if one in called or not called else min(strength, ORDINARY)
        for one, strength in owners.items()
    }


def _halves(text: str, taken: set[int], near: Similarities, index: Index) -> list[Mention]:
    """The names of which only a half is written, where nothing is taken yet; one that no entry
    owns may describe one."""
    halves = [half for half in half_names(text, index.names) if half.is_free(taken)]
    named, others = owned(halves), unowned(halves)
    entries = set(strengths(named))
    for place, half in enumerate(others[:_DESCRIBED_HALVES]):
        entry = nearest_entry(half.name, near, entries, index)
        if entry is not None:
            entries.add(entry)
            others[place] = half._replace(source="description", owners={entry: DESCRIBED})
    return named + others


def _parts(decoded: Sequence[DecodedName]) -> Iterator[Mention]:
    """The parts of compound names that entries explain; where a name stands beside what is asked,
    they count less, unless they tell it from another."""
    apart = distinguishing(decoded)
    for name in decoded:
        for part, entry in ((item.part, item.entry) for item in name.parts):
            if entry is not None:
                counts = EXACT if not name.is_beside or part in apart else BESIDE
                yield Mention(part.text, part.start, part.end, "part", {entry: counts})


def unowned_names(
    text: str,
    encoded: EncodedQuery,
    found: Sequence[Mention],
    taken: set[int],
    index: Index,
) -> list[Mention]:
    """Runs of words that are written like names and that no entry owns: "unknown" those that no
    text mentions, "mentioned" those that one does.

    Args:
        found: the names that were found in the text. A word that is one but for its case ("React",
            "ReAct") is unknown, whatever the texts say.
        taken: the positions of the characters of compound names that are taken apart.
    """
    doubtful = {mention.name for mention in found if mention.is_doubtful}
    closed = characters(undoubted(found)) | taken
    writing = _Writing(text, encoded.rare, index.language)
    spans: dict[Source, list[tuple[int, int]]] = {"unknown": [], "mentioned": []}
    for word in _word("" if text.isascii() else UNSPACED).finditer(text):
        if closed.isdisjoint(range(*word.span())) and writing.is_name(word):
            known = word.group() not in doubtful and index.words.mentions(word.group())
            _append(spans["mentioned" if known else "unknown"], word)
    if spans["unknown"] and sure(found) and not compiled(COMPARING).search(text):
        # Beside a known subject a stray name ("… not OOM") is none of the question's.
        spans["unknown"] = [span for span in spans["unknown"] if _is_opened(text, span[0])]
    return [
        Mention(text[start:end], start, end, source, {})
        for source, places in spans.items()
        for start, end in places
    ]


@cache
def _word(others: str) -> re.Pattern[str]:
    """What may be a name, of any alphabet, but for some other letters: where words are not written
    apart, names in Latin letters are."""
    sign, first = rf"[^\W{others}]", rf"[^\W_{others}]"
    return re.compile(rf"{first}(?:{sign}|[.+#-])*(?:{sign}|[+#])|{first}")


def _append(run: list[tuple[int, int]], word: re.Match[str]) -> None:
    """Add a word; words with only a space between are one name."""
    if run and word.string[run[-1][1] : word.start()] == " ":
        start, _ = run.pop()
        run.append((start, word.end()))
    else:
        run.append(word.span())


def _is_opened(text: str, start: int) -> bool:
    """Whether a name stands where a question says what it is about."""
    before = text[max(0, start - _LONGEST_OPENER) : start]
    return re.search(_OPENER, before) is not None


@dataclass(frozen=True)
class _Writing:
    """A text, how many of its words have capitals, and which words the encoder does not know."""

    text: str
    rare: Sequence[tuple[int, int]]
    language: str
    """That of the knowledge base."""

    def is_name(self, word: re.Match[str]) -> bool:
        """Whether a word is written as names are: capitals or digits inside, or a capital that
        neither the start of a sentence nor a Title Like This explains."""
        parts = [part for part in self._shape[slice(*word.span())].split("-") if len(part) > 1]
        if any(map(_CASED.fullmatch, parts)):
            return True
        if not any(part[0].isupper() and len(part) > 2 for part in parts):
            return False
        if word.start() in self._sentence_starts:
            # Of another language nearly all words are rare.
            tells = self.language == DEFAULT and self._words <= _FEW_WORDS
            return tells and not self._rare.isdisjoint(range(*word.span()))
        return self._words <= _TITLE_WORDS or not self._is_title

    @cached_property
    def _shape(self) -> str:
        return shape(self.text)

    @cached_property
    def _words(self) -> int:
        return len(self.text.split())

    @cached_property
    def _is_title(self) -> bool:
        return sum(map(str.istitle, self.text.split())) > self._words / 2

    @cached_property
    def _sentence_starts(self) -> set[int]:
        return {match.end() for match in _SENTENCE_START.finditer(self.text)}

    @cached_property
    def _rare(self) -> set[int]:
        return {position for span in self.rare for position in range(*span)}
