"""Cuts a reply, while it comes, into claims: sentences, each with the numbers that it cites."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from entrywise.index.passages.sentences import sentence_spans

# `[1]`, `[1, 2]`, `[^1]`, `[evidence 1]`; also what is the number of nothing, as `[-1]`: it is
# meant as a citation, and counted as one.
_NUMBERS = r"-?\d+(?:\s*[,;]\s*-?\d+)*"
_MARK = re.compile(
    rf"\s*[\[【]\^?\s*(?:evidence|source|quote)?\s*({_NUMBERS})\s*[\]】]", re.IGNORECASE
)
_MARKS = re.compile(f"(?:{_MARK.pattern})+", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+")
# The beginning of a mark: what follows a full stop may still be its citation.
_OPEN_MARK = re.compile(r"\s*(?:[\[【][^\]】]{0,40})?\Z")
# Models that think aloud do it between these, or in a field of its own, which is not read.
_THINKS, _HAS_THOUGHT = "<think>", "</think>"
_THOUGHT = re.compile(f"{_THINKS}.*?{_HAS_THOUGHT}", re.DOTALL)
_LINE_MARKER = re.compile(r"\A(?:[-*+•>]|#{1,6}|\d+[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|`")

# Where a server has the wrong template, a model writes the end of its turn, and goes on.
_END_OF_TURN = re.compile(r"<\|?(?:im_end|im_start|eot_id|end_of_turn|endoftext|end)\|?>|</s>")
# A model that goes on for ever is not read any further; a claim is a sentence or two.
LONGEST_REPLY = 20_000
_LONGEST_CLAIM = 2_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that an LLM wrote, on one line and without its marks or signs that cannot be seen;
    and the numbers in the marks, each once.

    written: the sentence with all its signs but the marks.
    """

    text: str
    cited: tuple[int, ...]
    written: str = field(default="", compare=False)


def claims(pieces: Iterable[str]) -> Generator[Claim | None, None, None]:
    """The claims of a reply, each as soon as it is complete; None after every piece, so that who
    waits for a claim can leave."""
    reply = aloud = ""
    read = 0
    for piece in pieces:
        reply += piece
        # A thought may be long: it is looked through once, when it ends.
        if _HAS_THOUGHT in reply:
            reply = _THOUGHT.sub("", reply)
        aloud, *behind = _END_OF_TURN.split(reply.partition(_THINKS)[0], 1)
        if behind or len(aloud) > LONGEST_REPLY:
            break
        for text in _complete(aloud[read:]):
            read += len(text)
            yield from _claim(text)
        yield None
    rest = aloud[read:LONGEST_REPLY]
    for start, end in pairwise((0, *_ends(rest))):
        yield from _claim(rest[start:end])


def _complete(text: str) -> Iterator[str]:
    """The sentences at the beginning of a text that nothing can be added to, with the space before
    them: all but the last, unless that may be a mark of the one before."""
    start = 0
    for end in _ends(text)[:-1]:
        if _OPEN_MARK.match(text, end):
            return
        yield text[start:end]
        start = end
    if len(text) - start > _LONGEST_CLAIM:
        yield text[start:]


def _ends(text: str) -> list[int]:
    """Where the sentences of a text end, with the marks that stand behind their full stops."""
    ends: list[int] = []
    for _, end in sentence_spans(text):
        if not ends or end > ends[-1]:
            marks = _MARKS.match(text, end)
            ends.append(marks.end() if marks else end)
    return ends


def _claim(text: str) -> Iterator[Claim]:
    """The claim that a sentence makes, if it says anything."""
    cited = [int(n) for mark in _MARK.finditer(text) for n in _NUMBER.findall(mark[1])]
    written = _LINE_MARKER.sub("", _MARK.sub("", text).strip(), count=1)
    said = _EMPHASIS.sub("", _MARK.sub("", text)).strip()
    shown = "".join(sign if sign.isprintable() else " " for sign in said)
    said = " ".join(_LINE_MARKER.sub("", shown, count=1).split())
    if any(map(str.isalnum, said)):
        yield Claim(said, tuple(dict.fromkeys(cited)), written)
