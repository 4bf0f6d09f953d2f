r"""Formulas in Markdown, all in the form that `data.latex` knows, between dollar signs.

    The rate \(d^{-0.5}\) falls.       The rate $d^{-0.5}$ falls.
    $$
    w_{t+1} = w_t                 ─▶   $$w_{t+1} = w_t - \eta g$$
    - \eta g
    $$

CommonMark knows none: a line of one that begins with a minus is an item of a list to it, `\\` a
backslash and `*` emphasis. So what stands on several lines becomes one, and nothing in it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from entrywise.data.documents.dialects.fences import OPTION, OUTSIDE_CODE, Fences
from entrywise.data.documents.plain_text import margin
from entrywise.data.latex import formula_end

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

_OPENS = re.compile(
    r"[ \t]*(?:(?P<sign>\$\$|\\\[)|(?P<fence>`{3,}|~{3,})[ \t]*(?:math|\{math\})[ \t]*$)"
)
_CLOSES = {"$$": "$$", r"\[": r"\]"}
_BEHIND = re.compile(r"[ \t.,;:]*(?:\([^()]{1,40}\)|\{#[^{}]{1,100}\})?[ \t]*")
"""A sign of the sentence, or the label of the formula."""
_COMMENT = re.compile(r"(?<!\\)%.*")
BETWEEN = r"(?:\\\\|\\(?![()\[\]])|[^\\\n])"
"""A sign of a formula between escaped brackets, in which no others are: `\\\\[2pt]` ends a row."""
_BRACKETED = re.compile(
    rf"(?<![\w\\])\\\((?P<round>{BETWEEN}{{1,500}}?)\\\)|"
    rf"(?<!\\)\\\[(?P<square>{BETWEEN}{{1,500}}?)\\\](?!\()|{OUTSIDE_CODE}"
)
_LATEX = re.compile(r"\\[A-Za-z{}|,;!]|\^|(?<![^\W\d_])[^\W\d_]_")
_WORD = re.compile(r"[^\W\d_]{2}")
_RELATION = re.compile(r"[=<>+|≤≥≈]|^[^\W\d_]'?$")
_READ = re.compile(r"[\\*_^`\[]")
"""What CommonMark would take for markup."""


def displayed(lines: Sequence[str]) -> Mapping[int, tuple[int, str]]:
    r"""{first line: the line behind the last, and the formula} of formulas that have several lines
    of their own.

    >>> displayed(["Loss:", "$$", "a", "- b % bias", "$$"])
    {1: (5, '$$a - b$$')}
    """
    fences = Fences()
    found: dict[int, tuple[int, str]] = {}
    until = 0
    for number, line in enumerate(lines):
        if number < until:
            continue
        opening = None if fences.is_open else _OPENS.match(line)
        if opening and (formula := _display(lines, number, opening)):
            found[number] = formula
            until = formula[0]
        else:
            fences.read(line)
    return found


def with_dollars(text: str) -> str:
    r"""A line, with dollar signs around the formulas that stand in brackets; code stays.

    Escaped brackets stand around words, too: what they hold has to look like a formula.

    >>> with_dollars(r"grows with \(n^2\) \(see below\)")
    'grows with $n^2$ \\(see below\\)'
    """
    return _BRACKETED.sub(_in_dollars, text) if r"\(" in text or r"\[" in text else text


def outside_formulas(text: str, changed: Callable[[str], str]) -> str:
    """A text, changed in all but its formulas.

    >>> outside_formulas("x $x_1$ x", str.upper)
    'X $x_1$ X'
    """
    if "$" not in text:
        return changed(text)
    pieces, end = [], 0
    for start, after in _protected(text):
        pieces += [changed(text[end:start]), text[start:after]]
        end = after
    return "".join([*pieces, changed(text[end:])])


def with_formulas(parser: MarkdownIt) -> MarkdownIt:
    """The same parser, to which a formula is text as it stands, in single dollar signs."""
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


def _display(lines: Sequence[str], first: int, opening: re.Match[str]) -> tuple[int, str] | None:
    """The line behind a formula, and what it is on one line; None where none is opened."""
    if opening["fence"]:
        return _fenced(lines, first)
    sign = opening["sign"]
    closing = _CLOSES[sign]
    rows = [lines[first][opening.end() :]]
    if closing in rows[0]:
        return None
    for number in range(first + 1, len(lines)):
        row, closed, behind = lines[number].partition(closing)
        if not lines[number].strip() or sign in row:
            return None
        rows.append(row)
        if closed:
            formula = _one_line(rows)
            is_one = sign == "$$" or is_formula(formula)
            if not (formula and is_one and _BEHIND.fullmatch(behind)):
                return None
            return number + 1, f"{margin(lines[first])}$${formula}$${behind.rstrip()}"
    return None


def _fenced(lines: Sequence[str], first: int) -> tuple[int, str] | None:
    fences = Fences()
    fences.read(lines[first])
    for number in range(first + 1, len(lines)):
        fences.read(lines[number])
        if not fences.is_open:
            rows = [row for row in lines[first + 1 : number] if not OPTION.match(row)]
            formula = _one_line(rows)
            is_whole = formula and "$" not in formula
            return (number + 1, f"{margin(lines[first])}$${formula}$$") if is_whole else None
    return None


def _one_line(rows: Sequence[str]) -> str:
    """Rows of LaTeX as one, without what is commented out."""
    return " ".join(filter(None, (_COMMENT.sub("", row).strip() for row in rows)))


def _in_dollars(found: re.Match[str]) -> str:
    formula = (found["round"] or found["square"] or "").strip()
    if not formula or "$" in formula or "`" in formula or not is_formula(formula):
        return found[0]
    return f"${formula}$" if found["round"] else f"$${formula}$$"


def is_formula(text: str) -> bool:
    r"""Whether what stands between escaped brackets is a formula rather than words: it has a
    command or an index of LaTeX, or no word, and a relation; or it is one letter.

    >>> [is_formula(one) for one in (r"\alpha", "d_k", "w = 4000", "n", "sic", "default = 3")]
    [True, True, True, True, False, False]
    """
    return bool(_LATEX.search(text)) or (not _WORD.search(text) and bool(_RELATION.search(text)))


def _protected(text: str) -> Iterator[tuple[int, int]]:
    """Where the formulas of a line are whose signs CommonMark would read."""
    place = text.find("$")
    while place >= 0:
        end = _end(text, place)
        if end:
            yield place, end
        place = text.find("$", end or place + 1)


def _end(text: str, place: int) -> int:
    """Where a formula ends that begins at a place; 0 where none does that needs to be kept."""
    end = formula_end(text, place)
    inside = text[place:end]
    return end if _READ.search(inside) and "`" not in inside else 0


def _formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$" or not (end := _end(state.src, state.pos)):
        return False
    if not silent:
        said = " ".join(state.src[state.pos : end].strip("$").split())
        state.push("text", "", 0).content = f"${said}$"
    state.pos = end
    return True


def goes_on(before: str, text: str) -> bool:
    """Whether a paragraph is read with the one before it: it is a formula, or goes on behind one.

    >>> goes_on("$a$", "where a is 2"), goes_on("$a$", "Where is it?"), goes_on("So", "$b$")
    (True, False, True)
    """
    return _is_formula(text) or (_is_formula(before) and text[:1].islower())


def _is_formula(text: str) -> bool:
    return text.startswith("$") and formula_end(text, 0) == len(text)
