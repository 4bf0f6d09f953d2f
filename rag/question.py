"""A question, parsed: what it asks for, which entries it names, and names that no entry owns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from entrywise.index.encoder import EncodedQuery
from entrywise.index.names import EXACT, ORDINARY, NameMatch
from entrywise.index.store import Index
from entrywise.rag.answer import Intent
from entrywise.rag.asking import telling
from entrywise.rag.described import DESCRIBED, described, nearest_entry
from entrywise.rag.elision import half_names
from entrywise.rag.intent import wordings
from entrywise.rag.modelnames import ModelName, NamePart, find_model_names, parse_model_name


@dataclass(frozen=True, slots=True)
class DecodedPart:
    """A part of a model name and the entry that explains it, by ordinal, if there is one."""

    part: NamePart
    entry: int | None
    asked: bool = False
    """Whether the question has it outside the model name too: "what does hf mean in …-hf"."""


@dataclass(frozen=True)
class Question:
    """A parsed question. Entries are given by their ordinals in the index."""

    text: str
    intent: Intent
    encoded: EncodedQuery
    named: Mapping[int, float]
    """{entry: strength in (0, 1]} of the entries that are named, in the order of the text."""
    sides: tuple[NameMatch, ...]
    """Names of which only a half is written, and descriptions in the place of a name."""
    decoded: tuple[DecodedPart, ...]
    unknown: tuple[str, ...]
    """Names in the question that no entry owns and no text mentions."""
    mentioned: tuple[str, ...]
    """Names in the question that no entry owns, but that a text mentions."""
    names_only: bool
    """Whether it is made of names and asking words alone, as "what is GQA?" is."""
    unowned_only: bool
    """The same with names that no entry owns, as "what is BERT?"."""
    encoding: float
    """Seconds that the encoder took."""

    @property
    def surely_named(self) -> tuple[int, ...]:
        """The entries whose names are in the question beyond doubt, in its order."""
        return tuple(entry for entry, strength in self.named.items() if strength > ORDINARY)


def parse(text: str, index: Index) -> Question:
    """Parse one question, with the names of this index."""
    started = perf_counter()
    encoded = index.encoder.encode_query(text)
    encoding = perf_counter() - started
    found = find_model_names(text) or _quoted_parts(text)
    # What is an entry's own name as a whole (W4A16, MXFP4_MOE) is not taken apart.
    models = tuple(model for model in found if not index.names.owners(model.text))
    rest = _without(text, models)
    decoded = tuple(_decode(part, rest, index) for model in models for part in model.parts)
    matches = [
        match for match in index.names.find(text, encoded.rare) if not _inside(match, models)
    ]
    sides, halves = _completed(text, encoded, matches, index)
    matches += sides
    places = [(model.start, model.end) for model in models]
    unknown, mentioned = _unowned(text, encoded, matches, places, index)
    unknown += halves
    if not models:
        unnamed = list(described(text, encoded.vector, matches, unknown, mentioned, index))
        sides += unnamed
        matches += unnamed
    unowned = (*unknown, *mentioned)
    named = _strengths(matches)
    for item in decoded:
        if item.entry is not None:
            named.setdefault(item.entry, 1.0)
    return Question(
        text=text,
        intent=_intent(text, _explained(models, decoded), len(_sides(matches)), len(unknown)),
        encoded=encoded,
        named=named,
        sides=tuple(sides),
        decoded=decoded,
        unknown=unknown,
        mentioned=mentioned,
        names_only=_made_of(text, _named_places(matches, decoded)),
        unowned_only=_made_of(text, [m.span() for n in unowned for m in _places_of(n, text)]),
        encoding=encoding,
    )


# "what do `ViT`, `B` and `32` mean in the model name"
_ABOUT_A_NAME = re.compile(r"\bnames?\b|\bmean\b", re.IGNORECASE)
_QUOTED = re.compile(r"[`'\"“‘]([^\s`'\"”’]{1,40})[`'\"”’]")


def _quoted_parts(text: str) -> tuple[ModelName, ...]:
    """Quoted tokens, taken as parts of a model name where the question is about one."""
    if not _ABOUT_A_NAME.search(text):
        return ()
    return tuple(parse_model_name(m[1], m.start(1)) for m in _QUOTED.finditer(text))


def _places_of(name: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(name), text)


def _completed(
    text: str, encoded: EncodedQuery, matches: Iterable[NameMatch], index: Index
) -> tuple[list[NameMatch], tuple[str, ...]]:
    """The names of which only a half is written, where no name was found: those of entries, or
    that describe one, and those that no entry owns."""
    taken = [(match.start, match.end) for match in matches if match.strength > ORDINARY]
    found: list[NameMatch] = []
    unowned: list[str] = []
    for half in half_names(text, index.names):
        if _overlaps(half.start, half.end, taken):
            continue
        others = {match.entry for match in found}
        entry = half.entry
        if entry is None:
            entry = nearest_entry(half.name, encoded.vector, others, index)
        if entry is None or entry in others:
            unowned.append(half.name)
        else:
            strength = DESCRIBED if half.entry is None else EXACT
            found.append(NameMatch(entry, half.start, half.end, strength))
    return found, tuple(unowned)


def _without(text: str, models: Sequence[ModelName]) -> str:
    for model in models:
        text = text[: model.start] + " " * len(model.text) + text[model.end :]
    return text


def _decode(part: NamePart, rest: str, index: Index) -> DecodedPart:
    """The entry that says it explains this kind of part, or that owns the part as a name."""
    entry = index.part_owners.get(part.kind)
    if entry is None:
        for form in (f"-{part.text}", part.text):
            owners = index.names.owners(form)
            if owners:
                entry = max(owners, key=owners.__getitem__)
                break
    asked = re.search(rf"(?<!\w){re.escape(part.text)}(?!\w)", rest, re.IGNORECASE)
    return DecodedPart(part, entry, asked is not None)


def _explained(
    models: Sequence[ModelName], decoded: Sequence[DecodedPart]
) -> tuple[ModelName, ...]:
    """The model names of which an entry explains a part: only these can be taken apart."""
    known = [item.part.start for item in decoded if item.entry is not None]
    return tuple(m for m in models if any(m.start <= start < m.end for start in known))


def _inside(match: NameMatch, models: Sequence[ModelName]) -> bool:
    return any(model.start <= match.start and match.end <= model.end for model in models)


def _strengths(matches: Sequence[NameMatch]) -> dict[int, float]:
    named: dict[int, float] = {}
    for match in sorted(matches, key=lambda match: match.start):
        named[match.entry] = max(named.get(match.entry, 0.0), match.strength)
    return named


def _sides(matches: Sequence[NameMatch]) -> set[int]:
    """The places of the text that name something for sure."""
    return {match.start for match in matches if match.strength > ORDINARY}


def _intent(text: str, models: Sequence[ModelName], sides: int, unknown: int) -> Intent:
    """The wording decides, but a model name is taken apart unless two other things are compared,
    and a comparison needs two sides."""
    found = wordings(text)
    compares = "comparison" in found and sides + unknown >= 2
    apart = sum(len(model.parts) > 1 for model in models)
    if apart > 1 or (apart and not (compares and sides >= 2)):
        return "decode"
    if compares:
        return "comparison"
    rest: list[Intent] = [intent for intent in found if intent != "comparison"]
    return rest[0] if rest else "other"


# Something written like a name: capitals or digits inside, or a capital in mid-sentence.
# A quantity such as 80GB or 4x is none.
_CASED = re.compile(r"[A-Za-z]*[a-z][A-Z]\w*|[A-Z]{2,}\w*|[A-Za-z]\w*\d\w*")
_WORD = re.compile(r"[A-Za-z0-9][\w.+#-]*[\w+#]|[A-Za-z0-9]")


def _unowned(
    text: str,
    encoded: EncodedQuery,
    matches: Sequence[NameMatch],
    models: Sequence[tuple[int, int]],
    index: Index,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Runs of words that are written like names and that no entry owns: those that no text
    mentions, and those that one does.

    A word that is an entry's name but for its case ("React", "ReAct") is no mention of it.
    """
    taken = [(match.start, match.end) for match in matches if match.strength > ORDINARY]
    misnamed = {text[match.start : match.end] for match in matches if match.strength <= ORDINARY}
    spans: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for word in _WORD.finditer(text):
        start, end = word.span()
        if _overlaps(start, end, taken) or _overlaps(start, end, models):
            continue
        if _like_a_name(text, start, end, encoded):
            known = word.group() not in misnamed and index.words.mentions(word.group())
            run = spans[known]
            if run and start <= run[-1][1] + 1:
                start = run.pop()[0]
            run.append((start, end))
    if taken and not _COMPARING.search(text):
        # Beside a known subject a stray name ("… not OOM") is none of the question's.
        spans[False] = [span for span in spans[False] if _OPENER.search(text[: span[0]])]
    unknown, mentioned = (
        tuple(dict.fromkeys(text[start:end] for start, end in spans[known]))
        for known in (False, True)
    )
    return unknown, mentioned


