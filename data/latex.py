r"""Finds LaTeX formulas between dollar signs in text, and judges whether they are whole.

    costs $5, but $\frac{a}{b}$ is math   ─▶ one span: `$\frac{a}{b}$`

Code in backticks, `\$` and amounts of money are no formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Like pandoc's `tex_math_dollars`, no formula begins or ends with a space. Pandoc also refuses
# a digit after the closing sign; the glossary writes `8$\times$128`, so that only counts where
# nothing in it is LaTeX's own, as in `$A$1` of a spreadsheet, or where it begins with a digit
# itself, as in `$5-$10`. A letter counts likewise where a formula begins with a name, as
# `$HOME/bin:$PATH` does: in `the $n$th` it does not. `${HOME}` is of a shell, too.
# How a formula opens; what stands before one that has LaTeX's own signs, and before one that a
# letter may stand behind; how the latter closes, and any other.
OPENS = r"\$(?!\s|\d[^$]*\$\d|\{\w+\})"
LATEX, NAMELESS = r"(?=[^$]*[\\^{])", r"(?!\d|\w{2}|\w:)"
CLOSES_BEFORE_LETTERS, CLOSES = r"\$(?!\d)", r"\$(?![^\W_])"
_BODY = r"(?: \\. | [^\\$\n] | \n(?!\s*\n) )+ (?<!\s)"
_MATH = rf"""
        \$\$ (?: \\. | [^\\$] )+ \$\$
      | {OPENS} (?:
            {LATEX} {_BODY} \$ | {NAMELESS} {_BODY} {CLOSES_BEFORE_LETTERS} | {_BODY} {CLOSES}
        )
"""
_FORMULA = re.compile(_MATH, re.DOTALL | re.VERBOSE)
_TOKEN = re.compile(
    rf"""
      (?P<code> (?P<ticks>`++) .*? (?<!`) (?P=ticks) (?!`) )
    | \\.
    | (?P<math> {_MATH} )
    | (?P<stray> \$ (?!\d) )
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\[\\{}]")
_SIZED = re.compile(r"\\(left|right)(?![A-Za-z])")


def math_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The formulas of a text, dollar signs included: characters, end exclusive."""
    return tuple(match.span() for match in _TOKEN.finditer(text) if match["math"])


def formula_end(text: str, start: int) -> int:
    """Where the formula ends that begins with the dollar sign at a place, exclusive; 0 where none
    does.

    >>> formula_end("of $d_k$ for $5", 3), formula_end("of $d_k$ for $5", 13)
    (8, 0)
    """
    found = _FORMULA.match(text, start)
    return found.end() if found else 0


def faults(text: str) -> tuple[str, ...]:
    """What is broken in the LaTeX of a text, in reading order; empty when nothing is."""
    return tuple(_faults(text))


def _faults(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        if match["stray"]:
            around = text[max(0, match.start() - 20) : match.end() + 20]
            yield f"a $ without its partner at character {match.start()}, in {around!r}"
        elif match["math"]:
            if not _nested(_ESCAPE.sub("", match[0]), "{", "}"):
                yield f"unbalanced braces in {match[0]!r}"
            sized = "".join("(" if side == "left" else ")" for side in _SIZED.findall(match[0]))
            if not _nested(sized, "(", ")"):
                yield rf"\left and \right that do not pair in {match[0]!r}"


def _nested(text: str, opening: str, closing: str) -> bool:
    """Whether every opening character is closed, and none is closed before it was opened."""
    depth = 0
    for character in text:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0
