"""Formulas that a person can read in a terminal: LaTeX as Unicode text.

    $\\frac{QK^\\top}{\\sqrt{d_k}}$   ->   QKᵀ/√dₖ

`latex/walk.py` reads one; the characters come from the tables of `unicodeit`. (Its `replace` is
not used: it reads `\\le` in `\\left` and `\\l` in `\\log`.) For display only: offsets into the
source do not hold afterwards.
"""

from __future__ import annotations

import re
import unicodedata

from entrywise.data.latex import CLOSES, CLOSES_BEFORE_LETTERS, LATEX, NAMELESS, OPENS


def plain_formula(latex: str) -> str:
    """One formula (LaTeX without dollars) as Unicode text; the source where it is not readable.

    >>> plain_formula(r"\\frac{a + b}{2} \\cdot x_{i}^{2}")
    '(a + b)/2 · xᵢ²'
    """
    # Most texts have none, and whoever asks for one does not wait for the tables (4 ms).
    from entrywise.rag.render.latex.walk import Unreadable, Walk

    try:
        text = Walk(latex).sequence(closing=None)
    except Unreadable:
        return latex
    return unicodedata.normalize("NFC", " ".join(text.replace("‖‖", "‖").split()))


# First $O($N^2$)$ and $O(n$\times$W)$: dollars inside one formula, as careless exports leave
# them; the parenthesis that is open at the second dollar tells. "$5-$10" is two prices: a
# number, and another number right after the second dollar. \texttt{…} stands without dollars.
_FORMULA = re.compile(
    rf"{OPENS}(?:"
    r"([^$\n]*\([^()\]$\n]*)\$([^$\n]{1,60})\$([^()$\n]*\)[^$\n]*)\$"
    rf"|({LATEX}[^$\n]+(?<!\s)(?=\$)|{NAMELESS}[^$\n]+(?<!\s)(?={CLOSES_BEFORE_LETTERS})"
    rf"|[^$\n]+(?<!\s)(?={CLOSES}))\$)"
    r"|(\\text(?:tt|bf|it)\{(?:\\.|[^\\{}$\n])*\})"
)

_SIGNS = re.compile(r"(?:[^A-Za-z\\_^{}]|\\[A-Za-z]+(?:\{\})?|\\.)*")
"""LaTeX of signs, numbers and commands without arguments."""


def readable(text: str) -> str:
    """A text with every `$…$` and `\\texttt{…}` as Unicode; a lone dollar, as in a price, stays.

    >>> readable(r"4$\\times$ faster for $5")
    '4× faster for $5'
    """
    return _FORMULA.sub(lambda match: plain_formula(_source(match)), text)


def with_plain_signs(text: str) -> str:
    """A text in which a formula of signs and numbers alone is Unicode; those with letters stay.

    >>> with_plain_signs(r"4$\\times$ faster, $d_k \\times 2$")
    '4× faster, $d_k \\\\times 2$'
    """
    return _FORMULA.sub(lambda match: _plain_signs(match[0], _source(match)), text)


def _plain_signs(written: str, latex: str) -> str:
    plain = plain_formula(latex) if _SIGNS.fullmatch(latex) else latex
    return written if plain == latex or any(map(str.isalpha, plain)) else plain


def _source(match: re.Match[str]) -> str:
    """The LaTeX between the dollars; `{}` keeps a command apart from the letter after it."""
    before, inside, after, formula, typed = match.groups()
    return formula or typed or f"{before}{inside}{{}}{after}"
