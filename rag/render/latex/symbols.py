"""The characters of formulas, and what each LaTeX command does.

The characters are those of `unicodeit`, with a few corrections.
"""

from __future__ import annotations

from unicodeit.data import (
    COMBININGMARKS,
    REPLACEMENTS,
    SUBSUPERSCRIPTS,
)

# Where the library's choice is a rare character, or one of another script that looks alike.
SYMBOLS: dict[str, str] = dict(REPLACEMENTS) | {
    r"\cdot": "·",
    r"\mid": "|",
    r"\dots": "…",
    r"\lVert": "‖",
    r"\rVert": "‖",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\langle": "⟨",
    r"\rangle": "⟩",
}
"""Commands to characters: `\\alpha` to α."""

SCRIPTS: dict[str, str] = {
    key: char for key, char in SUBSUPERSCRIPTS if key[1:] not in {".", "<", ">", "(", ")"}
} | {"^V": "ⱽ", "^⊤": "ᵀ"}
"""Marked characters to indices and exponents: `_i` to ᵢ; without those that look like others."""

MARKS: dict[str, str] = dict(COMBININGMARKS) | {r"\bar": "\u0304"}
"""Accents to combining characters."""

_COMMANDS: dict[str, str] = {
    "verbatim": "text textbf textit textrm texttt textsf mbox",
    "style": "mathrm mathbf mathit mathsf mathtt boldsymbol bm operatorname underbrace overbrace",
    "letters": "mathbb mathcal mathfrak mathscr",
    "function": "max min log exp ln sin cos tan tanh arg sup inf lim det dim Pr",
    "nothing": "left right big Big bigl bigr Bigl Bigr bigg biggl biggr ! limits displaystyle "
    "textstyle notag nonumber hline",
    "space": ", ; : quad qquad",
    "row": "\\",
    "begin": "begin",
    "unseen": "tag label",
    "literal": "{ } _ % & # $",
    "fraction": "frac dfrac tfrac",
    "root": "sqrt",
    "binomial": "binom",
}
ROLES = {f"\\{name}": role for role, names in _COMMANDS.items() for name in names.split()} | {
    "\\ ": "space"
}
"""Commands to what the walk does with them."""
