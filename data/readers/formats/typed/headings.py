"""The lines of a plain text that people write as headings.

5. Termination          Delivery          GENERAL TERMS          Delivery
                        --------                                    The rest is
numbered one after      underlined        in capitals               indented.
the other
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from entrywise.data.documents.plain_text import margin
from entrywise.data.entries import Block
from entrywise.data.languages import QUESTION_MARKS
from entrywise.data.readers.documents import is_short
from entrywise.data.words import word_count

_LETTERS = 3
"""A line in capitals has more."""
_BELOW = 20
"""Words that stand below numbered headings, in the median: below steps there are fewer."""
_SHARE = 0.25
"""The share of paragraphs up to which lines in capitals are headings."""
_UNDERLINES = frozenset("=~^*#+-")
_UNDERLINE = re.compile(r"[ \t]*([=~^*#+-])\1{2,}[ \t]*")
_NUMBERED = re.compile(
    r"(?P<word>[^\W\d_]{2,12} |§ ?|)(?P<number>\d{1,3}(?:\.\d{1,3}){0,5})(?:[.):]*\s+\S|[.):]*$)"
)
_SAID = re.compile(r"\S")
_CAPITALS, _OUTERMOST = ("", 0), ("", 1)
"""Those without a number that stand further out than the text are of one level with chapters."""
_HANGING = 0.75
"""The share of paragraphs in several lines that are indented, where headings are not."""
_LINES = 3
"""Lines of a numbered heading that is not indented as the text is, at most."""
_LONGEST_QUESTION = 40
"""Words of a numbered question, which may stand in several lines."""
_DEEPER, _FEWEST_ABOVE = 2, 2
"""Blanks by which what stands below headings may be indented, and such headings, at least."""
COLUMNS = re.compile(r"\S(?: {3}|\t)")
"""What makes a line the row of a table."""
_GOES_ON, ENDS = (",", ";"), (".", "!", "?", ",", ";")
_ENDS_NUMBERED = (".", "!", ",", ";")


class Heading(NamedTuple):
    """A line that may be a heading: where it and what stands below it begin, in characters.

    Those of one style are of one level; `number` is () where it has none. `indent` is where it
    begins in its line, and what is below it may be indented deeper.
    """

    title: str
    start: int
    end: int
    style: tuple[str, int]
    number: tuple[int, ...] = ()
    indent: int = 0
    is_above: bool = False


def typed_headings(text: str, blocks: Sequence[Block]) -> list[Heading]:
    """The lines that are headings, in their order."""
    hangs = _hangs(text, blocks)
    found = [one for block in blocks for one in _candidates(text, block, hangs=hangs)]
    nexts = [*found[1:], None] if found else []
    below = {
        one: word_count(text[one.end : after.start if after else None])
        for one, after in zip(found, nexts, strict=True)
    }
    found = [
        one
        for one, after in zip(found, nexts, strict=True)
        if below[one] or (after and _stands_above(one, after))
    ]
    found, is_manual = _outermost(found)
    capitals = [one for one in found if one.style == _CAPITALS]
    chosen = {one for one in found if one.style[0] in _UNDERLINES}
    if is_manual or 1 < len(capitals) <= _SHARE * len(blocks):
        chosen |= set(capitals)
    clauses = _clauses(text, blocks)
    found = [one for one in found if not one.number or one.number[:-1] not in clauses]
    if not is_manual:
        outermost = [one for one in found if one.style == _OUTERMOST and not one.number]
        chosen |= {one for one in outermost if _below(text, one) >= _DEEPER}
    plain = next((one.start for one in found if one.number and not one.style[0]), len(text))
    for word in dict.fromkeys(one.style[0] for one in found if one.number):
        alike = [one for one in found if one.number and one.style[0] == word]
        if not (word and plain < alike[0].start and _are_captions(text, alike)):
            chosen |= _numbered(alike, below)
    return [one for one in found if one in chosen]


def _hangs(text: str, blocks: Sequence[Block]) -> bool:
    """Whether nearly all of a text is indented, so that a line that is not is a heading."""
    lines = [block for block in blocks if "\n" in text[block.start : block.end]]
    indented = sum(_indent(text, block.start) >= _DEEPER for block in lines)
    return indented >= max(_FEWEST_ABOVE, _HANGING * len(lines))


def _indent(text: str, place: int) -> int:
    return place - text.rfind("\n", 0, place) - 1


def _are_captions(text: str, found: Sequence[Heading]) -> bool:
    """Whether most of some lines ("Table 2: Fares") stand further in than what follows them, as
    below what they are the names of."""
    return 2 * sum(one.indent > _below(text, one) for one in found) > len(found)


def _below(text: str, one: Heading) -> int:
    """The indentation of what follows a heading."""
    after = _SAID.search(text, one.end)
    return _indent(text, after.start()) if after else one.indent


def _outermost(found: Sequence[Heading]) -> tuple[list[Heading], bool]:
    """What may be a heading, and whether the text is indented below those in capitals, as a manual
    page is: then it stands as far out as they."""
    above = [one.indent for one in found if one.style == _CAPITALS and one.is_above]
    left = min(above, default=0)
    if above.count(left) < _FEWEST_ABOVE:
        return list(found), False
    return [one for one in found if one.indent <= left], True


def _clauses(text: str, blocks: Sequence[Block]) -> set[tuple[int, ...]]:
    """The numbers whose parts (8.1 and 8.2 of 8) are numbered paragraphs rather than sections: not
    most of them stand in a short line."""
    told: dict[tuple[int, ...], list[bool]] = {}
    for block in blocks:
        paragraph = text[block.start : block.end]
        line = paragraph.partition("\n")[0].strip()
        if numbered := _NUMBERED.match(line):
            *above, _ = map(int, numbered["number"].split("."))
            if above:
                is_named = is_short(line) and not line.endswith(_ENDS_NUMBERED)
                told.setdefault(tuple(above), []).append(is_named or _is_asked(paragraph))
    return {above for above, short in told.items() if 2 * sum(short) <= len(short)}


def _stands_above(one: Heading, after: Heading) -> bool:
    """Whether one that has no text of its own may be followed by another: in a list, as a table of
    contents is, all are alike."""
    is_deeper = len(one.number) < len(after.number) or one.indent < after.indent
    return one.style != after.style and (not one.number or is_deeper)


def _candidates(text: str, block: Block, *, hangs: bool) -> Iterator[Heading]:
    """The heading that a paragraph may begin with, or be.

    Args:
        hangs: whether a line that is not indented is one.
    """
    lines = text[block.start : block.end]
    line, _, rest = lines.partition("\n")
    goes_on = hangs and not _indent(text, block.start) and _is_in_lines(lines)
    if rest and (goes_on or _is_asked(lines)) and (numbered := _NUMBERED.match(lines)):
        number, style = _number(numbered)
        yield Heading(" ".join(lines.split()), block.start, block.end, style, number)
        return
    first = line.strip()
    title = " ".join(first.split())
    if not is_short(title) or not any(map(str.isalnum, title)):
        return
    title = title.rstrip(".:")
    is_row = COLUMNS.search(first) is not None
    underline = rest.partition("\n")[0]
    start, end = block.start, block.start + len(line)
    indent = _indent(text, start)
    is_above = bool(rest) and all(len(margin(one)) >= indent + _DEEPER for one in rest.split("\n"))
    is_capital = not is_row and first.isupper() and is_named(first)
    if not is_row and (underlined := _UNDERLINE.fullmatch(underline)):
        yield Heading(title, start, end + 1 + len(underline), (underlined[1], 0))
    elif is_capital and is_above and first[0].isalnum():
        yield Heading(title, start, end, _CAPITALS, indent=indent, is_above=True)
    elif first.endswith(_GOES_ON) or (rest and not _ends_early(first, rest)):
        return
    elif (numbered := _NUMBERED.match(title)) and not _is_scale(title, numbered):
        number, style = _number(numbered)
        yield Heading(title, start, end, style, number, indent)
    elif is_capital and (first[0].isalnum() or not rest):
        yield Heading(title, start, end, _CAPITALS, indent=indent)
    elif hangs and not (rest or indent or is_row) and first[0].isalnum() and is_named(first):
        yield Heading(title, start, end, _OUTERMOST, indent=indent)


def _is_in_lines(text: str) -> bool:
    """Whether a paragraph may be a heading that did not fit into a line."""
    return text.count("\n") < _LINES and not text.endswith(_ENDS_NUMBERED)


def _is_asked(text: str) -> bool:
    return text.endswith(QUESTION_MARKS) and word_count(text) <= _LONGEST_QUESTION


def _is_scale(title: str, numbered: re.Match[str]) -> bool:
    """Whether a line has nothing but numbers, as above a drawing of bits."""
    behind = title[numbered.end("number") :]
    return any(map(str.isdigit, behind)) and not any(map(str.isalpha, behind))


def _number(numbered: re.Match[str]) -> tuple[tuple[int, ...], tuple[str, int]]:
    """The number of a heading, and the style of those that are numbered so: 2.0 is 2, without
    a word before it, as of a version."""
    number = tuple(map(int, numbered["number"].split(".")))
    if len(number) > 1 and not number[-1] and not numbered["word"]:
        number = number[:-1]
    return number, (numbered["word"].strip().lower(), len(number))


def _ends_early(line: str, rest: str) -> bool:
    """Whether a line ends though the next word would stand in it, so that it is no line of a
    sentence that goes on.

    >>> _ends_early("§ 1 Rent", "The rent is 800 EUR."), _ends_early("We rent it", "to you for 9.")
    (True, False)
    """
    after, *_ = rest.split() or [""]
    widest = max(len(one.strip()) for one in rest.split("\n"))
    if line.endswith(ENDS) or after[:1].islower() or len(f"{line} {after}") > widest:
        return False
    # In a table of contents another heading comes next.
    below = rest.partition("\n")[0].strip()
    return not (is_short(below) and _NUMBERED.match(below)) and not below.isupper()


def is_named(text: str) -> bool:
    """Whether a text is a name: some letters, and no end of a sentence."""
    return sum(map(str.isalpha, text)) > _LETTERS and not text.endswith(ENDS)


def _numbered(found: Sequence[Heading], below: Mapping[Heading, int]) -> set[Heading]:
    """Those of numbered lines that follow each other, where enough stands below them."""
    chain: list[Heading] = []
    # An item of a list may stand between two sections of a chapter.
    latest: dict[int, tuple[int, ...]] = {}
    for one in found:
        before = [chain[-1].number, latest.get(one.number[0], ())] if chain else []
        if one.number[-1] <= 1 or any(_follows(one.number, last) for last in before):
            chain.append(one)
            latest[one.number[0]] = one.number
    words = [below[one] for one in chain if below[one]]
    return set(chain) if len(chain) > 1 and words and median(words) >= _BELOW else set()


def _follows(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether a number comes next.

    >>> _follows((2, 1), (1, 4)), _follows((1, 4, 1), (1, 4)), _follows((3,), (1, 4))
    (True, True, False)
    """
    for place, (one, before) in enumerate(zip(number, last, strict=False)):
        if one != before:
            return one == before + 1 and all(rest <= 1 for rest in number[place + 1 :])
    return len(number) > len(last) and all(rest <= 1 for rest in number[len(last) :])
