r"""Formulas on a page: `$…$` becomes an element that holds its source, for a browser to typeset.

    $d_k$ is  ->  <span class="formula" data-tex="d_k">dₖ</span> is

What the element shows by itself is the formula as Unicode text, as a terminal shows it.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from entrywise.data.latex import math_spans
from entrywise.rag.render.formulas import plain_formula, readable

_FORMULA = Markup('<span class="formula" data-tex="{}">{}</span>')


def typeset(text: str) -> Markup:
    """A text, escaped, with its formulas as elements; without markup it is `readable(text)`.

    A single sign, as in `8$\\times$`, needs no typesetting: it is text. Where dollars pair in
    more than one way, as in `$O($N^2$)$`, `readable` knows which is meant: such a text is shown as
    it reads, and nothing in it is typeset.
    """
    pieces: list[tuple[str, str]] = []
    end = 0
    for start, after in math_spans(text):
        latex = text[start:after].strip("$")
        shown = plain_formula(latex)
        pieces += [("", readable(text[end:start])), ("" if _is_sign(shown) else latex, shown)]
        end = after
    pieces.append(("", readable(text[end:])))
    whole = readable(text)
    if "".join(shown for _, shown in pieces) != whole:
        return escape(whole)
    return Markup("").join(
        _FORMULA.format(latex, shown) if latex else escape(shown) for latex, shown in pieces
    )


def _is_sign(shown: str) -> bool:
    """Whether a formula is one character that is no letter: `×`, `≈`, `→`."""
    return len(shown) == 1 and not shown.isalpha()