_OPENER = re.compile(
    r"\b(?:what(?:'s|s| is| are| does| do)|explain|define|describe|about|does|do|is|and|or|with|to)"
    r"\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_COMPARING = re.compile(r"\b(?:differen\w+|vs|versus|compar\w+)\b", re.IGNORECASE)


def _named_places(
    matches: Iterable[NameMatch], decoded: Iterable[DecodedPart]
) -> list[tuple[int, int]]:
    """The places of what entries own or explain."""
    named = [(match.start, match.end) for match in matches if match.strength > ORDINARY]
    return named + [(i.part.start, i.part.end) for i in decoded if i.entry is not None]


def _made_of(text: str, named: Sequence[tuple[int, int]]) -> bool:
    """Whether a text is made of names, at these places, and asking words alone."""
    words = telling(text)
    return bool(words) and all(_overlaps(*word.span(), named) for word in words)


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < right and left < end for left, right in spans)


def _like_a_name(text: str, start: int, end: int, encoded: EncodedQuery) -> bool:
    """Whether a word is written as names are: capitals or digits inside, or a capital that neither
    the start of a sentence nor a Title Like This explains."""
    parts = [part for part in text[start:end].split("-") if len(part) > 1]
    if any(_CASED.fullmatch(part) for part in parts):
        return True
    if not any(part[0].isupper() and len(part) > 2 for part in parts):
        return False
    words = text.split()
    before = text[:start].rstrip()
    if not before or before.endswith((".", "?", "!", ":")):
        return len(words) <= _FEW_WORDS and _overlaps(start, end, encoded.rare)
    return len(words) <= _TITLE_WORDS or sum(map(str.istitle, words)) <= len(words) / 2


# "Longformer?" is a name, "Quickest way to …" is not.
_FEW_WORDS = 3
_TITLE_WORDS = 4
