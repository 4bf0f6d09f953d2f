"""Model names: a grammar for the names of Hugging Face repositories, GGUF files and Ollama tags.

    bartowski/Llama-3.2-3B-Instruct-Q4_K_M.gguf
    organization / family - version - size - tuning-instruct - k-quant . format

`parse_model_name` takes one name apart; `find_model_names` finds the names in a sentence. The
words and shapes that it knows are the tables of `vocabulary`; of makers and families it knows any:
what stands before a slash is an organization, and the first words that say nothing else a family.
All offsets are characters, end
exclusive, and `text[start:end]` is the part's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import get_args

from entrywise.rag.domains.base import UNKNOWN, CompoundName, NamePart
from entrywise.rag.domains.language_models.name_points import NO_FAMILY, is_name
from entrywise.rag.domains.language_models.part_values import valued
from entrywise.rag.domains.language_models.vocabulary import (
    FAMILIES,
    SEPARATORS,
    SHAPES,
    WORDS,
    Kind,
)

_Span = tuple[Kind, int, int]

_PIECE = re.compile(r"[^-_./:]+")
_SEPARATORS = re.compile(r"[-_./:]+")
_ORGANIZATION = re.compile(r"[^/.:]+(?=/)")
# Qwen2.5, gemma3n, internlm2_5: two letters at least, because T5 and L3 are words.
_ATTACHED = re.compile(
    r"([A-Za-z]{2,})(\d{1,2}(?:[._]\d{1,2}){0,3}n?)(?=(?:VL?)?(?:[-_./:]|\Z))", re.IGNORECASE
)


def parse_model_name(name: str, start: int = 0) -> CompoundName:
    """Take one name apart, whatever it is; `start` is where it begins in a longer text."""
    parts = [
        NamePart(name[begin:end], kind, start + begin, start + end)
        for kind, begin, end in _spans(name)
    ]
    return CompoundName(name, start, start + len(name), valued(parts))


def _spans(name: str) -> list[_Span]:
    """The parts of a name, from left to right."""
    spans: list[_Span] = []
    seen: set[Kind] = set()
    position = _end_of(_ORGANIZATION, name, 0)
    if position:
        spans.append(("organization", 0, position))
    position = _end_of(_SEPARATORS, name, position)
    while position < len(name):
        found = _shape_at(name, position, seen) or _words_at(name, position, seen)
        for span in found:
            _append(spans, span, name)
            seen.add(span[0])
        position = _end_of(_SEPARATORS, name, found[-1][2])
    return spans


def _end_of(pattern: re.Pattern[str], name: str, position: int) -> int:
    """Where a match from here ends; here when there is none."""
    match = pattern.match(name, position)
    return match.end() if match else position


def _shape_at(name: str, position: int, seen: set[Kind]) -> list[_Span]:
    """The first row of the table that fits here; nothing when none does."""
    for shape in SHAPES:
        if not shape.after or not seen.isdisjoint(shape.after):
            match = shape.pattern.match(name, position)
            if match:
                return [(shape.kind, position, match.end())]
    return []


def _words_at(name: str, position: int, seen: set[Kind]) -> list[_Span]:
    """The word here, with the version that is written against it (Qwen2.5)."""
    attached = _ATTACHED.match(name, position)
    leading = seen <= {"family"}
    if attached and (leading or attached[1].lower() in FAMILIES):
        # "vl2" is a vision model's second version.
        kind = WORDS.get(attached[1].lower(), "family")
        return [(kind, *attached.span(1)), ("version", *attached.span(2))]
    end = _end_of(_PIECE, name, position)
    word = name[position:end].lower()
    is_family = word in FAMILIES or (leading and not word.isdigit())
    fallback: Kind = "family" if is_family else "unknown"
    return [(WORDS.get(word, fallback), position, end)]


def _append(spans: list[_Span], span: _Span, name: str) -> None:
    """Add a part; words of a family that follow one another are one part (gpt-oss)."""
    kind, begin, end = span
    if spans and kind == spans[-1][0] == "family" and name[begin - 1] in "-_":
        begin = spans.pop()[1]
    spans.append((kind, begin, end))


# A repository's name has at most 96 characters, a file's at most 255.
_LONGEST_NAME = 255
_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*")
_SEGMENT = re.compile(r"[^/]+")
_FAMILY_BEFORE = re.compile(r"(?<![\w./-])([A-Za-z]{2,16}) \Z")
_LONGEST_FAMILY = 20
_FAMILY_AND_ONE = 2

_NO_ORGANIZATION = frozenset({"blob", "library", "main", "models", "raw", "resolve", "tree"})
"""Steps of a path that stand where an organization would."""

_ACCOUNTS = frozenset({"openvino"})
"""Words of the grammar that are accounts as well."""


def find_model_names(text: str) -> tuple[CompoundName, ...]:
    """The model names in a text, in order; nothing for prose.

    >>> [name.text for name in find_model_names("Is Qwen/Qwen3-8B or a 7B better?")]
    ['Qwen/Qwen3-8B']
    """
    return tuple(
        name
        for run in _RUN.finditer(text)
        if not run[0].isalpha() and not _is_address(text, run)
        for name in _names_in(run)
    )


def _is_address(text: str, run: re.Match[str]) -> bool:
    """Whether a run of characters is one side of an e-mail address."""
    return "@" in (text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1])


def _names_in(run: re.Match[str]) -> Iterator[CompoundName]:
    """The names among the steps of a path or an address; most often the run is one."""
    # The steps of "/usr/lib/x" are no accounts.
    is_path = run.string[max(0, run.start() - 1) : run.start()] in ("/", "\\", "~")
    before: re.Match[str] | None = None
    for segment in _SEGMENT.finditer(run[0]):
        name = _name_of(run, before, segment)
        if name:
            yield name
        before = None if name or is_path else segment


def _name_of(
    run: re.Match[str], before: re.Match[str] | None, segment: re.Match[str]
) -> CompoundName | None:
    """The name that a step of a path is, with its organization; None when it is none."""
    begin, text = segment.start(), segment[0].rstrip(SEPARATORS)
    if not 0 < len(text) <= _LONGEST_NAME:
        return None
    if before and before.end() + 1 == begin and _is_organization(before[0]):
        begin, text = before.start(), f"{before[0]}/{text}"
    elif begin == 0 and text[0].isdigit() and (family := _family_before(run)):
        with_family = _with_family(family, text)
        if with_family:
            return with_family
    name = parse_model_name(text, run.start() + begin)
    return name if is_name(name) else None


def _family_before(run: re.Match[str]) -> re.Match[str] | None:
    """The word before a run, where a space alone stands between."""
    # Looked for in a few characters, so that long texts cost no more than their length.
    return _FAMILY_BEFORE.search(run.string, max(0, run.start() - _LONGEST_FAMILY), run.start())


def _with_family(family: re.Match[str], rest: str) -> CompoundName | None:
    """A name whose family is written apart ("Llama 3.1-8B-Instruct"), where more follows than a
    version or a size ("Llama 2", "Mixtral 8x7B")."""
    name = parse_model_name(f"{family[1]}-{rest}", family.start(1))
    if family[1].lower() not in FAMILIES or len(name.parts) <= _FAMILY_AND_ONE or not is_name(name):
        return None
    return name._replace(text=f"{family[1]} {rest}")


def _is_organization(text: str) -> bool:
    """Whether a step of a path can be an account: `Qwen` can, `AWQ` and `hf.co` cannot."""
    if len(text) > _LONGEST_NAME or "." in text or ":" in text:
        return False
    word = text.lower()
    if word in _NO_ORGANIZATION or word in NO_FAMILY or (word in WORDS and word not in _ACCOUNTS):
        return False
    return not any(shape.pattern.fullmatch(text) for shape in SHAPES)


class ModelNames:
    """Takes the names of models, repositories and weight files apart."""

    noun = "model name"
    example = "Mistral-7B-Instruct-v0.2.Q4_K_M.gguf"
    kinds: Sequence[str] = tuple(kind for kind in get_args(Kind) if kind != UNKNOWN)
    find = staticmethod(find_model_names)
    # A version, say, tells little.
    essential = frozenset({"family", "k-quant", "iq-quant", "legacy-quant", "quant-method"})

    def label(self, kind: str) -> str:
        """A kind of part as readers call it: how finely the grammar tells them apart is its own.

        >>> ModelNames().label("k-quant"), ModelNames().label("size-trillion")
        ('quantization', 'size')
        """
        if kind.endswith("-quant") or kind == "quant-method":
            return "quantization"
        if kind.startswith(("size-", "tuning-", "variant-")):
            return kind.partition("-")[0]
        return "bits per weight" if kind == "bpw" else kind.replace("-", " ")
